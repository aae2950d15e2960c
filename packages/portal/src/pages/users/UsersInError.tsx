import type { UserInError } from '@allot/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { useErrorName } from '../../text/use-error-name.ts';
import { FixMenu } from '../../parts/fixes/FixMenu.tsx';
import { PageLink } from '../../parts/LinkButton.tsx';
import { ReasonText } from '../../parts/ReasonText.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { useReasonWords } from '../../parts/use-reason-words.ts';
import { UserFilters } from './UserFilters.tsx';

const path = '/allot/v1/users/errors?source=any&$top=100';

/** Users with an error of licensing, from whatever source, with what helps the first of them. */
export function UsersInError() {
  const { t } = useTranslation('users');
  const { productName } = useProducts();
  const errorName = useErrorName();
  const reasonWords = useReasonWords();
  const rows = useList<UserInError>(path);
  const columns = useMemo(
    (): readonly Column<UserInError>[] => [
      {
        id: 'displayName',
        header: t('name'),
        width: 'minmax(8rem, 1.2fr)',
        cell: ({ id, displayName, userPrincipalName }) => (
          <PageLink to="/users/$userId" params={{ userId: id }} title={userPrincipalName}>
            {displayName}
          </PageLink>
        ),
      },
      {
        id: 'product',
        header: t('product'),
        width: 'minmax(7rem, 1.2fr)',
        cell: ({ skuId, skuPartNumber }) => <span title={skuPartNumber}>{productName(skuId)}</span>,
      },
      {
        id: 'error',
        header: t('error'),
        width: 'minmax(8rem, 1.3fr)',
        cell: ({ error }) => errorName(error),
      },
      {
        id: 'reason',
        header: t('reason'),
        width: 'minmax(8rem, 2fr)',
        cell: ({ reasons, reason }) => <ReasonText reasons={reasons} sentence={reason} />,
      },
      {
        id: 'fixes',
        header: t('fixes'),
        width: '7rem',
        cell: ({ id, displayName, fixes }) => <FixMenu fixes={fixes} user={{ id, displayName }} />,
      },
    ],
    [t, productName, errorName],
  );
  return (
    <>
      <TableTools>
        <UserFilters />
        <ExportCsv<UserInError>
          path={path}
          name={t('onlyErrors')}
          columns={[
            ['id', ({ id }) => id],
            [t('name'), ({ displayName }) => displayName],
            [t('principalName'), ({ userPrincipalName }) => userPrincipalName],
            [t('product'), ({ skuId }) => productName(skuId)],
            [t('error'), ({ error }) => errorName(error)],
            [t('reason'), ({ reasons, reason }) => reasonWords(reasons, reason)],
          ]}
        />
      </TableTools>
      <DataTable
        label={t('onlyErrors')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        empty={<NoRows isFiltered={false} title={t('noErrors')} hint={t('noErrorsHint')} />}
      />
    </>
  );
}
