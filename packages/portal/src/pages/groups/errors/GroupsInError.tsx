import type { GroupInError } from '@allot/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/use-api.ts';
import { useProducts } from '../../../api/use-products.ts';
import { useErrorName } from '../../../text/use-error-name.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { useReasonWords } from '../../../parts/use-reason-words.ts';
import { type Column, DataTable } from '../../../parts/table/DataTable.tsx';
import { NoRows } from '../../../parts/table/NoRows.tsx';
import { useFormat } from '../../../text/use-format.ts';

/** Groups whose members are in error, those with the most users first. */
export function GroupsInError() {
  const { t } = useTranslation('group');
  const { number } = useFormat();
  const { productName } = useProducts();
  const errorName = useErrorName();
  const reasonWords = useReasonWords();
  const rows = useList<GroupInError>('/allot/v1/groups/errors?$top=100');
  const columns = useMemo(
    (): readonly Column<GroupInError>[] => [
      {
        id: 'displayName',
        header: t('group'),
        width: 'minmax(12rem, 2fr)',
        cell: ({ id, displayName }) => (
          <PageLink to="/groups/$groupId" params={{ groupId: id }}>
            {displayName}
          </PageLink>
        ),
      },
      { id: 'users', header: t('usersInError'), width: '11rem', cell: ({ users }) => number(users) },
      {
        id: 'reason',
        header: t('topReason'),
        width: 'minmax(16rem, 5fr)',
        cell: ({ mostFrequent: { error, skuId, reasons, reason } }) => (
          <span title={reasonWords(reasons, reason)}>
            {t('cause', { error: errorName(error), product: productName(skuId) })}
          </span>
        ),
      },
    ],
    [t, number, productName, errorName, reasonWords],
  );
  return (
    <DataTable
      label={t('errorsTitle')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      empty={<NoRows isFiltered={false} title={t('noGroupErrors')} hint={t('noGroupErrorsHint')} />}
    />
  );
}
