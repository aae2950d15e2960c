import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/use-api.ts';
import { useProducts } from '../../../api/use-products.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../../parts/table/DataTable.tsx';
import { NoRows } from '../../../parts/table/NoRows.tsx';
import { listPath } from '../../../parts/table/list-path.ts';
import { useFormat } from '../../../text/use-format.ts';

interface GroupRow {
  readonly id: string;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

/** Groups that a user is directly in, with what they license. */
export function GroupsOfUser({ userId }: { readonly userId: string }) {
  const { t } = useTranslation('user');
  const { productName } = useProducts();
  const { list } = useFormat();
  const rows = useList<GroupRow>(
    listPath(`/v1.0/users/${userId}/memberOf/microsoft.graph.group`, {
      select: ['id', 'displayName', 'groupTypes', 'assignedLicenses'],
    }),
  );
  const columns = useMemo(
    (): readonly Column<GroupRow>[] => [
      {
        id: 'displayName',
        header: t('group'),
        width: 'minmax(7rem, 2fr)',
        cell: ({ id, displayName }) => (
          <PageLink to="/groups/$groupId" params={{ groupId: id }}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'kind',
        header: t('membership'),
        width: '8.5rem',
        cell: ({ groupTypes }) => (groupTypes.includes('DynamicMembership') ? t('byRule') : t('byHand')),
      },
      {
        id: 'products',
        header: t('products'),
        width: 'minmax(7rem, 2fr)',
        cell: ({ assignedLicenses }) => list(assignedLicenses.map(({ skuId }) => productName(skuId))) || '–',
      },
    ],
    [t, productName, list],
  );
  return (
    <DataTable
      label={t('groups')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      empty={<NoRows isFiltered={false} title={t('noGroups')} hint={t('noGroupsHint')} />}
      height="24rem"
    />
  );
}
