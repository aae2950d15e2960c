import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
} from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rows } from './DataTable.tsx';

const useStyles = makeStyles({
  // There at all times, so that rows stay where they are when it begins to move.
  progress: { height: '2px' },
});

/** The next page is asked for when so few rows are left to scroll. */
const aheadRows = 50;
/** So few rows below the last that is drawn are as good as none: whoever is there waits for the next page. */
const endRows = 5;

/**
 * What happens to the rows below: more or others are being read, or they have changed since. Asks for more as one scrolls, and nothing but
 * this is drawn again for it, so that the rows that are scrolled to are painted first.
 */
export function ListState({
  rows,
  last,
  left,
  toTop,
}: {
  readonly rows: Rows<object>;
  /** Which row is the last that is drawn, from 0, and how many that are there follow it. */
  readonly last: number;
  readonly left: number;
  readonly toTop: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const { hasNextPage, fetchNextPage } = rows;
  const [isReading, setReading] = useState(false);
  const failedAt = useRef<number>(undefined);
  const isNear = hasNextPage && rows.isPlaceholderData !== true && left <= aheadRows;
  useEffect(() => {
    // A page that could not be read is asked for again when somebody scrolls on.
    if (!isNear || isReading || failedAt.current === last) return;
    setReading(true);
    void fetchNextPage().then(({ error }) => {
      failedAt.current = error === null ? undefined : last;
      setReading(false);
    });
  }, [isNear, isReading, last, fetchNextPage]);
  const isWaitedFor = rows.isPlaceholderData === true || (isReading && left <= endRows);
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
