import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';

interface DeletedRow {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly deletedDateTime: string;
}

const useStyles = makeStyles({
  actions: { display: 'flex', gap: tokens.spacingHorizontalXS },
  hint: { margin: `${tokens.spacingVerticalM} 0` },
});

const path =
  '/v1.0/directory/deletedItems/microsoft.graph.user?$top=100&$select=id,displayName,userPrincipalName,deletedDateTime';

interface Open {
  readonly kind: 'restore' | 'forGood';
  readonly user: DeletedRow;
}

/** Users who were deleted and can be restored for 30 days. */
export function DeletedUsers() {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { dateTime } = useFormat();
  const mayDo = useMay();
  const [open, setOpen] = useState<Open>();
  const rows = useList<DeletedRow>(path);
  const [mayRestore, mayDelete] = [mayDo(may.changeUsers), mayDo(may.deleteUsers)];
  const columns = useMemo(
    (): readonly Column<DeletedRow>[] => [
      {
        id: 'displayName',
        header: t('name'),
        width: 'minmax(10rem, 2fr)',
        cell: ({ displayName }) => displayName,
      },
      {
        id: 'userPrincipalName',
        header: t('principalName'),
        width: 'minmax(12rem, 2fr)',
        cell: ({ userPrincipalName }) => userPrincipalName,
      },
      {
        id: 'deletedDateTime',
        header: t('deletedAt'),
        width: '14rem',
        cell: ({ deletedDateTime }) => dateTime(deletedDateTime),
      },
      {
        id: 'actions',
        header: t('actions'),
        width: '17rem',
        cell: (user) => (
          <span className={styles.actions}>
            {mayRestore && (
              <Button size="small" onClick={() => setOpen({ kind: 'restore', user })}>
                {t('restore')}
              </Button>
            )}
            {mayDelete && (
              <Button size="small" onClick={() => setOpen({ kind: 'forGood', user })}>
                {t('deleteForGood')}
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, dateTime, styles, mayRestore, mayDelete],
  );
  return (
    <>
      <Text block className={styles.hint}>
        {t('deletedHint')}
      </Text>
      <DataTable
        label={t('deletedTitle')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        empty={<NoRows isFiltered={false} title={t('noDeleted')} />}
      />
      {open && <ChangeDeleted {...open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function ChangeDeleted({ kind, user, onClose }: Open & { readonly onClose: () => void }) {
  const { t } = useTranslation('users');
  const { client } = useSession();
  const item = `/v1.0/directory/deletedItems/${user.id}`;
  const isRestore = kind === 'restore';
  const name = user.displayName;
  return (
    <ConfirmDialog
      title={isRestore ? t('restoreTitle', { name }) : t('forGoodTitle', { name })}
      confirm={isRestore ? t('restore') : t('deleteForGood')}
      open
      onClose={onClose}
      run={() => (isRestore ? client.send('POST', `${item}/restore`) : client.send('DELETE', item))}
    >
      <Text>{isRestore ? t('restoreHint') : t('forGoodHint')}</Text>
    </ConfirmDialog>
  );
}
