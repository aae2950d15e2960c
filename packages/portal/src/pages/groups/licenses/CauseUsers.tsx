import type { UserInError } from '@allot/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/use-api.ts';
import { causeUsersPath } from '../../../parts/fixes/fix-scope.ts';
import { FixMenu } from '../../../parts/fixes/FixMenu.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { ReasonText } from '../../../parts/ReasonText.tsx';
import { type Column, DataTable } from '../../../parts/table/DataTable.tsx';
import { NoRows } from '../../../parts/table/NoRows.tsx';

const pageRows = 100;

/** Users whom one cause concerns, each with why and with what helps. */
export function CauseUsers({
  groupId,
  error,
  skuId,
}: {
  readonly groupId: string;
  readonly error: string;
  readonly skuId: string;
}) {
  const { t } = useTranslation('group');
  const rows = useList<UserInError>(causeUsersPath({ kind: 'cause', groupId, error, skuId }, pageRows));
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
        id: 'fixes',
        header: t('whatHelps'),
        width: '8rem',
        cell: ({ id, displayName, fixes }) => <FixMenu fixes={fixes} user={{ id, displayName }} hereId={groupId} />,
      },
      {
        id: 'reason',
        header: t('why'),
        width: 'minmax(12rem, 4fr)',
        cell: ({ reasons, reason }) => <ReasonText reasons={reasons} sentence={reason} />,
      },
    ],
    [t, groupId],
  );
  return (
    <DataTable
      label={t('usersOfCause')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      height="20rem"
      empty={<NoRows isFiltered={false} title={t('noUsersLeft')} />}
    />
  );
}
