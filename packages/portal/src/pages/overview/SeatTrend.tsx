import type { SeatSeries } from '@allot/contract';
import { useTranslation } from 'react-i18next';
import { Sparkline } from '../../parts/Sparkline.tsx';
import { useFormat } from '../../text/use-format.ts';

/** How many seats of a product were used in the last days, of how many that there were. */
export function SeatTrend({ name, series }: { readonly name: string; readonly series: SeatSeries | undefined }) {
  const { t } = useTranslation('overview');
  const { number, date } = useFormat();
  const [first, last] = [series?.points[0], series?.points.at(-1)];
  if (series === undefined || first === undefined || last === undefined) return null;
  return (
    <Sparkline
      label={t('trendLabel', {
        product: name,
        from: date(first.at),
        before: number(first.consumedUnits),
        now: number(last.consumedUnits),
        usable: number(last.usableUnits),
      })}
      points={series.points.map(({ consumedUnits, usableUnits }) => ({ value: consumedUnits, bound: usableUnits }))}
    />
  );
}
