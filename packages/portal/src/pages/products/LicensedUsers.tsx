import type { LicenseAssignmentState } from '@allot/contract';
import { Button } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRowCount } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { RemoveLicenses } from '../../parts/assign/RemoveLicenses.tsx';
import { GroupLink } from '../../parts/GroupLink.tsx';
import { PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { listPath, startsWith } from '../../parts/table/list-path.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { LicenseState } from '../../parts/LicenseState.tsx';

interface UserRow {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
}

const inTab = 'max(20rem, calc(100vh - 29rem))';

/** Who has a product, and from where: assigned directly, or inherited from groups. */
export function LicensedUsers({ skuId }: { readonly skuId: string }) {
  const { t } = useTranslation('products');
  const { productName } = useProducts();
  const { filter, sort = 'displayName' } = useSearch({ from: '/products/$skuId' });
  const navigate = useNavigate({ from: '/products/$skuId' });
  const mayDo = useMay();
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  const [isRemoving, setRemoving] = useState(false);
  const typed = startsWith(['displayName', 'userPrincipalName'], filter);
  const has = `assignedLicenses/any(l:l/skuId eq ${skuId})`;
  const path = listPath('/v1.0/users', {
    select: ['id', 'displayName', 'userPrincipalName', 'licenseAssignmentStates'],
    filter: typed === undefined ? has : `${has} and (${typed})`,
    sort,
  });
  const rows = useList<UserRow>(path);
  const count = useRowCount(path, rows);
  const columns = useMemo((): readonly Column<UserRow>[] => {
    const own = ({ licenseAssignmentStates }: UserRow) => licenseAssignmentStates.filter((one) => one.skuId === skuId);
    return [
      {
        id: 'displayName',
        header: t('user'),
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
        width: 'minmax(10rem, 2fr)',
        cell: ({ userPrincipalName }) => userPrincipalName,
      },
      {
        id: 'source',
        header: t('source'),
        width: 'minmax(11rem, 3fr)',
        cell: (user) =>
          own(user).map(({ assignedByGroup }, index) => (
            <span key={assignedByGroup}>
              {index > 0 && ', '}
              {assignedByGroup === null ? t('direct') : <GroupLink groupId={assignedByGroup} />}
            </span>
          )),
      },
      {
        id: 'state',
        header: t('state'),
        width: '11rem',
        cell: (user) => <LicenseState states={own(user).map(({ state }) => state)} />,
      },
    ];
  }, [t, skuId]);
  return (
    <>
      <TableTools
        filter={filter}
        filterHint={t('userHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={count}
      >
        {mayDo(may.licenseUsers) && (
          <Button disabledFocusable={ids.size === 0} onClick={() => setRemoving(true)}>
            {t('removeDirect')}
          </Button>
        )}
        <ExportCsv<UserRow>
          path={path}
          count={count}
          name={productName(skuId)}
          columns={[
            ['id', ({ id }) => id],
            [t('user'), ({ displayName }) => displayName],
            [t('principalName'), ({ userPrincipalName }) => userPrincipalName],
          ]}
        />
      </TableTools>
      <DataTable
        label={t('tabUsers')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        {...(mayDo(may.licenseUsers) ? { selection: { ids, change } } : {})}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={<NoRows isFiltered={filter !== undefined} title={t('noUsers')} hint={t('noUsersHint')} />}
        height={inTab}
      />
      <RemoveLicenses
        target={{ kind: 'users', userIds: [...ids] }}
        skuId={skuId}
        open={isRemoving}
        onClose={() => setRemoving(false)}
      />
    </>
  );
}
