import type { LicenseFix } from '@allot/contract';
import { Field, MessageBar, MessageBarBody, Spinner, Text, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useSession } from '../../session/use-session.ts';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { useAddressesPreview } from '../assign/use-change-previews.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { PageLink } from '../LinkButton.tsx';
import { Problem } from '../Problem.tsx';
import { Refusal } from '../Refusal.tsx';
import type { FixUser } from './fix-scope.ts';

/** Lets the addresses of a user be corrected, with those that somebody else has too. */
export function AddressFix({
  fix,
  user,
  onClose,
}: {
  readonly fix: Extract<LicenseFix, { kind: 'fixAddress' }>;
  readonly user: FixUser;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('fixes');
  const { client } = useSession();
  const path = `/allot/v1/users/${user.id}/addresses`;
  const { data, error, refetch } = useRead<{ readonly proxyAddresses: readonly string[] }>(path);
  const [typed, setTyped] = useState<string>();
  const before = data?.proxyAddresses.join('\n') ?? '';
  const text = typed ?? before;
  const proxyAddresses = text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const taken = (address: string): boolean =>
    proxyAddresses.some(
      (one) => one.replace(/^smtp:/i, '').toLowerCase() === address.replace(/^smtp:/i, '').toLowerCase(),
    );
  const isChanged = text !== before;
  const preview = useAddressesPreview(user.id, isChanged ? proxyAddresses : undefined);
  const left = fix.addresses.filter(({ address }) => taken(address));
  return (
    <ConfirmDialog
      title={t('addressTitle', { name: user.displayName })}
      confirm={t('saveAddresses')}
      open
      onClose={onClose}
      isReady={isChanged && preview.isReady}
      isChanged={isChanged}
      run={() => client.send('PUT', path, { proxyAddresses })}
    >
      {fix.addresses.map(({ address, userId, userPrincipalName }) => (
        <Text key={`${address}|${userId}`}>
          {t('alsoOf', { address })}{' '}
          <PageLink to="/users/$userId" params={{ userId }}>
            {userPrincipalName}
          </PageLink>
        </Text>
      ))}
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Spinner size="tiny" />
      ) : (
        <Field label={t('addresses')} hint={t('addressesHint')}>
          <Textarea rows={5} value={text} spellCheck={false} onChange={(_, { value }) => setTyped(value)} />
        </Field>
      )}
      {left.length > 0 && typed !== undefined && (
        <MessageBar intent="warning" layout="multiline" role="status">
          <MessageBarBody>{t('stillShared', { address: left[0]?.address ?? '' })}</MessageBarBody>
        </MessageBar>
      )}
      {preview.isAsked && (preview.error ? <Refusal error={preview.error} /> : <ShownEffect preview={preview} />)}
    </ConfirmDialog>
  );
}
