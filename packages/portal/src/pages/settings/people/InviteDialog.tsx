import { Field, Input, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { useSession } from '../../../session/use-session.ts';
import type { AccountWithLink } from './people-data.ts';

/** Lets a user of the directory, or somebody who is none, sign in here; answers a link with which they set it up. */
export function InviteDialog({
  close,
  showLink,
}: {
  readonly close: () => void;
  readonly showLink: (account: AccountWithLink) => void;
}) {
  const { t } = useTranslation('settings');
  const { client } = useSession();
  const [kind, setKind] = useState('user');
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [signInName, setSignInName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const body =
    kind === 'user'
      ? { user: picked[0]?.id }
      : { signInName: signInName.trim(), displayName: displayName.trim() || signInName.trim() };
  const isReady = kind === 'user' ? picked.length === 1 : signInName.trim() !== '';
  return (
    <ConfirmDialog
      title={t('invite')}
      confirm={t('inviteConfirm')}
      open
      onClose={close}
      isReady={isReady}
      isChanged={picked.length > 0 || signInName + displayName !== ''}
      run={async () => {
        const linked = await client.send<AccountWithLink>('POST', '/allot/v1/accounts', body);
        if (linked) showLink(linked);
      }}
    >
      <Text>{t('inviteText')}</Text>
      <Field label={t('inviteWhom')}>
        <RadioGroup value={kind} onChange={(_, { value }) => setKind(value)}>
          <Radio value="user" label={t('directoryUser')} />
          <Radio value="local" label={t('localAdministrator')} />
        </RadioGroup>
      </Field>
      {kind === 'user' ? (
        <ObjectPicker label={t('user')} kinds={['user']} picked={picked} onPick={setPicked} max={1} />
      ) : (
        <>
          <Field label={t('signInName')} hint={t('signInNameHint')} required>
            <Input value={signInName} autoComplete="off" onChange={(_, { value }) => setSignInName(value)} />
          </Field>
          <Field label={t('displayName')}>
            <Input value={displayName} autoComplete="off" onChange={(_, { value }) => setDisplayName(value)} />
          </Field>
        </>
      )}
    </ConfirmDialog>
  );
}
