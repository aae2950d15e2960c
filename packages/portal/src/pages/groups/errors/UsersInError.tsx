import type { UserInError } from '@allot/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/use-api.ts';
import { useProducts } from '../../../api/use-products.ts';
import { FixMenu } from '../../../parts/fixes/FixMenu.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { ReasonText } from '../../../parts/ReasonText.tsx';
import { type Column, DataTable } from '../../../parts/table/DataTable.tsx';
import { NoRows } from '../../../parts/table/NoRows.tsx';

/** Users whose own licenses are in error, with why and what helps. */
export function UsersInError() {
  const { t } = useTranslation('group');
  const { productName } = useProducts();
  const rows = useList<UserInError>('/allot/v1/users/errors?$top=100');
  const columns = useMemo(
    (): readonly Column<UserInError>[] => [
      {
        id: 'displayName',
        header: t('user'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ id, displayName, userPrincipalName }) => (
          <PageLink to="/users/$userId" params={{ userId: id }} title={userPrincipalName}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'product',
        header: t('product'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ skuId, skuPartNumber }) => <span title={skuPartNumber}>{productName(skuId)}</span>,
      },
      {
        id: 'fixes',
        header: t('whatHelps'),
        width: '8rem',
        cell: ({ id, displayName, fixes }) => <FixMenu fixes={fixes} user={{ id, displayName }} />,
      },
      {
        id: 'reason',
        header: t('why'),
        width: 'minmax(14rem, 4fr)',
        cell: ({ reasons, reason }) => <ReasonText reasons={reasons} sentence={reason} />,
      },
    ],
    [t, productName],
  );
  return (
    <DataTable
      label={t('errorUsers')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      empty={<NoRows isFiltered={false} title={t('noUserErrors')} hint={t('noUserErrorsHint')} />}
    />
  );
}
