import { Field, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../parts/form/TextField.tsx';
import type { CataloguePlan } from '../catalogue-data.ts';
import { useLocationWords } from '../use-location-words.ts';
import { EditNamed, nameMax } from './EditNamed.tsx';
import { type Locations, LocationFields } from './LocationFields.tsx';

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
  const [typedService, setService] = useState(plan?.service ?? '');
  const [mailbox, setMailbox] = useState(plan?.mailbox ?? false);
  const [locations, setLocations] = useState<Locations>(plan?.locations ?? null);
  const service = typedService.trim();
  const isElsewhere = sameText(locations) !== sameText(plan?.locations ?? null);
  return (
    <EditNamed
      kind="plan"
      before={plan && { ...plan, id: plan.servicePlanId, partName: plan.servicePlanName }}
      own={{
        body: { service, mailbox, locations },
        changes: [
          ...((plan?.service ?? '') === service ? [] : [t('serviceIs', { service: service || '–' })]),
          ...(isElsewhere ? [t('usable', { where: locationWords(locations) })] : []),
          ...(mailbox === (plan?.mailbox ?? false) ? [] : [mailbox ? t('mailboxOn') : t('mailboxOff')]),
        ],
        isComplete: isComplete(locations),
      }}
      onClose={onClose}
    >
      <TextField
        label={t('service')}
        hint={t('serviceHint')}
        value={typedService}
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
    </EditNamed>
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
