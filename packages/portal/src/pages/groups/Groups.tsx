import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRowCount } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { DeletedItems } from '../../parts/DeletedItems.tsx';
import { LinkButton, PageLink } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { listPath, startsWith } from '../../parts/table/list-path.ts';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { CreateGroup } from './CreateGroup.tsx';
import { useFormat } from '../../text/use-format.ts';

interface GroupRow {
  readonly id: string;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

const isDynamic = ({ groupTypes }: GroupRow): boolean => groupTypes.includes('DynamicMembership');

/** Groups: all of them, or those that are deleted. */
export function Groups() {
  const { t } = useTranslation('deleted');
  const { deleted } = useSearch({ from: '/groups' });
  if (!deleted) return <GroupTable />;
  return (
    <>
      <PageTitle title={t('groupsTitle')} actions={<LinkButton to="/groups">{t('allGroups')}</LinkButton>} />
      <DeletedItems kind="group" />
    </>
  );
}

function GroupTable() {
  const { t } = useTranslation(['groups', 'group', 'deleted']);
  const { productName } = useProducts();
  const { list } = useFormat();
  const mayCreate = useMay()(may.createGroups);
  const [isCreating, setCreating] = useState(false);
  const { filter, sort = 'displayName' } = useSearch({ from: '/groups' });
  const navigate = useNavigate({ from: '/groups' });
  const path = listPath('/v1.0/groups', {
    select: ['id', 'displayName', 'groupTypes', 'assignedLicenses'],
    filter: startsWith(['displayName'], filter),
    sort,
  });
  const rows = useList<GroupRow>(path);
  const count = useRowCount(path, rows);
  const columns = useMemo(
    (): readonly Column<GroupRow>[] => [
      {
        id: 'displayName',
        header: t('name'),
        sortable: true,
        width: 'minmax(12rem, 2fr)',
        cell: ({ id, displayName }) => (
          <PageLink to="/groups/$groupId" params={{ groupId: id }}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'groupTypes',
        header: t('kind'),
        width: '9rem',
        cell: (group) => (isDynamic(group) ? t('dynamic') : t('assigned')),
      },
      {
        id: 'assignedLicenses',
        header: t('licenses'),
        width: 'minmax(12rem, 3fr)',
        cell: ({ assignedLicenses }) => list(assignedLicenses.map(({ skuId }) => productName(skuId))) || '–',
      },
    ],
    [t, productName, list],
  );
  return (
    <>
      <PageTitle
        title={t('title')}
        actions={
          <>
            {mayCreate && (
              <Button appearance="primary" icon={<Add20Regular />} onClick={() => setCreating(true)}>
                {t('group:create')}
              </Button>
            )}
            <LinkButton to="/groups" search={{ deleted: true }} appearance="subtle">
              {t('deleted:groupsTitle')}
            </LinkButton>
          </>
        }
      />
      <TableTools
        filter={filter}
        filterHint={t('filterHint')}
        onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
        count={count}
      >
        <ExportCsv<GroupRow>
          path={path}
          count={count}
          name={t('title')}
          columns={[
            ['id', ({ id }) => id],
            [t('name'), ({ displayName }) => displayName],
            [t('kind'), (group) => (isDynamic(group) ? t('dynamic') : t('assigned'))],
            [
              t('licenses'),
              ({ assignedLicenses }) => assignedLicenses.map(({ skuId }) => productName(skuId)).join('; '),
            ],
          ]}
        />
      </TableTools>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        sort={sort}
        onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
        empty={
          <NoRows
            isFiltered={filter !== undefined}
            title={t('empty')}
            hint={mayCreate ? t('emptyHint') : t('emptyReadOnly')}
          />
        }
      />
      {isCreating && <CreateGroup onClose={() => setCreating(false)} />}
    </>
  );
}
