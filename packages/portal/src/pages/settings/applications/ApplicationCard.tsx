import { Badge, Button, Caption1, Card, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useFormat } from '../../../text/use-format.ts';
import { type Application, type ApplicationWithSecret, applicationsPath } from './application.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  title: { margin: 0 },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginLeft: 'auto' },
});

/** An application with its permissions and how it signs in. */
export function ApplicationCard({
  application,
  showSecret,
}: {
  readonly application: Application;
  readonly showSecret: (application: ApplicationWithSecret) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { list } = useFormat();
  const mayDo = useMay();
  const { client } = useSession();
  const [open, setOpen] = useState<'secret' | 'remove'>();
  const { id, displayName, permissions, delegatedPermissions, hasSecret, certificates, publicClient } = application;
  const path = `${applicationsPath}/${id}`;
  const close = () => setOpen(undefined);
  const ways = [
    ...(hasSecret ? [t('bySecret')] : []),
    ...(certificates.length > 0 ? [t('byCertificate', { count: certificates.length })] : []),
    ...(publicClient ? [t('byPerson')] : []),
  ];
  return (
    <Card appearance="outline" role="group" aria-label={displayName}>
      <div className={styles.head}>
        <div>
          <Subtitle2 as="h2" block className={styles.title}>
            {displayName}
          </Subtitle2>
          <Caption1 className={styles.id}>{id}</Caption1>
        </div>
        {mayDo(may.changeApplications) && (
          <div className={styles.actions}>
            <Button size="small" onClick={() => setOpen('secret')}>
              {t('newSecret')}
            </Button>
            <Button size="small" onClick={() => setOpen('remove')}>
              {t('remove')}
            </Button>
          </div>
        )}
      </div>
      <Text>{ways.length > 0 ? t('signsIn', { ways: list(ways) }) : t('cannotSignIn')}</Text>
      <Permissions label={t('permissions')} names={permissions} />
      <Permissions label={t('delegatedPermissions')} names={delegatedPermissions} />
      {open === 'secret' && (
        <ConfirmDialog
          title={t('newSecretFor', { name: displayName })}
          confirm={t('newSecret')}
          open
          onClose={close}
          run={async () => {
            const answer = await client.send<ApplicationWithSecret>('POST', `${path}/secret`);
            if (answer) showSecret(answer);
          }}
        >
          <Text>{hasSecret ? t('newSecretText') : t('firstSecretText')}</Text>
        </ConfirmDialog>
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('removeApplication', { name: displayName })}
          confirm={t('remove')}
          open
          onClose={close}
          run={() => client.send('DELETE', path)}
        >
          <Text>{t('removeApplicationText')}</Text>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Permissions({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  const styles = useStyles();
  if (names.length === 0) return null;
  return (
    <div>
      <Caption1 block>{label}</Caption1>
      <div className={styles.badges}>
        {names.map((name) => (
          <Badge key={name} appearance="tint" color="informative">
            {name}
          </Badge>
        ))}
      </div>
    </div>
  );
}
