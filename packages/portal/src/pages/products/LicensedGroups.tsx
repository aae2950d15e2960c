import type { Processing } from '@allot/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRead, useRowCount } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { listPath, startsWith } from '../../parts/table/list-path.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { useFormat } from '../../text/use-format.ts';

interface GroupRow {
  readonly id: string;
  readonly displayName: string;
}

const states = {
  QueuedForProcessing: 'queued',
  ProcessingInProgress: 'inProgress',
  ProcessingComplete: 'complete',
} as const;

const inTab = 'max(20rem, calc(100vh - 29rem))';

/** Groups that license their members with a product, how far each is, and how many of its users are in error. */
export function LicensedGroups({ skuId }: { readonly skuId: string }) {
  const { t } = useTranslation('products');
  const { number } = useFormat();
  const { filter, sort = 'displayName' } = useSearch({ from: '/products/$skuId' });
  const navigate = useNavigate({ from: '/products/$skuId' });
  const typed = startsWith(['displayName'], filter);
  const has = `assignedLicenses/any(l:l/skuId eq ${skuId})`;
  const path = listPath('/v1.0/groups', {
    select: ['id', 'displayName'],
    filter: typed === undefined ? has : `${has} and ${typed}`,
    sort: sort.endsWith('userPrincipalName') ? 'displayName' : sort,
  });
  const rows = useList<GroupRow>(path);
  const count = useRowCount(path, rows);
  const { data: processing } = useRead<Processing>('/allot/v1/processing');
  const columns = useMemo((): readonly Column<GroupRow>[] => {
    const progress = new Map(processing?.groups.map((one) => [one.id, one]));
    return [
      {
        id: 'displayName',
        header: t('group'),
        sortable: true,
        width: 'minmax(10rem, 3fr)',
        cell: ({ id, displayName }) => (
          <PageLink to="/groups/$groupId" params={{ groupId: id }}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'state',
        header: t('processing'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ id }) => {
          const state = progress.get(id)?.state ?? '';
          // `as`: it is among the keys.
          return state in states ? t(states[state as keyof typeof states]) : state;
        },
      },
      { id: 'total', header: t('users'), width: '8.5rem', cell: ({ id }) => number(progress.get(id)?.total ?? 0) },
      {
        id: 'failed',
        header: t('inError'),
        width: '8rem',
        cell: ({ id }) => number(progress.get(id)?.failed ?? 0),
      },
    ];
  }, [t, number, processing]);
  return (
    <>
      <TableTools
        filter={filter}
        filterHint={t('groupHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={count}
      />
      <DataTable
        label={t('tabGroups')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={<NoRows isFiltered={filter !== undefined} title={t('noGroups')} hint={t('noGroupsHint')} />}
        height={inTab}
      />
    </>
  );
}
