import { makeStyles, tokens } from '@fluentui/react-components';

/** A number at an instant; instants in order, the same time between. */
export interface SparklinePoint {
  readonly value: number;
  /** What bounds the value then, such as the seats that there are. */
  readonly bound: number;
}

const useStyles = makeStyles({
  chart: { display: 'block', width: '100%', maxWidth: '12rem', height: '36px', overflow: 'visible' },
  line: { fill: 'none', stroke: tokens.colorBrandStroke1, strokeWidth: '2px', strokeLinejoin: 'round' },
  area: { fill: tokens.colorBrandBackground2, stroke: 'none' },
  bound: { fill: 'none', stroke: tokens.colorNeutralForeground3, strokeWidth: '1px', strokeDasharray: '3 3' },
});

const [width, height] = [100, 30];

/** How a number went, below its bound, as a small chart. What it shows is said by `label`. */
export function Sparkline({ points, label }: { readonly points: readonly SparklinePoint[]; readonly label: string }) {
  const styles = useStyles();
  if (points.length < 2) return null;
  const top = Math.max(1, ...points.flatMap(({ value, bound }) => [value, bound]));
  const at = (value: number, index: number): string =>
    `${((index / (points.length - 1)) * width).toFixed(2)},${(height - (value / top) * height).toFixed(2)}`;
  const line = points.map(({ value }, index) => at(value, index)).join(' ');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={styles.chart}
    >
      <title>{label}</title>
      <polygon className={styles.area} points={`0,${height} ${line} ${width},${height}`} />
      <polyline
        className={styles.bound}
        points={points.map(({ bound }, index) => at(bound, index)).join(' ')}
        vectorEffect="non-scaling-stroke"
      />
      <polyline className={styles.line} points={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
