import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { useFormat } from '../../text/use-format.ts';
import { OverviewSection } from './OverviewSection.tsx';
import { useOverviewTable } from './overview-table.ts';

interface GroupProgress {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly etaSeconds: number | null;
}

const shownMax = 5;

/** Groups whose licenses are being given out now, and how far each is. Nothing while there is none. */
export function ProcessingGroups() {
  const styles = useOverviewTable();
  const { t } = useTranslation('overview');
  const { number } = useFormat();
  const { data } = useRead<{ readonly groups: readonly GroupProgress[] }>('/allot/v1/processing');
  const running = (data?.groups ?? []).filter(({ state }) => state !== 'ProcessingComplete');
  if (running.length === 0) return null;
  return (
    <OverviewSection title={t('processing')}>
      <table className={styles.table} aria-label={t('processing')}>
        <tbody>
          {running.slice(0, shownMax).map((group) => (
            <Running key={group.id} group={group} />
          ))}
        </tbody>
      </table>
      {running.length > shownMax &&
        t('moreProcessing', { count: running.length - shownMax, formatted: number(running.length - shownMax) })}
    </OverviewSection>
  );
}

function Running({ group: { id, state, done, total, etaSeconds } }: { readonly group: GroupProgress }) {
  const styles = useOverviewTable();
  const { t } = useTranslation('overview');
  const { number } = useFormat();
  const { data } = useRead<{ readonly displayName: string }>(`/v1.0/groups/${id}?$select=id,displayName`);
  const name = data?.displayName ?? id;
  return (
    <tr>
      <th scope="row" className={styles.cell}>
        <PageLink to="/groups/$groupId" params={{ groupId: id }}>
          {name}
        </PageLink>
      </th>
      <td className={styles.cell}>
        <progress aria-label={name} max={Math.max(1, total)} value={done} />
      </td>
      <td className={styles.cell}>
        {state === 'QueuedForProcessing' ? t('queued') : t('progress', { done: number(done), total: number(total) })}
        {etaSeconds !== null && ` · ${t('remaining', { count: etaSeconds, formatted: number(etaSeconds) })}`}
      </td>
    </tr>
  );
}
