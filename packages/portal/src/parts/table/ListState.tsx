import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Rows } from './DataTable.tsx';

const useStyles = makeStyles({
  // There at all times, so that rows stay where they are when it begins to move.
  progress: { height: '2px' },
});

/** What happens to the rows below: more or others are being read, or they have changed since. */
export function ListState({
  rows,
  isAtEnd,
  toTop,
}: {
  readonly rows: Rows<object>;
  readonly isAtEnd: boolean;
  readonly toTop: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const isWaitedFor = rows.isPlaceholderData === true || (rows.isFetchingNextPage && isAtEnd);
  return (
    <>
      {rows.isOutdated && rows.readAnew && (
        <MessageBar intent="info">
          <MessageBarBody>{t('outdated')}</MessageBarBody>
          <MessageBarActions>
            <Button
              size="small"
              onClick={() => {
                toTop();
                void rows.readAnew?.();
              }}
            >
              {t('readAnew')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <div className={styles.progress}>
        {isWaitedFor && <ProgressBar thickness="medium" aria-label={t('loading')} />}
      </div>
    </>
  );
}
