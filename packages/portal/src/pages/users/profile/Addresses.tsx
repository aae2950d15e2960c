import type { AddressInUse } from '@allot/contract';
import {
  Button,
  Caption1,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { useChange } from '../../../api/use-change.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { useAddressesPreview } from '../../../parts/assign/use-change-previews.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { Refusal } from '../../../parts/Refusal.tsx';
import type { UserData } from '../user-data.ts';
import { ProfileEffect } from './ProfileEffect.tsx';

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, width: '100%' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(10rem, 28rem) auto auto',
    alignItems: 'center',
    justifyContent: 'start',
    gap: tokens.spacingHorizontalS,
  },
  actions: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

interface UserAddresses {
  readonly proxyAddresses: readonly string[];
  readonly sharedAddresses: readonly AddressInUse[];
}

/** Mail addresses of a user: one primary, the others aliases. */
export function Addresses({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const mayChange = useMay()(may.changeUsers);
  const path = `/allot/v1/users/${user.id}/addresses`;
  const { data, error, refetch } = useRead<UserAddresses>(path);
  const [draft, setDraft] = useState<readonly string[]>();
  const save = useChange((client, proxyAddresses: readonly string[]) => client.send('PUT', path, { proxyAddresses }));
  const filled = draft?.filter((one) => bare(one).trim() !== '');
  const isChanged = filled !== undefined && filled.join('\n') !== data?.proxyAddresses.join('\n');
  useUnsaved(isChanged);
  const preview = useAddressesPreview(user.id, isChanged ? filled : undefined);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return null;
  const addresses = draft ?? data.proxyAddresses;
  const primary = addresses.findIndex((one) => one.startsWith('SMTP:'));
  const change = (next: readonly string[]) => {
    save.reset();
    setDraft(next);
  };
  return (
    <section>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('addresses')}
      </Subtitle2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) save.mutate(filled, { onSuccess: () => setDraft(undefined) });
        }}
      >
        {addresses.length === 0 && <Text>{t('noAddresses')}</Text>}
        <RadioGroup
          className={styles.list}
          aria-label={t('primary')}
          value={String(primary)}
          disabled={!mayChange}
          onChange={(_, { value }) =>
            change(addresses.map((one, index) => withType(one, index === Number(value) ? 'SMTP' : 'smtp')))
          }
        >
          {addresses.map((address, index) => (
            <div key={index} className={styles.row}>
              <Input
                aria-label={t('address', { position: index + 1 })}
                value={bare(address)}
                readOnly={!mayChange}
                onChange={(_, { value }) =>
                  change(addresses.map((one, at) => (at === index ? `${typeOf(one)}:${value}` : one)))
                }
              />
              <Radio value={String(index)} label={t('primary')} />
              {mayChange && (
                <Button
                  appearance="subtle"
                  icon={<Delete20Regular />}
                  aria-label={t('removeAddress', { address: bare(address) })}
                  onClick={() => change(addresses.filter((_, at) => at !== index))}
                />
              )}
            </div>
          ))}
        </RadioGroup>
        {data.sharedAddresses.map((shared) => (
          <Shared key={`${shared.address}|${shared.userId}`} {...shared} />
        ))}
        <ProfileEffect preview={preview} />
        <Refusal error={save.error} />
        {mayChange && (
          <div className={styles.actions}>
            <Button onClick={() => change([...addresses, addresses.length === 0 ? 'SMTP:' : 'smtp:'])}>
              {t('addAddress')}
            </Button>
            <Button type="submit" appearance="primary" disabled={!isChanged || !preview.isReady || save.isPending}>
              {t('saveAddresses')}
            </Button>
            <span role="status">{save.isSuccess && t('saved')}</span>
          </div>
        )}
        <Caption1>{t('addressesHint')}</Caption1>
      </form>
    </section>
  );
}

function Shared({ address, userId, userPrincipalName }: AddressInUse) {
  const { t } = useTranslation('user');
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {t('addressAlsoOf', { address })}{' '}
        <PageLink to="/users/$userId" params={{ userId }}>
          {userPrincipalName}
        </PageLink>
      </MessageBarBody>
    </MessageBar>
  );
}

/** Addresses of other kinds than mail keep theirs. */
const typeOf = (address: string): string => (address.includes(':') ? address.slice(0, address.indexOf(':')) : 'smtp');
const bare = (address: string): string => address.slice(address.indexOf(':') + 1);
const withType = (address: string, type: string): string =>
  /^smtp$/i.test(typeOf(address)) ? `${type}:${bare(address)}` : address;
