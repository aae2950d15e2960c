import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { TextField } from '../../../parts/form/TextField.tsx';
import { ChoiceList } from '../../../parts/pick/ChoiceList.tsx';
import { useFormat } from '../../../text/use-format.ts';
import type { CatalogueProduct } from '../catalogue-data.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { IdField, isIdOrNone } from './IdField.tsx';
import { usePlanChoices } from './use-plan-choices.ts';

/** As the server has it, in characters. */
const nameMax = 512;

/** Adds a product, or changes its names and which service plans it has. */
export function EditProduct({
  product,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly product?: CatalogueProduct | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { list } = useFormat();
  const { planName } = useProducts();
  const choices = usePlanChoices();
  const [madeUpId] = useState(() => crypto.randomUUID());
  const [id, setId] = useState('');
  const [displayName, setName] = useState(product?.displayName ?? '');
  const [skuPartNumber, setPartNumber] = useState(product?.skuPartNumber ?? '');
  const [appliesTo, setAppliesTo] = useState(product?.appliesTo ?? 'User');
  const before = product?.servicePlans.map(({ servicePlanId }) => servicePlanId) ?? [];
  const [plans, setPlans] = useState<readonly string[]>(before);
  const name = displayName.trim() || skuPartNumber.trim();
  const gained = plans.filter((plan) => !before.includes(plan));
  const lost = before.filter((plan) => !plans.includes(plan));
  const changes = [
    ...(product === undefined ? [t('newProduct', { name })] : []),
    ...(product && product.displayName !== name ? [t('renamed', { before: product.displayName, after: name })] : []),
    ...(product && product.skuPartNumber !== skuPartNumber.trim()
      ? [t('renamed', { before: product.skuPartNumber, after: skuPartNumber.trim() })]
      : []),
    ...(product && product.appliesTo !== appliesTo ? [t(appliesTo === 'Company' ? 'toCompany' : 'toUsers')] : []),
    ...(gained.length > 0 ? [t('gains', { plans: list(gained.map(planName)) })] : []),
    ...(lost.length > 0 ? [t('loses', { plans: list(lost.map(planName)) })] : []),
  ];
  const isReady = skuPartNumber.trim() !== '' && plans.length > 0 && isIdOrNone(id) && changes.length > 0;
  return (
    <CatalogueDialog
      title={product === undefined ? t('addProduct') : t('editNamed', { name: product.displayName })}
      confirm={product === undefined ? t('addProduct') : t('save')}
      path={`/allot/v1/catalogue/products/${product?.skuId ?? (id.trim() || madeUpId)}`}
      body={
        isReady ? { skuPartNumber: skuPartNumber.trim(), displayName: name, appliesTo, servicePlans: plans } : undefined
      }
      changes={changes}
      onClose={onClose}
    >
      <TextField label={t('displayName')} value={displayName} max={nameMax} isReadOnly={false} onChange={setName} />
      <TextField
        label={t('partNumber')}
        hint={t('partNumberHint')}
        value={skuPartNumber}
        max={nameMax}
        isReadOnly={false}
        isRequired
        onChange={setPartNumber}
      />
      {product === undefined && <IdField value={id} onChange={setId} />}
      <Field label={t('appliesTo')}>
        <RadioGroup layout="horizontal" value={appliesTo} onChange={(_, { value }) => setAppliesTo(value)}>
          <Radio value="User" label={t('users')} />
          <Radio value="Company" label={t('company')} />
        </RadioGroup>
      </Field>
      <ChoiceList
        label={t('plans')}
        hint={t('plansHint')}
        choices={choices}
        chosen={plans}
        onChange={setPlans}
        problem={plans.length === 0 && product !== undefined ? t('noPlans') : undefined}
      />
    </CatalogueDialog>
  );
}
