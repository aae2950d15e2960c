import { Field, Radio, RadioGroup, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../parts/form/TextField.tsx';
import type { CataloguePlan } from '../catalogue-data.ts';
import { useLocationWords } from '../use-location-words.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { IdField, isIdOrNone } from './IdField.tsx';
import { type Locations, LocationFields } from './LocationFields.tsx';

/** As the server has it, in characters. */
const nameMax = 512;

/** Adds a service plan, or changes its names, where it may be used and whether it gives a mailbox. */
export function EditPlan({
  plan,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly plan?: CataloguePlan | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const locationWords = useLocationWords();
  const [madeUpId] = useState(() => crypto.randomUUID());
  const [id, setId] = useState('');
  const [displayName, setName] = useState(plan?.displayName ?? '');
  const [servicePlanName, setPartName] = useState(plan?.servicePlanName ?? '');
  const [service, setService] = useState(plan?.service ?? '');
  const [appliesTo, setAppliesTo] = useState(plan?.appliesTo ?? 'User');
  const [mailbox, setMailbox] = useState(plan?.mailbox ?? false);
  const [locations, setLocations] = useState<Locations>(plan?.locations ?? null);
  const name = displayName.trim() || servicePlanName.trim();
  const isElsewhere = sameText(locations) !== sameText(plan?.locations ?? null);
  const changes = [
    ...(plan === undefined ? [t('newPlan', { name })] : []),
    ...renamed(plan?.displayName, name),
    ...renamed(plan?.servicePlanName, servicePlanName.trim()),
    ...(plan && plan.service !== service.trim() ? [t('serviceIs', { service: service.trim() || '–' })] : []),
    ...(plan && plan.appliesTo !== appliesTo ? [t(appliesTo === 'Company' ? 'toCompany' : 'toUsers')] : []),
    ...(isElsewhere ? [t('usable', { where: locationWords(locations) })] : []),
    ...(mailbox === (plan?.mailbox ?? false) ? [] : [mailbox ? t('mailboxOn') : t('mailboxOff')]),
  ];
  function renamed(before: string | undefined, after: string): string[] {
    return before === undefined || before === after ? [] : [t('renamed', { before, after })];
  }
  const isReady = servicePlanName.trim() !== '' && isIdOrNone(id) && changes.length > 0 && isComplete(locations);
  return (
    <CatalogueDialog
      title={plan === undefined ? t('addPlan') : t('editNamed', { name: plan.displayName || plan.servicePlanName })}
      confirm={plan === undefined ? t('addPlan') : t('save')}
      path={`/allot/v1/catalogue/plans/${plan?.servicePlanId ?? (id.trim() || madeUpId)}`}
      body={
        isReady
          ? {
              servicePlanName: servicePlanName.trim(),
              displayName: name,
              service: service.trim(),
              appliesTo,
              mailbox,
              locations,
            }
          : undefined
      }
      changes={changes}
      onClose={onClose}
    >
      <TextField label={t('displayName')} value={displayName} max={nameMax} isReadOnly={false} onChange={setName} />
      <TextField
        label={t('partName')}
        hint={t('partNameHint')}
        value={servicePlanName}
        max={nameMax}
        isReadOnly={false}
        isRequired
        onChange={setPartName}
      />
      {plan === undefined && <IdField value={id} onChange={setId} />}
      <TextField
        label={t('service')}
        hint={t('serviceHint')}
        value={service}
        max={nameMax}
        isReadOnly={false}
        onChange={setService}
      />
      <LocationFields value={locations} onChange={setLocations} />
      <Field label={t('mailbox')} hint={t('mailboxHint')}>
        <Switch
          label={mailbox ? t('mailboxYes') : t('mailboxNo')}
          checked={mailbox}
          onChange={(_, { checked }) => setMailbox(checked)}
        />
      </Field>
      <Field label={t('appliesTo')}>
        <RadioGroup layout="horizontal" value={appliesTo} onChange={(_, { value }) => setAppliesTo(value)}>
          <Radio value="User" label={t('users')} />
          <Radio value="Company" label={t('company')} />
        </RadioGroup>
      </Field>
    </CatalogueDialog>
  );
}

/** The order of countries says nothing. */
function sameText(locations: Locations): string {
  if (locations === null) return '';
  return 'deny' in locations ? `-${locations.deny.toSorted().join()}` : `+${locations.allow.toSorted().join()}`;
}

/** A list without a country is not finished. */
const isComplete = (locations: Locations): boolean =>
  locations === null || ('deny' in locations ? locations.deny : locations.allow).length > 0;
