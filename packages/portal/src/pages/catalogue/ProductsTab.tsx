import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutEmpty } from '../../without-empty.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { LinkButton, PageLink } from '../../parts/LinkButton.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { useFormat } from '../../text/use-format.ts';
import { asRows, type CatalogueProduct, matches, useCatalogueProducts } from './catalogue-data.ts';
import { DeleteFromCatalogue } from './edit/DeleteFromCatalogue.tsx';
import { EditProduct } from './edit/EditProduct.tsx';
import { ProductPanel } from './ProductPanel.tsx';

/** Every product of the catalogue, found by name, part number, id or one of its service plans. */
export function ProductsTab({
  filter,
  onFilter,
}: {
  readonly filter: string | undefined;
  readonly onFilter: (filter: string) => void;
}) {
  const { t } = useTranslation(['catalogue', 'catalogue-editing']);
  const { number } = useFormat();
  const mayDo = useMay();
  const mayChange = mayDo(may.changeOrganization);
  const [edited, setEdited] = useState<'new' | CatalogueProduct>();
  const [leaving, setLeaving] = useState<CatalogueProduct>();
  const { product } = useSearch({ from: '/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  const read = useCatalogueProducts();
  const { data, error, refetch } = read;
  const rows = useMemo(
    () => asRows({ data, error, refetch }, (one) => matches(filter, textsOf(one))),
    [data, error, refetch, filter],
  );
  const columns = useMemo(
    (): readonly Column<CatalogueProduct>[] => [
      {
        id: 'displayName',
        header: t('product'),
        width: 'minmax(12rem, 3fr)',
        cell: ({ skuId, displayName, skuPartNumber }) => (
          <PageLink to="/catalogue" search={({ filter: kept }) => ({ filter: kept, product: skuId })}>
            {displayName || skuPartNumber}
          </PageLink>
        ),
      },
      {
        id: 'skuPartNumber',
        header: t('partNumber'),
        width: 'minmax(10rem, 2fr)',
        cell: ({ skuPartNumber }) => skuPartNumber,
      },
      {
        id: 'servicePlans',
        header: t('plans'),
        width: '9.5rem',
        cell: ({ servicePlans }) => number(servicePlans.length),
      },
      {
        id: 'appliesTo',
        header: t('appliesTo'),
        width: '10rem',
        cell: ({ appliesTo }) => (appliesTo === 'Company' ? t('company') : t('user')),
      },
    ],
    [t, number],
  );
  const closePanel = () => void navigate({ search: (now) => withoutEmpty({ ...now, product: undefined }) });
  const opened = data?.value.find(({ skuId }) => skuId === product);
  return (
    <>
      <TableTools filter={filter} filterHint={t('productHint')} onFilter={onFilter} count={rows.count}>
        {mayChange && (
          <Button icon={<Add20Regular />} onClick={() => setEdited('new')}>
            {t('catalogue-editing:addProduct')}
          </Button>
        )}
      </TableTools>
      <DataTable
        label={t('products')}
        columns={columns}
        rows={rows}
        idOf={({ skuId }) => skuId}
        height="calc(100vh - 16rem)"
        empty={
          <NoRows isFiltered={filter !== undefined} title={t('empty')} hint={t('emptyHint')}>
            {mayDo(may.importFiles) && (
              <LinkButton to="/catalogue" search={{ tab: 'import' }} appearance="primary">
                {t('catalogue-editing:toImport')}
              </LinkButton>
            )}
          </NoRows>
        }
      />
      {edited && <EditProduct product={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {leaving && (
        <DeleteFromCatalogue
          name={leaving.displayName || leaving.skuPartNumber}
          path={`/allot/v1/catalogue/products/${leaving.skuId}`}
          onDeleted={closePanel}
          onClose={() => setLeaving(undefined)}
        />
      )}
      {opened && !edited && !leaving && (
        <ProductPanel
          product={opened}
          edit={mayChange ? () => setEdited(opened) : undefined}
          remove={mayChange ? () => setLeaving(opened) : undefined}
          close={closePanel}
        />
      )}
    </>
  );
}

const textsOf = ({ displayName, skuPartNumber, skuId, servicePlans }: CatalogueProduct): string[] => [
  displayName,
  skuPartNumber,
  skuId,
  ...servicePlans.flatMap((plan) => [plan.displayName, plan.servicePlanName]),
];
