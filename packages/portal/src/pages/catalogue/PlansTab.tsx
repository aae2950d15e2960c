import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { withoutEmpty } from '../../without-empty.ts';
import { useFormat } from '../../text/use-format.ts';
import { asRows, type CataloguePlan, matches, useCataloguePlans, useCatalogueProducts } from './catalogue-data.ts';
import { DeleteFromCatalogue } from './edit/DeleteFromCatalogue.tsx';
import { EditPlan } from './edit/EditPlan.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { useLocationWords } from './use-location-words.ts';

/** Every service plan: of which service, in how many products, and where it may be used. */
export function PlansTab({
  filter,
  onFilter,
}: {
  readonly filter: string | undefined;
  readonly onFilter: (filter: string) => void;
}) {
  const { t } = useTranslation(['catalogue', 'catalogue-editing']);
  const { number } = useFormat();
  const mayChange = useMay()(may.changeOrganization);
  const [edited, setEdited] = useState<'new' | CataloguePlan>();
  const [leaving, setLeaving] = useState<CataloguePlan>();
  const { plan } = useSearch({ from: '/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  const locationWords = useLocationWords();
  const { data, error, refetch } = useCataloguePlans();
  const products = useCatalogueProducts().data?.value;
  const productsOf = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { servicePlans } of products ?? []) {
      for (const { servicePlanId } of servicePlans) counts.set(servicePlanId, (counts.get(servicePlanId) ?? 0) + 1);
    }
    return counts;
  }, [products]);
  const rows = useMemo(
    () =>
      asRows({ data, error, refetch }, ({ displayName, servicePlanName, servicePlanId, service }) =>
        matches(filter, [displayName, servicePlanName, servicePlanId, service]),
      ),
    [data, error, refetch, filter],
  );
  const columns: readonly Column<CataloguePlan>[] = [
    {
      id: 'displayName',
      header: t('plan'),
      width: 'minmax(12rem, 3fr)',
      cell: ({ displayName, servicePlanName, servicePlanId }) => (
        <PageLink to="/catalogue" search={({ filter: kept }) => ({ tab: 'plans', filter: kept, plan: servicePlanId })}>
          {displayName || servicePlanName}
        </PageLink>
      ),
    },
    {
      id: 'servicePlanName',
      header: t('partName'),
      width: 'minmax(10rem, 2fr)',
      cell: ({ servicePlanName }) => servicePlanName,
    },
    { id: 'service', header: t('service'), width: 'minmax(7rem, 1fr)', cell: ({ service }) => service },
    {
      id: 'products',
      header: t('products'),
      width: '6.5rem',
      cell: ({ servicePlanId, servicePlanName }) => (
        <PageLink
          to="/catalogue"
          search={{ filter: servicePlanName }}
          title={t('productsWith', { plan: servicePlanName })}
        >
          {number(productsOf.get(servicePlanId) ?? 0)}
        </PageLink>
      ),
    },
    {
      id: 'locations',
      header: t('where'),
      width: 'minmax(7rem, 1fr)',
      cell: ({ locations }) => <span title={locationWords(locations)}>{locationWords(locations)}</span>,
    },
  ];
  const closePanel = () => void navigate({ search: (now) => withoutEmpty({ ...now, plan: undefined }) });
  const opened = data?.value.find(({ servicePlanId }) => servicePlanId === plan);
  return (
    <>
      <TableTools filter={filter} filterHint={t('planHint')} onFilter={onFilter} count={rows.count}>
        {mayChange && (
          <Button icon={<Add20Regular />} onClick={() => setEdited('new')}>
            {t('catalogue-editing:addPlan')}
          </Button>
        )}
      </TableTools>
      <DataTable
        label={t('plans')}
        columns={columns}
        rows={rows}
        idOf={({ servicePlanId }) => servicePlanId}
        height="calc(100vh - 16rem)"
        empty={<NoRows isFiltered={filter !== undefined} title={t('empty')} hint={t('emptyHint')} />}
      />
      {edited && <EditPlan plan={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {leaving && (
        <DeleteFromCatalogue
          name={leaving.displayName || leaving.servicePlanName}
          path={`/allot/v1/catalogue/plans/${leaving.servicePlanId}`}
          onDeleted={closePanel}
          onClose={() => setLeaving(undefined)}
        />
      )}
      {opened && !edited && !leaving && (
        <PlanPanel
          plan={opened}
          edit={mayChange ? () => setEdited(opened) : undefined}
          remove={mayChange ? () => setLeaving(opened) : undefined}
          close={closePanel}
        />
      )}
    </>
  );
}
