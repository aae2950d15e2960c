import { Caption1, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowCount } from '../../api/use-api.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalM} 0`,
  },
  filter: { width: '20rem', maxWidth: '100%' },
  count: { marginLeft: 'auto' },
});

/** So long after the last key the filter is asked for. */
const typingMs = 200;

/** What stands above a table: its filter, what can be done with it, and how many rows there are. */
export function TableTools({
  filter,
  onFilter,
  filterHint,
  count,
  children,
}: {
  readonly filter?: string | undefined;
  readonly onFilter?: (filter: string) => void;
  readonly filterHint?: string;
  readonly count?: RowCount | undefined;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const { number } = useFormat();
  const [typed, setTyped] = useState(filter ?? '');
  // What was asked for here comes back as the filter when the next letters are typed already: only another one is taken over.
  const asked = useRef(filter ?? '');
  /** Once for what is typed: asked again while the page of a row is on its way, it would call back whoever clicked on the row. */
  const ask = (): void => {
    if (typed === asked.current) return;
    asked.current = typed;
    onFilter?.(typed);
  };
  const askLater = useEffectEvent(ask);
  useEffect(() => {
    if (asked.current === (filter ?? '')) return;
    asked.current = filter ?? '';
    setTyped(filter ?? '');
  }, [filter]);
  useEffect(() => {
    if (typed === asked.current) return undefined;
    const timer = setTimeout(() => askLater(), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className={styles.tools}>
      {onFilter && (
        <SearchBox
          className={styles.filter}
          aria-label={t('filter')}
          placeholder={filterHint ?? t('filter')}
          dismiss={{ 'aria-label': t('clearText') }}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
          // Before whoever typed goes on to something else.
          onBlur={ask}
        />
      )}
      {children}
      {count !== undefined && (
        <Caption1 className={styles.count} role="status">
          {count.isMore
            ? t('rowsMore', { formatted: number(count.rows) })
            : t('rows', { count: count.rows, formatted: number(count.rows) })}
        </Caption1>
      )}
    </div>
  );
}
