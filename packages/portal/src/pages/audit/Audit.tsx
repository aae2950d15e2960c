import { Text } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { type Column, DataTable } from '../../parts/table/DataTable.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../parts/table/ExportCsv.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { withoutEmpty } from '../../without-empty.ts';
import { useActivity } from '../../text/use-activity.ts';
import { useFormat } from '../../text/use-format.ts';
import { type AuditEntry, auditPath, initiatorOf } from './audit-entry.ts';
import { AuditFilters } from './AuditFilters.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { TargetLink } from './TargetLink.tsx';
import { useReason } from './use-reason.ts';

/** Who changed what, and what it set off. */
export function Audit() {
  const { t } = useTranslation('audit');
  const { dateTime } = useFormat();
  const activityName = useActivity();
  const reasonOf = useReason();
  const { entry, ...filters } = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const path = auditPath(filters);
  const rows = useList<AuditEntry>(path);
  const columns = useMemo(
    (): readonly Column<AuditEntry>[] => [
      {
        id: 'activityDateTime',
        header: t('when'),
        width: '12rem',
        cell: ({ activityDateTime }) => dateTime(activityDateTime),
      },
      {
        id: 'activityDisplayName',
        header: t('activity'),
        width: 'minmax(12rem, 3fr)',
        cell: ({ id, activityDisplayName }) => (
          <PageLink to="/audit" search={(now) => ({ ...now, entry: id })} title={activityName(activityDisplayName)}>
            {activityName(activityDisplayName)}
          </PageLink>
        ),
      },
      {
        id: 'target',
        header: t('target'),
        width: 'minmax(8rem, 2fr)',
        cell: ({ targetResources }) =>
          targetResources.map((target, index) => (
            <span key={target.id}>
              {index > 0 && ', '}
              <TargetLink target={target} />
            </span>
          )),
      },
      {
        id: 'initiatedBy',
        header: t('who'),
        width: 'minmax(8rem, 2fr)',
        cell: ({ initiatedBy }) => initiatorOf(initiatedBy),
      },
      {
        id: 'result',
        header: t('result'),
        width: '6.5rem',
        cell: ({ result }) => (result === 'success' ? t('success') : t('failure')),
      },
    ],
    [t, dateTime, activityName],
  );
  const isFiltered = Object.values(filters).some((one) => one !== undefined);
  return (
    <>
      <PageTitle title={t('title')} />
      <Text>{t('lead')}</Text>
      <AuditFilters
        filters={filters}
        change={(next) => void navigate({ search: (now) => withoutEmpty({ ...now, ...next }) })}
        clear={() => void navigate({ search: {} })}
      />
      <TableTools
        filter={filters.target}
        filterHint={t('targetHint')}
        onFilter={(text) =>
          void navigate({ search: (now) => withoutEmpty({ ...now, target: text || undefined }), replace: true })
        }
      >
        <ExportCsv<AuditEntry>
          path={path}
          name={t('title')}
          columns={[
            [t('when'), ({ activityDateTime }) => activityDateTime],
            [t('activity'), ({ activityDisplayName }) => activityName(activityDisplayName)],
            [t('who'), ({ initiatedBy }) => initiatorOf(initiatedBy)],
            [t('target'), ({ targetResources }) => targetResources.map((one) => one.displayName ?? one.id).join('; ')],
            [t('result'), ({ result }) => (result === 'success' ? t('success') : t('failure'))],
            [t('reason'), (one) => reasonOf(one)?.text ?? ''],
            [t('changes'), ({ targetResources }) => changesOf(targetResources)],
            [t('correlation'), ({ correlationId }) => correlationId],
            ['id', ({ id }) => id],
          ]}
        />
      </TableTools>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        height="calc(100vh - 22rem)"
        empty={<NoRows isFiltered={isFiltered} title={t('empty')} hint={t('emptyHint')} />}
      />
      {entry !== undefined && (
        <EntryPanel
          id={entry}
          close={() => void navigate({ search: (now) => withoutEmpty({ ...now, entry: undefined }) })}
        />
      )}
    </>
  );
}

const changesOf = (targets: AuditEntry['targetResources']): string =>
  targets
    .flatMap(({ modifiedProperties }) => modifiedProperties)
    .map(({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue ?? ''} → ${newValue ?? ''}`)
    .join('; ');
