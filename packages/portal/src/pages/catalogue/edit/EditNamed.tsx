import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../parts/form/TextField.tsx';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { IdField, isIdOrNone } from './IdField.tsx';

/** As the server has it, in characters. */
export const nameMax = 512;

/** How the server and the words tell products from service plans. */
const kinds = {
  product: {
    path: '/allot/v1/catalogue/products',
    property: 'skuPartNumber',
    add: 'addProduct',
    isNew: 'newProduct',
    label: 'partNumber',
    hint: 'partNumberHint',
  },
  plan: {
    path: '/allot/v1/catalogue/plans',
    property: 'servicePlanName',
    add: 'addPlan',
    isNew: 'newPlan',
    label: 'partName',
    hint: 'partNameHint',
  },
} as const;

/** What products and service plans have in common. */
interface Named {
  readonly id: string;
  readonly displayName: string;
  readonly partName: string;
  readonly appliesTo: string;
}

/** Adds or changes a product or a service plan: its names, its id, to whom it is assigned, and what only its kind has. */
export function EditNamed({
  kind,
  before,
  own,
  onClose,
  children,
}: {
  readonly kind: keyof typeof kinds;
  /** Undefined: a new one. */
  readonly before: Named | undefined;
  /** What only its kind has. */
  readonly own: {
    /** Beside the names, for the server. */
    readonly body: object;
    /** What becomes different by that, in sentences. */
    readonly changes: readonly string[];
    readonly isComplete: boolean;
  };
  readonly onClose: () => void;
  /** The fields of what only its kind has. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { path, property, add, isNew, label, hint } = kinds[kind];
  const [madeUpId] = useState(() => crypto.randomUUID());
  const [id, setId] = useState('');
  const [displayName, setName] = useState(before?.displayName ?? '');
  const [typedPart, setPartName] = useState(before?.partName ?? '');
  const [appliesTo, setAppliesTo] = useState(before?.appliesTo ?? 'User');
  const partName = typedPart.trim();
  const name = displayName.trim() || partName;
  const renamed = (from: string, to: string) => (from === to ? [] : [t('renamed', { before: from, after: to })]);
  const ofNames =
    before === undefined
      ? []
      : [
          ...renamed(before.displayName, name),
          ...renamed(before.partName, partName),
          ...(before.appliesTo === appliesTo ? [] : [t(appliesTo === 'Company' ? 'toCompany' : 'toUsers')]),
        ];
  const isTyped = before === undefined && (id + displayName + typedPart !== '' || appliesTo !== 'User');
  const changes = [...(before === undefined ? [t(isNew, { name })] : ofNames), ...own.changes];
  const isReady = partName !== '' && isIdOrNone(id) && own.isComplete && changes.length > 0;
  return (
    <CatalogueDialog
      title={before === undefined ? t(add) : t('editNamed', { name: before.displayName || before.partName })}
      confirm={before === undefined ? t(add) : t('save')}
      path={`${path}/${before?.id ?? (id.trim() || madeUpId)}`}
      body={isReady ? { [property]: partName, displayName: name, appliesTo, ...own.body } : undefined}
      changes={changes}
      isChanged={isTyped || ofNames.length + own.changes.length > 0}
      onClose={onClose}
    >
      <TextField label={t('displayName')} value={displayName} max={nameMax} isReadOnly={false} onChange={setName} />
      <TextField
        label={t(label)}
        hint={t(hint)}
        value={typedPart}
        max={nameMax}
        isReadOnly={false}
        isRequired
        onChange={setPartName}
      />
      {before === undefined && <IdField value={id} onChange={setId} />}
      <Field label={t('appliesTo')}>
        <RadioGroup layout="horizontal" value={appliesTo} onChange={(_, { value }) => setAppliesTo(value)}>
          <Radio value="User" label={t('users')} />
          <Radio value="Company" label={t('company')} />
        </RadioGroup>
      </Field>
      {children}
    </CatalogueDialog>
  );
}
