import type { ProductSeats } from '@allot/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSeats } from '../../api/use-seats.ts';
import { LinkButton, PageLink } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { SeatBar } from '../../parts/SeatBar.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { localRows, sorted } from '../../parts/table/local-rows.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useStatusName } from './use-status-name.ts';

const nameOf = ({ displayName, skuPartNumber }: ProductSeats): string => displayName || skuPartNumber;

/** What each column is sorted by. */
const values = {
  name: nameOf,
  seats: ({ consumed, usable }: ProductSeats) => (usable === 0 ? Number(consumed > 0) : consumed / usable),
  free: ({ free }: ProductSeats) => free,
  waiting: ({ waiting }: ProductSeats) => waiting,
  status: ({ status }: ProductSeats) => status,
};

export function Products() {
  const { t, i18n } = useTranslation('products');
  const { number } = useFormat();
  const statusName = useStatusName();
  const { seats, isRead, error, refetch } = useSeats();
  const { filter, sort = 'name' } = useSearch({ from: '/products' });
  const navigate = useNavigate({ from: '/products' });
  const typed = filter?.trim().toLowerCase() ?? '';
  const found = seats.filter((one) => `${one.displayName} ${one.skuPartNumber}`.toLowerCase().includes(typed));
  const columns = useMemo(
    (): readonly Column<ProductSeats>[] => [
      {
        id: 'name',
        header: t('product'),
        sortable: true,
        width: 'minmax(12rem, 3fr)',
        cell: (product) => (
          <PageLink to="/products/$skuId" params={{ skuId: product.skuId }} title={product.skuPartNumber}>
            {nameOf(product)}
          </PageLink>
        ),
      },
      {
        id: 'seats',
        header: t('seats'),
        sortable: true,
        width: 'minmax(13rem, 3fr)',
        cell: ({ consumed, usable }) => <SeatBar used={consumed} usable={usable} isShort />,
      },
      { id: 'free', header: t('free'), sortable: true, width: '7.5rem', cell: ({ free }) => number(free) },
      { id: 'waiting', header: t('waiting'), sortable: true, width: '7rem', cell: ({ waiting }) => number(waiting) },
      {
        id: 'status',
        header: t('status'),
        sortable: true,
        width: '8rem',
        cell: ({ status }) => statusName(status),
      },
    ],
    [t, number, statusName],
  );
  return (
    <>
      <PageTitle title={t('title')} />
      <TableTools
        filter={filter}
        filterHint={t('filterHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={isRead ? { rows: found.length, isMore: false } : undefined}
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={localRows(isRead ? sorted(found, sort, values, i18n.language) : undefined, { error, refetch })}
        idOf={({ skuId }) => skuId}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={
          <NoRows isFiltered={typed !== ''} title={t('empty')} hint={t('emptyHint')}>
            <LinkButton to="/catalogue" appearance="primary">
              {t('toCatalogue')}
            </LinkButton>
          </NoRows>
        }
      />
    </>
  );
}
