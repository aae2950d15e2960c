import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRowCount } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { useCountries } from '../../text/use-countries.ts';
import { useFormat } from '../../text/use-format.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { listPath, startsWith } from '../../parts/table/list-path.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import type { UsersSearch } from './routes.ts';
import { UserActions } from './UserActions.tsx';
import { UserFilters } from './UserFilters.tsx';

interface UserRow {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

const height = 'max(20rem, calc(100vh - 18rem))';

/** All users, or those whom the filters leave; those who are selected can be licensed together. */
export function UserTable() {
  const { t } = useTranslation('users');
  const { productName } = useProducts();
  const { countryName } = useCountries();
  const { list } = useFormat();
  const mayDo = useMay();
  const mayLicense = mayDo(may.licenseUsers);
  const mayCreate = mayDo(may.changeUsers);
  const search = useSearch({ from: '/users' });
  const { filter, sort = 'displayName' } = search;
  const navigate = useNavigate({ from: '/users' });
  const path = listPath('/v1.0/users', {
    select: ['id', 'displayName', 'userPrincipalName', 'usageLocation', 'accountEnabled', 'assignedLicenses'],
    filter: filterOf(search),
    sort,
  });
  const rows = useList<UserRow>(path);
  const count = useRowCount(path, rows);
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo((): readonly Column<UserRow>[] => {
    const [enabled, disabled] = [t('isEnabled'), t('isDisabled')];
    return [
      {
        id: 'displayName',
        header: t('name'),
        sortable: true,
        width: 'minmax(8rem, 2fr)',
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
        width: 'minmax(10rem, 2.5fr)',
        cell: ({ userPrincipalName }) => userPrincipalName,
      },
      {
        id: 'usageLocation',
        header: t('location'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ usageLocation }) => (usageLocation === null ? '–' : countryName(usageLocation)),
      },
      {
        id: 'assignedLicenses',
        header: t('licenses'),
        width: 'minmax(8rem, 3fr)',
        cell: ({ assignedLicenses }) => list(assignedLicenses.map(({ skuId }) => productName(skuId))) || '–',
      },
      {
        id: 'accountEnabled',
        header: t('enabled'),
        width: '7rem',
        cell: ({ accountEnabled }) => (accountEnabled ? enabled : disabled),
      },
    ];
  }, [t, productName, countryName, list]);
  return (
    <>
      <TableTools
        filter={filter}
        filterHint={t('filterHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={count}
      >
        <UserFilters />
      </TableTools>
      <UserActions userIds={[...ids]}>
        <ExportCsv<UserRow>
          path={path}
          count={count}
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
      </UserActions>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        {...(mayLicense ? { selection: { ids, change } } : {})}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={
          <NoRows
            isFiltered={filterOf(search) !== undefined}
            title={t('empty')}
            hint={mayCreate ? t('emptyHint') : t('emptyReadOnly')}
          />
        }
        height={height}
      />
    </>
  );
}

function filterOf({ filter, location, product }: UsersSearch): string | undefined {
  const typed = startsWith(['displayName', 'userPrincipalName'], filter);
  const parts = [
    ...(typed === undefined ? [] : [`(${typed})`]),
    ...(location === undefined ? [] : [`usageLocation eq '${location.replaceAll("'", "''")}'`]),
    ...(product === undefined ? [] : [`assignedLicenses/any(l:l/skuId eq ${product})`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}
