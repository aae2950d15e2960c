import {
  Caption1,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useFormat } from '../../text/use-format.ts';
import { PageLink } from '../LinkButton.tsx';
import { Problem } from '../Problem.tsx';
import { ProblemText } from '../ProblemText.tsx';
import type { LicenseTarget } from './license-target.ts';
import type { Assignment } from './use-assignment.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  refused: { borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}`, paddingLeft: tokens.spacingHorizontalM },
});

/** Refusals that are listed; who needs all has the page of the users. */
const listedMax = 100;

/** How far an assignment is, and what became of each user. */
export function AssignmentProgress({
  assignment,
  target,
}: {
  readonly assignment: Exclude<Assignment, { readonly state: 'open' }>;
  readonly target: LicenseTarget;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  if (assignment.state === 'failed') return <Problem error={assignment.error} />;
  const { state, results, total } = assignment;
  if (target.kind === 'group') {
    return state === 'running' ? (
      <ProgressBar aria-label={t('working')} />
    ) : (
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>{t('groupAccepted')}</MessageBarBody>
      </MessageBar>
    );
  }
  const refused = results.filter(({ problem }) => problem !== undefined);
  const done = results.length - refused.length;
  return (
    <div className={styles.content}>
      <ProgressBar aria-label={t('working')} value={results.length} max={total} />
      <Text role="status">{t('progress', { done: number(results.length), all: number(total) })}</Text>
      {state === 'done' && (
        <MessageBar intent={refused.length > 0 ? 'warning' : 'success'} layout="multiline">
          <MessageBarBody>
            {t('result', { done: number(done), refused: number(refused.length) })}
            {results.length < total && ` ${t('stopped', { formatted: number(total - results.length) })}`}
          </MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.list}>
        {refused.slice(0, listedMax).map(({ id, problem }) => (
          <li key={id} className={styles.refused}>
            <UserLink userId={id} />
            {problem && (
              <Text block>
                <ProblemText error={problem} />
              </Text>
            )}
          </li>
        ))}
      </ul>
      {refused.length > listedMax && (
        <Caption1>{t('andMore', { formatted: number(refused.length - listedMax) })}</Caption1>
      )}
    </div>
  );
}

function UserLink({ userId }: { readonly userId: string }) {
  const { data } = useRead<{ readonly displayName: string }>(`/v1.0/users/${userId}?$select=id,displayName`);
  return (
    <PageLink to="/users/$userId" params={{ userId }}>
      {data?.displayName ?? userId}
    </PageLink>
  );
}
