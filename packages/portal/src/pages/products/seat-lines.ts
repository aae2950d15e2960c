import type { SeatSeries } from '@allot/contract';

/** The inner size of the chart, in its own units. */
export const chart = { width: 640, height: 120 } as const;

export interface SeatLines {
  /** Paths of SVG: seats stay what they were until the next point. */
  readonly used: string;
  readonly usedArea: string;
  readonly usable: string;
  /** The number at the top of the chart; the bottom is 0. */
  readonly top: number;
}

/** The lines of a chart of seats. A line needs two points. */
export function seatLines(points: SeatSeries['points']): SeatLines {
  const most = Math.max(1, ...points.flatMap(({ consumedUnits, usableUnits }) => [consumedUnits, usableUnits]));
  const top = roundedUp(most);
  const x = (index: number) => rounded((index / Math.max(1, points.length - 1)) * chart.width);
  const y = (value: number) => rounded(chart.height - (value / top) * chart.height);
  const stepped = (valueOf: (point: SeatSeries['points'][number]) => number): string =>
    points
      .map((point, index) => (index === 0 ? `M0 ${y(valueOf(point))}` : `H${x(index)}V${y(valueOf(point))}`))
      .join('');
  const used = stepped(({ consumedUnits }) => consumedUnits);
  const usedArea = `${used}V${chart.height}H0Z`;
  return { used, usedArea, usable: stepped(({ usableUnits }) => usableUnits), top };
}

/** To one, two, or five of the same power of ten, or the next: numbers that an axis can carry. */
function roundedUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.5, 2, 3, 5, 7.5, 10].find((one) => one * power >= most) ?? 10;
  return Math.ceil(step * power);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
