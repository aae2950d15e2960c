import { Button, Caption1, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/use-api.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../../parts/table/DataTable.tsx';
import { useSession } from '../../../session/use-session.ts';
import type { GroupShown } from '../group-data.ts';
import { AddOwners } from './AddOwners.tsx';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  title: { margin: 0 },
  hint: { color: tokens.colorNeutralForeground2, margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalM}` },
});

export interface Owner {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

/** Who is responsible for a group. */
export function Owners({ group, isReadOnly }: { readonly group: GroupShown; readonly isReadOnly: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation('group-properties');
  const { client } = useSession();
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Owner>();
  const rows = useList<Owner>(
    `/v1.0/groups/${group.id}/owners/microsoft.graph.user?$select=id,displayName,userPrincipalName`,
  );
  const known = (rows.data?.pages ?? []).flatMap(({ value }) => value);
  const isLast = known.length === 1;
  const columns = useMemo(
    (): readonly Column<Owner>[] => [
      {
        id: 'displayName',
        header: t('owner'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ id, displayName, userPrincipalName }) => (
          <PageLink to="/users/$userId" params={{ userId: id }} title={userPrincipalName}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'userPrincipalName',
        header: t('principalName'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ userPrincipalName }) => <span title={userPrincipalName}>{userPrincipalName}</span>,
      },
      ...(isReadOnly || isLast
        ? []
        : [
            {
              id: 'remove',
              header: t('action'),
              width: '7rem',
              cell: (owner: Owner) => (
                <Button
                  size="small"
                  aria-label={t('removeNamed', { name: owner.displayName })}
                  onClick={() => setLeaving(owner)}
                >
                  {t('remove')}
                </Button>
              ),
            },
          ]),
    ],
    [t, isReadOnly, isLast],
  );
  return (
    <section>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('owners')}
        </Subtitle2>
        {!isReadOnly && (
          <Button icon={<Add20Regular />} onClick={() => setAdding(true)}>
            {t('addOwners')}
          </Button>
        )}
      </div>
      <Caption1 block className={styles.hint}>
        {t('ownersHint')}
        {isLast && !isReadOnly && ` ${t('lastOwner')}`}
      </Caption1>
      <DataTable
        label={t('owners')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        height="24rem"
        empty={<Text role="status">{`${t('noOwners')} ${isReadOnly ? t('noOwnersRead') : t('noOwnersHint')}`}</Text>}
      />
      {isAdding && <AddOwners group={group} known={known.map(({ id }) => id)} onClose={() => setAdding(false)} />}
      {leaving && (
        <ConfirmDialog
          title={t('removeTitle', { name: leaving.displayName })}
          confirm={t('remove')}
          open
          onClose={() => setLeaving(undefined)}
          run={() => client.send('DELETE', `/v1.0/groups/${group.id}/owners/${leaving.id}/$ref`)}
        >
          <Text>{t('removeText', { name: leaving.displayName, group: group.displayName })}</Text>
        </ConfirmDialog>
      )}
    </section>
  );
}
