import type { WaitingUser } from '@allot/contract';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/use-api.ts';
import { GroupLink } from '../../parts/GroupLink.tsx';
import { PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { useFormat } from '../../text/use-format.ts';

const inTab = 'max(20rem, calc(100vh - 29rem))';

const useStyles = makeStyles({ hint: { marginBottom: tokens.spacingVerticalM } });

/** Who waits for a seat of a product, in the order in which seats are given. */
export function WaitingLine({ skuId }: { readonly skuId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number, dateTime } = useFormat();
  const rows = useList<WaitingUser>(`/allot/v1/waiting?skuId=${skuId}&$top=100`);
  const columns = useMemo(
    (): readonly Column<WaitingUser>[] => [
      { id: 'position', header: t('position'), width: '6.5rem', cell: ({ position }) => number(position) },
      {
        id: 'user',
        header: t('user'),
        width: 'minmax(11rem, 1.4fr)',
        cell: ({ userId, userPrincipalName }) => (
          <PageLink to="/users/$userId" params={{ userId }}>
            {userPrincipalName}
          </PageLink>
        ),
      },
      {
        id: 'group',
        header: t('askedBy'),
        width: 'minmax(10rem, 1.4fr)',
        cell: ({ groupId }) => (groupId === null ? t('direct') : <GroupLink groupId={groupId} />),
      },
      {
        id: 'priority',
        header: t('priority'),
        width: '7rem',
        cell: ({ priority }) => (priority === null ? '–' : number(priority)),
      },
      { id: 'since', header: t('since'), width: '12rem', cell: ({ since }) => dateTime(since) },
    ],
    [t, number, dateTime],
  );
  return (
    <>
      <Text block className={styles.hint}>
        {t('waitingHint')}
      </Text>
      <DataTable
        label={t('tabWaiting')}
        columns={columns}
        rows={rows}
        idOf={({ userId }) => userId}
        empty={<NoRows isFiltered={false} title={t('noWaiting')} hint={t('noWaitingHint')} />}
        height={inTab}
      />
    </>
  );
}
