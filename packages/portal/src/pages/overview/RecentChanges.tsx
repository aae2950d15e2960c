import type { Collection } from '@allot/contract';
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useFormat } from '../../text/use-format.ts';

interface Audit {
  readonly id: string;
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
  readonly initiatedBy: {
    readonly app?: { readonly displayName: string } | null;
    readonly user?: { readonly displayName: string | null; readonly userPrincipalName: string | null } | null;
  };
  readonly targetResources: readonly { readonly displayName: string | null }[];
}

/** Enough to see what happened today; the audit log has the rest. */
const shownMax = 8;

export function RecentChanges() {
  const { t } = useTranslation('overview');
  const { dateTime } = useFormat();
  const { data, error, refetch } = useRead<Collection<Audit>>(`/v1.0/auditLogs/directoryAudits?$top=${shownMax}`);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.value.length === 0) return <Text>{t('noRecent')}</Text>;
  return (
    <>
      <Table aria-label={t('recent')} size="small">
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('when')}</TableHeaderCell>
            <TableHeaderCell>{t('what')}</TableHeaderCell>
            <TableHeaderCell>{t('who')}</TableHeaderCell>
            <TableHeaderCell>{t('target')}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {data.value.map(({ id, activityDisplayName, activityDateTime, initiatedBy, targetResources }) => (
            <TableRow key={id}>
              <TableCell>{dateTime(activityDateTime)}</TableCell>
              <TableCell>{activityDisplayName}</TableCell>
              <TableCell>{nameOf(initiatedBy)}</TableCell>
              <TableCell>{targetResources.map(({ displayName }) => displayName ?? '').join(', ')}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <LinkButton to="/audit">{t('seeAudit')}</LinkButton>
    </>
  );
}

const nameOf = ({ app, user }: Audit['initiatedBy']): string =>
  app?.displayName ?? user?.displayName ?? user?.userPrincipalName ?? '';
