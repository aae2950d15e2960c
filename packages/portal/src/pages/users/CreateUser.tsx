import { Field, Input, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { useSession } from '../../session/use-session.ts';
import { CountryChoice } from '../../parts/pick/CountryChoice.tsx';

/** Creates a user with what is needed, and a usage location, without which nothing can be assigned directly. */
export function CreateUser({
  onClose,
  onCreated,
}: {
  readonly onClose: () => void;
  readonly onCreated: (userId: string) => void;
}) {
  const { t } = useTranslation('users');
  const { client } = useSession();
  const [displayName, setName] = useState('');
  const [userPrincipalName, setPrincipalName] = useState('');
  const [usageLocation, setLocation] = useState<string | null>(null);
  const [accountEnabled, setEnabled] = useState(true);
  const create = async () => {
    const created = await client.send<{ readonly id: string }>('POST', '/v1.0/users', {
      displayName: displayName.trim(),
      userPrincipalName: userPrincipalName.trim(),
      mailNickname: userPrincipalName.trim().replace(/@.*$/, ''),
      usageLocation,
      accountEnabled,
      // Graph asks for one. This directory keeps no passwords of users: nobody signs in with it.
      passwordProfile: { password: crypto.randomUUID(), forceChangePasswordNextSignIn: true },
    });
    if (created) onCreated(created.id);
  };
  return (
    <ConfirmDialog
      title={t('create')}
      confirm={t('create')}
      open
      onClose={onClose}
      isReady={displayName.trim() !== '' && /^[^\s@]+@[^\s@]+$/.test(userPrincipalName.trim())}
      isChanged={displayName + userPrincipalName !== '' || usageLocation !== null}
      run={create}
    >
      <Field label={t('name')} required>
        <Input value={displayName} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label={t('principalName')} hint={t('principalNameHint')} required>
        <Input value={userPrincipalName} onChange={(_, { value }) => setPrincipalName(value)} />
      </Field>
      <Field label={t('location')} hint={t('locationNeeded')}>
        <CountryChoice value={usageLocation} onChange={setLocation} />
      </Field>
      <Switch label={t('enabledLabel')} checked={accountEnabled} onChange={(_, { checked }) => setEnabled(checked)} />
    </ConfirmDialog>
  );
}
