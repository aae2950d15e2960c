import { Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/use-permissions.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { type Application, type ApplicationWithSecret, applicationsPath, grantable } from './application.ts';

const useStyles = makeStyles({
  permissions: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(15rem, 1fr))',
    maxHeight: '40vh',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** Registers an application with its permissions, and gives it its first secret. */
export function CreateApplicationDialog({
  close,
  showSecret,
}: {
  readonly close: () => void;
  readonly showSecret: (application: ApplicationWithSecret) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { client } = useSession();
  const { data: me } = useMe();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Nobody gives a permission that they do not have.
  const own = new Set((me?.roles ?? []).filter(({ groupId }) => groupId === null).flatMap((role) => role.permissions));
  const offered = grantable.filter((permission) => own.has(permission));
  return (
    <ConfirmDialog
      title={t('register')}
      confirm={t('registerConfirm')}
      open
      onClose={close}
      isReady={name.trim() !== '' && chosen.size > 0}
      isChanged={name !== '' || chosen.size > 0}
      run={async () => {
        const body = { displayName: name.trim(), permissions: [...chosen] };
        const created = await client.send<Application>('POST', applicationsPath, body);
        const answer =
          created && (await client.send<ApplicationWithSecret>('POST', `${applicationsPath}/${created.id}/secret`));
        if (answer) showSecret(answer);
      }}
    >
      <Text>{t('registerText')}</Text>
      <Field label={t('displayName')} required>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label={t('permissions')} hint={t('permissionsHint')}>
        <div className={styles.permissions} role="group" tabIndex={0} aria-label={t('permissions')}>
          {offered.map((permission) => (
            <Checkbox
              key={permission}
              label={permission}
              checked={chosen.has(permission)}
              onChange={(_, { checked }) => {
                const next = new Set(chosen);
                if (checked === true) next.add(permission);
                else next.delete(permission);
                setChosen(next);
              }}
            />
          ))}
        </div>
      </Field>
    </ConfirmDialog>
  );
}
