import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-api.ts';
import { may, useMay } from '../api/use-permissions.ts';
import { useSession } from '../session/use-session.ts';
import { useFormat } from '../text/use-format.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { type Column, DataTable } from './table/DataTable.tsx';
import { NoRows } from './table/NoRows.tsx';

/** Only users have the second property, only groups the third. */
interface DeletedRow {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName?: string;
  readonly description?: string | null;
  readonly deletedDateTime: string;
}

const useStyles = makeStyles({
  actions: { display: 'flex', gap: tokens.spacingHorizontalXS },
  hint: { margin: `${tokens.spacingVerticalM} 0` },
});

/** Both kinds alike: what is read beside the name, what is said, and who may change it. */
const kinds = {
  user: {
    property: 'userPrincipalName',
    header: 'principalName',
    title: 'usersTitle',
    hint: 'usersHint',
    none: 'noUsers',
    restoreText: 'restoreUser',
    forGoodText: 'forGoodUser',
    mayRestore: may.changeUsers,
    mayDelete: may.deleteUsers,
  },
  group: {
    property: 'description',
    header: 'description',
    title: 'groupsTitle',
    hint: 'groupsHint',
    none: 'noGroups',
    restoreText: 'restoreGroup',
    forGoodText: 'forGoodGroup',
    mayRestore: may.changeGroups,
    mayDelete: may.changeGroups,
  },
} as const;

type Kind = keyof typeof kinds;

interface Open {
  readonly change: 'restore' | 'forGood';
  readonly item: DeletedRow;
}

/** Users or groups that were deleted and can be restored for 30 days. */
export function DeletedItems({ kind }: { readonly kind: Kind }) {
  const styles = useStyles();
  const { t } = useTranslation('deleted');
  const { dateTime } = useFormat();
  const mayDo = useMay();
  const [open, setOpen] = useState<Open>();
  const { property, header, title, hint, none, mayRestore: restoring, mayDelete: deleting } = kinds[kind];
  const rows = useList<DeletedRow>(
    `/v1.0/directory/deletedItems/microsoft.graph.${kind}?$top=100&$select=id,displayName,${property},deletedDateTime`,
  );
  const [mayRestore, mayDelete] = [mayDo(restoring), mayDo(deleting)];
  const columns = useMemo(
    (): readonly Column<DeletedRow>[] => [
      { id: 'displayName', header: t('name'), width: 'minmax(8rem, 2fr)', cell: ({ displayName }) => displayName },
      { id: property, header: t(header), width: 'minmax(10rem, 2fr)', cell: (item) => item[property] || '–' },
      {
        id: 'deletedDateTime',
        header: t('deletedAt'),
        width: '11.5rem',
        cell: ({ deletedDateTime }) => dateTime(deletedDateTime),
      },
      {
        id: 'actions',
        header: t('actions'),
        width: '16rem',
        cell: (item) => (
          <span className={styles.actions}>
            {mayRestore && (
              <Button size="small" onClick={() => setOpen({ change: 'restore', item })}>
                {t('restore')}
              </Button>
            )}
            {mayDelete && (
              <Button size="small" onClick={() => setOpen({ change: 'forGood', item })}>
                {t('deleteForGood')}
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, dateTime, styles, property, header, mayRestore, mayDelete],
  );
  return (
    <>
      <Text block className={styles.hint}>
        {t(hint)}
      </Text>
      <DataTable
        label={t(title)}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        empty={<NoRows isFiltered={false} title={t(none)} />}
      />
      {open && <ChangeDeleted kind={kind} {...open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function ChangeDeleted({
  kind,
  change,
  item: { id, displayName: name },
  onClose,
}: Open & { readonly kind: Kind; readonly onClose: () => void }) {
  const { t } = useTranslation('deleted');
  const { client } = useSession();
  const path = `/v1.0/directory/deletedItems/${id}`;
  const isRestore = change === 'restore';
  return (
    <ConfirmDialog
      title={isRestore ? t('restoreTitle', { name }) : t('forGoodTitle', { name })}
      confirm={isRestore ? t('restore') : t('deleteForGood')}
      open
      onClose={onClose}
      run={() => (isRestore ? client.send('POST', `${path}/restore`) : client.send('DELETE', path))}
    >
      <Text>{t(kinds[kind][isRestore ? 'restoreText' : 'forGoodText'])}</Text>
    </ConfirmDialog>
  );
}
