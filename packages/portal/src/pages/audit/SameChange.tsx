import type { Collection } from '@allot/contract';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useActivity } from '../../text/use-activity.ts';
import { useFormat } from '../../text/use-format.ts';
import { type AuditEntry, sameChangePath } from './audit-entry.ts';
import { useTargetName } from './use-target-name.ts';

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalS} 0`, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** The entries of one change, each a way to its details; the first is what set off the others. */
export function SameChange({ correlationId, of }: { readonly correlationId: string; readonly of: string }) {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const activityName = useActivity();
  const nameOf = useTargetName();
  const { list } = useFormat();
  const { data, error, refetch } = useRead<Collection<AuditEntry>>(sameChangePath(correlationId));
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  return (
    <ol className={styles.list}>
      {(data?.value ?? []).map((entry) => {
        const names = entry.targetResources.map(nameOf);
        const words = [activityName(entry.activityDisplayName), list(names)].filter(Boolean).join(' · ');
        return (
          <li key={entry.id}>
            {entry.id === of ? (
              <strong>
                {words} ({t('thisEntry')})
              </strong>
            ) : (
              <PageLink to="/audit" search={(now) => ({ ...now, entry: entry.id })}>
                {words}
              </PageLink>
            )}
          </li>
        );
      })}
    </ol>
  );
}
