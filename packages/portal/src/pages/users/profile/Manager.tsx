import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { useSession } from '../../../session/use-session.ts';
import type { UserData } from '../user-data.ts';

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** Whom a user reports to; rules of groups can read it. */
export function Manager({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const isReadOnly = !useMay()(may.changeUsers);
  const [isOpen, setOpen] = useState(false);
  // Asked for by itself, it would be an error that somebody has no manager.
  const path = `/v1.0/users/${user.id}?$select=id&$expand=manager($select=id,displayName)`;
  const { data, error } = useRead<{ readonly manager?: Picked | null }>(path);
  const manager = data?.manager ?? undefined;
  return (
    <section>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('manager')}
      </Subtitle2>
      {error ? (
        <Problem error={error} />
      ) : (
        <div className={styles.line}>
          {manager ? (
            <PageLink to="/users/$userId" params={{ userId: manager.id }}>
              {manager.displayName}
            </PageLink>
          ) : (
            <Text>{data && t('noManager')}</Text>
          )}
          {!isReadOnly && (
            <Button size="small" onClick={() => setOpen(true)}>
              {t('changeManager')}
            </Button>
          )}
        </div>
      )}
      {isOpen && <ChangeManager user={user} manager={manager} onClose={() => setOpen(false)} />}
    </section>
  );
}

function ChangeManager({
  user,
  manager,
  onClose,
}: {
  readonly user: UserData;
  readonly manager: Picked | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('user');
  const { client } = useSession();
  const [picked, setPicked] = useState<readonly Picked[]>(manager ? [manager] : []);
  const [next] = picked;
  const path = `/v1.0/users/${user.id}/manager/$ref`;
  return (
    <ConfirmDialog
      title={t('managerTitle', { name: user.displayName })}
      confirm={t('save')}
      open
      onClose={onClose}
      isReady={next?.id !== manager?.id}
      isChanged={next?.id !== manager?.id}
      run={() =>
        next === undefined
          ? client.send('DELETE', path)
          : client.send('PUT', path, { '@odata.id': `${client.baseUrl}/v1.0/users/${next.id}` })
      }
    >
      <ObjectPicker
        label={t('manager')}
        hint={t('managerHint')}
        kinds={['user']}
        picked={picked}
        onPick={setPicked}
        max={1}
        without={[user.id]}
      />
    </ConfirmDialog>
  );
}
