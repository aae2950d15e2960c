import type { GroupLicensing } from '@allot/contract';
import { Button, Field, makeStyles, Radio, RadioGroup, SpinButton, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import { usePreview } from '../../../parts/assign/use-effect-preview.ts';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { Refusal } from '../../../parts/Refusal.tsx';

type Settings = Pick<GroupLicensing, 'atomicity' | 'licenseInheritance' | 'newPlans' | 'prerequisites' | 'priority'>;

/** Each with its values, the usual one first. */
const choices = [
  ['atomicity', ['bundle', 'product']],
  ['licenseInheritance', ['direct', 'transitive']],
  ['newPlans', ['on', 'off']],
  ['prerequisites', ['group', 'user']],
] as const;

const priorityMax = 1_000_000;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '48rem' },
  buttons: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    bottom: 0,
    padding: `${tokens.spacingVerticalS} 0`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  number: { maxWidth: '10rem' },
});

/** How a group licenses its members, each choice with what it means; saved together. */
export function LicensingSettings({
  groupId,
  licensing,
  isReadOnly,
}: {
  readonly groupId: string;
  readonly licensing: GroupLicensing;
  readonly isReadOnly: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['group', 'parts']);
  const [edited, setEdited] = useState<Partial<Settings>>({});
  const path = `/allot/v1/groups/${groupId}/licensing`;
  const save = useChange((client, changed: Partial<Settings>) => client.send('PATCH', path, changed));
  const changed = Object.fromEntries(
    Object.entries(edited).filter(([name, value]) => value !== licensing[name as keyof Settings]),
  );
  const isChanged = Object.keys(changed).length > 0;
  useUnsaved(isChanged);
  const preview = usePreview({ method: 'PATCH', path: `${path}?dryRun=true`, body: changed, isAsked: isChanged });
  const now = { ...licensing, ...edited };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(changed, { onSuccess: () => setEdited({}) });
      }}
    >
      {choices.map(([name, values]) => (
        <Field key={name} label={t(name)} hint={t(`${name}_hint`)}>
          <RadioGroup
            value={now[name]}
            disabled={isReadOnly}
            onChange={(_, { value }) => setEdited({ ...edited, [name]: value })}
          >
            {values.map((value) => (
              <Radio key={value} value={value} label={t(`${name}_${value}` as 'atomicity_bundle')} />
            ))}
          </RadioGroup>
        </Field>
      ))}
      <Field label={t('priority')} hint={t('priority_hint')}>
        <SpinButton
          incrementButton={{ 'aria-label': t('parts:increase') }}
          decrementButton={{ 'aria-label': t('parts:decrease') }}
          className={styles.number}
          min={0}
          max={priorityMax}
          value={now.priority}
          disabled={isReadOnly}
          onChange={(_, { value, displayValue }) => {
            const priority = value ?? Number.parseInt(displayValue ?? '', 10);
            if (Number.isInteger(priority)) setEdited({ ...edited, priority });
          }}
        />
      </Field>
      {isChanged && <ShownEffect preview={preview} />}
      <Refusal error={save.error} />
      {isChanged && (
        <div className={styles.buttons}>
          <Button appearance="primary" type="submit" disabled={save.isPending || !preview.isCurrent}>
            {t('saveSettings')}
          </Button>
          <Button disabled={save.isPending} onClick={() => setEdited({})}>
            {t('parts:cancel')}
          </Button>
        </div>
      )}
    </form>
  );
}
