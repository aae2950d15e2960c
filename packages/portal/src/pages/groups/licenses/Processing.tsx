import type { GroupLicensing } from '@allot/contract';
import {
  Caption1,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../text/use-format.ts';

const useStyles = makeStyles({
  processing: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, maxWidth: '40rem' },
  done: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  good: { color: tokens.colorStatusSuccessForeground1 },
});

/** How far a group is with giving its members their licenses. */
export function Processing({ licensing }: { readonly licensing: GroupLicensing }) {
  const { t } = useTranslation('group');
  const styles = useStyles();
  const { number } = useFormat();
  const { state, done, total, etaSeconds, deletionRequestedDateTime } = licensing;
  const words = useRemaining()(etaSeconds);
  const isQueued = state === 'QueuedForProcessing';
  return (
    <div className={styles.processing} role="status">
      {deletionRequestedDateTime !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('beingDeleted')}</MessageBarBody>
        </MessageBar>
      )}
      {state === 'ProcessingComplete' ? (
        <Caption1 className={styles.done}>
          <CheckmarkCircle16Filled className={styles.good} />
          {t('complete')}
        </Caption1>
      ) : (
        <>
          <Text weight="semibold">{isQueued ? t('queued') : t('inProgress')}</Text>
          <ProgressBar
            {...(isQueued || total === 0 ? {} : { value: done / total })}
            aria-label={t('processing')}
            thickness="large"
          />
          <Caption1>
            {[t('membersDone', { done: number(done), total: number(total) }), words].filter(Boolean).join(' · ')}
          </Caption1>
        </>
      )}
    </div>
  );
}

const minuteSeconds = 60;

/** The time that is left, in words; undefined where nobody can tell. */
function useRemaining(): (seconds: number | null) => string | undefined {
  const { t } = useTranslation('group');
  return (seconds) => {
    if (seconds === null) return undefined;
    if (seconds < minuteSeconds) return t('secondsLeft', { count: Math.max(1, seconds) });
    return t('minutesLeft', { count: Math.ceil(seconds / minuteSeconds) });
  };
}
