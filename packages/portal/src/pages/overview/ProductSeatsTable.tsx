import type { Collection, ProductSeats, SeatSeries } from '@allot/contract';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { SeatBar } from '../../parts/SeatBar.tsx';
import { useOverviewTable } from './overview-table.ts';
import { SeatTrend } from './SeatTrend.tsx';

/** One instant a day, and now. */
const trendPath = '/allot/v1/seats/series?points=31';

const useStyles = makeStyles({
  product: { width: '35%', fontWeight: tokens.fontWeightRegular },
  trend: { width: '14rem', '@media (max-width: 52rem)': { display: 'none' } },
});

/** Products that there are seats of: who fell short first, how full each is, and how that went. */
export function ProductSeatsTable({ products }: { readonly products: readonly ProductSeats[] }) {
  const styles = { ...useOverviewTable(), ...useStyles() };
  const { t } = useTranslation('overview');
  const { data } = useRead<Collection<SeatSeries>>(trendPath);
  const seriesOf = new Map(data?.value.map((series) => [series.skuId, series]));
  if (products.length === 0) {
    return (
      <Notice title={t('noProducts')} text={t('noProductsHint')}>
        <PageLink to="/catalogue">{t('toCatalogue')}</PageLink>
      </Notice>
    );
  }
  const sorted = products.toSorted((one, other) => other.waiting - one.waiting || one.free - other.free);
  return (
    <table className={styles.table} aria-label={t('products')}>
      <thead>
        <tr>
          <th className={styles.head}>{t('product')}</th>
          <th className={styles.head}>{t('seats')}</th>
          <th className={`${styles.head} ${styles.trend}`}>{t('trend')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ skuId, displayName, skuPartNumber, consumed, usable, waiting }) => (
          <tr key={skuId}>
            <th scope="row" className={`${styles.cell} ${styles.product}`}>
              <PageLink to="/products/$skuId" params={{ skuId }} title={skuPartNumber}>
                {displayName || skuPartNumber}
              </PageLink>
            </th>
            <td className={styles.cell}>
              <SeatBar used={consumed} usable={usable} waiting={waiting} />
            </td>
            <td className={`${styles.cell} ${styles.trend}`}>
              <SeatTrend name={displayName || skuPartNumber} series={seriesOf.get(skuId)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
