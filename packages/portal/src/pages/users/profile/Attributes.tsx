import { Button, Field, Input, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Refusal } from '../../../parts/Refusal.tsx';
import { CountryChoice } from '../CountryChoice.tsx';
import type { UserData } from '../user-data.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  actions: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

type Changeable = Pick<UserData, 'displayName' | 'jobTitle' | 'department' | 'usageLocation' | 'accountEnabled'>;

/** Name, place and the like, to be read and changed. */
export function Attributes({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const isReadOnly = !useMay()(may.changeUsers);
  const [draft, setDraft] = useState<Partial<Changeable>>({});
  const save = useChange((client) => client.send('PATCH', `/v1.0/users/${user.id}`, draft));
  const now = { ...user, ...draft };
  const change = (part: Partial<Changeable>) => {
    save.reset();
    setDraft({ ...draft, ...part });
  };
  const isChanged = Object.entries(draft).some(([name, value]) => user[name as keyof Changeable] !== value);
  const textOf = (value: string) => (value.trim() === '' ? null : value);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) save.mutate(undefined, { onSuccess: () => setDraft({}) });
      }}
    >
      <Field label={t('name')}>
        <Input
          value={now.displayName}
          readOnly={isReadOnly}
          onChange={(_, { value }) => change({ displayName: value })}
        />
      </Field>
      <Field label={t('principalName')}>
        <Input value={user.userPrincipalName} readOnly />
      </Field>
      <Field label={t('location')} hint={t('locationHint')}>
        <CountryChoice
          value={now.usageLocation}
          isReadOnly={isReadOnly}
          onChange={(usageLocation) => change({ usageLocation })}
        />
      </Field>
      <Field label={t('department')}>
        <Input
          value={now.department ?? ''}
          readOnly={isReadOnly}
          onChange={(_, { value }) => change({ department: textOf(value) })}
        />
      </Field>
      <Field label={t('jobTitle')}>
        <Input
          value={now.jobTitle ?? ''}
          readOnly={isReadOnly}
          onChange={(_, { value }) => change({ jobTitle: textOf(value) })}
        />
      </Field>
      <Switch
        label={t('accountEnabled')}
        checked={now.accountEnabled}
        disabled={isReadOnly}
        onChange={(_, { checked }) => change({ accountEnabled: checked })}
      />
      <Refusal error={save.error} />
      {!isReadOnly && (
        <div className={styles.actions}>
          <Button type="submit" appearance="primary" disabled={!isChanged || save.isPending}>
            {t('save')}
          </Button>
          <span role="status">{save.isSuccess && !isChanged && t('saved')}</span>
        </div>
      )}
    </form>
  );
}
