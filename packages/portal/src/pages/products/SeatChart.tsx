import type { SeatSeries } from '@allot/contract';
import { Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';
import { chart, seatLines } from './seat-lines.ts';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
  },
  numbers: { display: 'flex', flexDirection: 'column', justifyContent: 'space-between', textAlign: 'right' },
  chart: { width: '100%', height: '7.5rem', display: 'block', overflow: 'visible' },
  frame: { stroke: tokens.colorNeutralStroke2, strokeWidth: '1px' },
  area: { fill: tokens.colorBrandBackground2 },
  used: { stroke: tokens.colorBrandStroke1, strokeWidth: '2px', fill: 'none' },
  usable: { stroke: tokens.colorNeutralForeground3, strokeWidth: '2px', strokeDasharray: '6 4', fill: 'none' },
  days: { gridColumn: '2', display: 'flex', justifyContent: 'space-between' },
  legend: { gridColumn: '2', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  mark: { width: '1.5rem', height: '4px', display: 'block' },
});

/** In a shorter time the hours matter. */
const twoDaysMs = 172_800_000;

/** Seats in use under the line of those that there are. */
export function SeatChart({ points }: Pick<SeatSeries, 'points'>) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number, date, dateTime } = useFormat();
  const { used, usedArea, usable, top } = seatLines(points);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isShort = Date.parse(last.at) - Date.parse(first.at) < twoDaysMs;
  const [from, to] = [first.at, last.at].map(isShort ? dateTime : date);
  const summary = t('chartSummary', {
    from,
    to,
    usedFirst: number(first.consumedUnits),
    usedLast: number(last.consumedUnits),
    usableFirst: number(first.usableUnits),
    usableLast: number(last.usableUnits),
  });
  const { width, height } = chart;
  return (
    <div className={styles.grid}>
      <div className={styles.numbers} aria-hidden>
        <Caption1>{number(top)}</Caption1>
        <Caption1>{number(0)}</Caption1>
      </div>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary}
      >
        {[0, height / 2, height].map((y) => (
          <line key={y} className={styles.frame} x1={0} x2={width} y1={y} y2={y} vectorEffect="non-scaling-stroke" />
        ))}
        <path className={styles.area} d={usedArea} />
        <path className={styles.used} d={used} vectorEffect="non-scaling-stroke" />
        <path className={styles.usable} d={usable} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className={styles.days} aria-hidden>
        <Caption1>{from}</Caption1>
        <Caption1>{to}</Caption1>
      </div>
      <div className={styles.legend} aria-hidden>
        <Mark line={styles.used}>{t('used')}</Mark>
        <Mark line={styles.usable}>{t('usable')}</Mark>
      </div>
    </div>
  );
}

function Mark({ line, children }: { readonly line: string; readonly children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.item}>
      <svg className={styles.mark} viewBox="0 0 24 4">
        <path className={line} d="M0 2H24" />
      </svg>
      <Caption1>{children}</Caption1>
    </span>
  );
}
