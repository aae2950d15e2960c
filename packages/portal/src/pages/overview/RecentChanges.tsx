import type { Collection } from '@allot/contract';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { LinkButton, PageLink } from '../../parts/LinkButton.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useActivity } from '../../text/use-activity.ts';
import { useFormat } from '../../text/use-format.ts';
import { useOverviewTable } from './overview-table.ts';

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

const useStyles = makeStyles({ more: { marginTop: tokens.spacingVerticalM } });

export function RecentChanges() {
  const styles = { ...useOverviewTable(), ...useStyles() };
  const { t } = useTranslation('overview');
  const { dateTime, list } = useFormat();
  const activityName = useActivity();
  const { data, error, refetch } = useRead<Collection<Audit>>(`/v1.0/auditLogs/directoryAudits?$top=${shownMax}`);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.value.length === 0) return <Text>{t('noRecent')}</Text>;
  return (
    <>
      <table className={styles.table} aria-label={t('recent')}>
        <thead>
          <tr>
            <th className={styles.head}>{t('when')}</th>
            <th className={styles.head}>{t('what')}</th>
            <th className={styles.head}>{t('target')}</th>
            <th className={styles.head}>{t('who')}</th>
          </tr>
        </thead>
        <tbody>
          {data.value.map(({ id, activityDisplayName, activityDateTime, initiatedBy, targetResources }) => (
            <tr key={id}>
              <td className={styles.cell}>{dateTime(activityDateTime)}</td>
              <td className={styles.cell}>
                <PageLink to="/audit" search={{ entry: id }}>
                  {activityName(activityDisplayName)}
                </PageLink>
              </td>
              <td className={styles.cell}>
                {list(targetResources.flatMap(({ displayName }) => displayName ?? [])) || '–'}
              </td>
              <td className={styles.cell}>{nameOf(initiatedBy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.more}>
        <LinkButton to="/audit">{t('seeAudit')}</LinkButton>
      </div>
    </>
  );
}

const nameOf = ({ app, user }: Audit['initiatedBy']): string =>
  user?.displayName ?? user?.userPrincipalName ?? app?.displayName ?? '';
