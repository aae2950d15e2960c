import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { type Column, DataTable, NoRows } from '../../parts/table/DataTable.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { listPath, startsWith } from '../../parts/table/list-path.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { UserActions } from './UserActions.tsx';

interface UserRow {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

export function Users() {
  const { t } = useTranslation('users');
  const { productName } = useProducts();
  const { filter, sort = 'displayName' } = useSearch({ from: '/users' });
  const navigate = useNavigate({ from: '/users' });
  const path = listPath('/v1.0/users', {
    select: ['id', 'displayName', 'userPrincipalName', 'usageLocation', 'accountEnabled', 'assignedLicenses'],
    filter: startsWith(['displayName', 'userPrincipalName'], filter),
    sort,
  });
  const rows = useList<UserRow>(path);
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(
    (): readonly Column<UserRow>[] => [
      {
        id: 'displayName',
        header: t('name'),
        sortable: true,
        width: 'minmax(10rem, 2fr)',
        cell: ({ id, displayName }) => (
          <PageLink to="/users/$userId" params={{ userId: id }}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'userPrincipalName',
        header: t('principalName'),
        sortable: true,
        width: 'minmax(12rem, 2fr)',
        cell: ({ userPrincipalName }) => userPrincipalName,
      },
      { id: 'usageLocation', header: t('location'), width: '9rem', cell: ({ usageLocation }) => usageLocation ?? '–' },
      {
        id: 'assignedLicenses',
        header: t('licenses'),
        width: 'minmax(10rem, 3fr)',
        cell: ({ assignedLicenses }) => assignedLicenses.map(({ skuId }) => productName(skuId)).join(', ') || '–',
      },
      {
        id: 'accountEnabled',
        header: t('enabled'),
        width: '7rem',
        cell: ({ accountEnabled }) => (accountEnabled ? t('isEnabled') : t('isDisabled')),
      },
    ],
    [t, productName],
  );
  return (
    <>
      <PageTitle title={t('title')} />
      <TableTools
        filter={filter}
        filterHint={t('filterHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={rows.data?.pages[0]?.['@odata.count']}
      >
        <ExportCsv<UserRow>
          path={path}
          name={t('title')}
          columns={[
            ['id', ({ id }) => id],
            [t('name'), ({ displayName }) => displayName],
            [t('principalName'), ({ userPrincipalName }) => userPrincipalName],
            [t('location'), ({ usageLocation }) => usageLocation ?? ''],
            [
              t('licenses'),
              ({ assignedLicenses }) => assignedLicenses.map(({ skuId }) => productName(skuId)).join('; '),
            ],
          ]}
        />
      </TableTools>
      <UserActions userIds={[...ids]} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        selection={{ ids, change }}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={<NoRows isFiltered={filter !== undefined} title={t('empty')} hint={t('emptyHint')} />}
      />
    </>
  );
}
