import type { Collection, SeatSeries } from '@allot/contract';
import {
  Button,
  Caption1,
  Dropdown,
  makeStyles,
  Option,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { Problem } from '../../parts/Problem.tsx';
import { useFormat } from '../../text/use-format.ts';
import { SeatChart } from './SeatChart.tsx';
import { SeatTable } from './SeatTable.tsx';
import type { Subscription } from './subscriptions/subscription.ts';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalXS,
  },
  range: { minWidth: '8rem' },
});

const ranges = [30, 90, 365] as const;
/** One point for each two or three pixels would be more than anybody sees. */
const pointsShown = 61;
const dayMs = 86_400_000;
/** A chart of less is no chart. */
const shownMsMin = 300_000;

/** Seats of a product over time, as a chart or as a table. */
export function SeatHistory({ skuId }: { readonly skuId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number } = useFormat();
  const [days, setDays] = useState<number>(ranges[0]);
  const [isTable, setTable] = useState(false);
  // The same for as long as the page is shown, so that it is read once and again only after a change.
  const [begin, latest] = useMemo(() => [Date.now() - days * dayMs, Date.now() - shownMsMin], [days]);
  // Before the first subscription there was nothing, which no chart needs to show.
  const subscriptions = useRead<Collection<Subscription>>('/allot/v1/subscriptions');
  const starts = (subscriptions.data?.value ?? []).flatMap((one) =>
    one.skuId === skuId ? Date.parse(one.startDateTime) : [],
  );
  const from = new Date(Math.max(begin, Math.min(latest, ...starts))).toISOString();
  const path = `/allot/v1/seats/series?skuId=${skuId}&points=${pointsShown}&from=${from}`;
  const isAsked = subscriptions.data !== undefined;
  const { data, error, refetch } = useRead<Collection<SeatSeries>>(path, { enabled: isAsked });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const points = data?.value[0]?.points;
  const nameOf = (range: number) => t('lastDays', { count: range, formatted: number(range) });
  return (
    <section aria-label={t('seatsOverTime')}>
      <div className={styles.tools}>
        <Caption1>{t('seatsOverTime')}</Caption1>
        <Dropdown
          size="small"
          className={styles.range}
          aria-label={t('range')}
          value={nameOf(days)}
          selectedOptions={[String(days)]}
          onOptionSelect={(_, { optionValue }) => setDays(Number(optionValue))}
        >
          {ranges.map((range) => (
            <Option key={range} value={String(range)}>
              {nameOf(range)}
            </Option>
          ))}
        </Dropdown>
        <Button size="small" appearance="subtle" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? t('asChart') : t('asTable')}
        </Button>
      </div>
      {data === undefined ? (
        <Skeleton aria-label={t('seatsOverTime')}>
          <SkeletonItem size={128} />
        </Skeleton>
      ) : points === undefined ? (
        <Caption1>{t('noHistory')}</Caption1>
      ) : isTable ? (
        <SeatTable points={points} />
      ) : (
        <SeatChart points={points} />
      )}
    </section>
  );
}
