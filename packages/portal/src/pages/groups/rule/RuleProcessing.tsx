import type { RuleStanding } from '@allot/contract';
import {
  Button,
  Caption1,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync20Regular, Pause20Regular, Play20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { Refusal } from '../../../parts/Refusal.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useRuleProblem } from './use-rule-problem.ts';

const useStyles = makeStyles({
  standing: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  times: { color: tokens.colorNeutralForeground2 },
});

const words = {
  'Not started': 'notStarted',
  Evaluating: 'evaluating',
  Processing: 'processing',
  'Update complete': 'updated',
  'Processing error': 'failed',
  'Update paused': 'paused',
} as const;

/** How far a group is with following its rule; it can be paused, and go on. */
export function RuleProcessing({
  groupId,
  standing,
  isReadOnly,
}: {
  readonly groupId: string;
  readonly standing: RuleStanding;
  readonly isReadOnly: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const { dateTime } = useFormat();
  const set = useChange((client, state: 'On' | 'Paused') =>
    client.send('PATCH', `/v1.0/groups/${groupId}`, { membershipRuleProcessingState: state }),
  );
  const again = useChange((client) => client.send('POST', `/allot/v1/groups/${groupId}/reprocess`));
  const say = useRuleProblem();
  const { status, errorMessage, error, lastMembershipUpdateDateTime, nextEvaluationDateTime } = standing;
  const isPaused = status === 'Update paused';
  const isWorking = status === 'Evaluating' || status === 'Processing' || status === 'Not started';
  const times = [
    lastMembershipUpdateDateTime && t('lastUpdate', { time: dateTime(lastMembershipUpdateDateTime) }),
    nextEvaluationDateTime && t('nextUpdate', { time: dateTime(nextEvaluationDateTime) }),
  ].filter(Boolean);
  return (
    <div className={styles.standing}>
      {status === 'Processing error' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{t('failedBecause', { reason: (error && say(error)) ?? errorMessage ?? '' })}</MessageBarBody>
        </MessageBar>
      )}
      {isPaused && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('pausedText')}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.row} role="status">
        {isWorking && <Spinner size="tiny" />}
        <Text weight="semibold">{t(words[status])}</Text>
        {!isReadOnly && (
          <>
            <Button
              size="small"
              icon={isPaused ? <Play20Regular /> : <Pause20Regular />}
              disabled={set.isPending}
              onClick={() => set.mutate(isPaused ? 'On' : 'Paused')}
            >
              {isPaused ? t('resume') : t('pause')}
            </Button>
            {!isPaused && (
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowSync20Regular />}
                disabled={again.isPending || isWorking}
                onClick={() => again.mutate()}
              >
                {t('again')}
              </Button>
            )}
          </>
        )}
      </div>
      {times.length > 0 && <Caption1 className={styles.times}>{times.join(' · ')}</Caption1>}
      <Refusal error={set.error ?? again.error} />
    </div>
  );
}
