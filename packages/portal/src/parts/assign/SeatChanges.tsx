import type { SeatChange } from '@allot/contract';
import {
  makeStyles,
  Subtitle2,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  number: { textAlign: 'right', width: '5.5rem', '@media (max-width: 40rem)': { width: '4rem' } },
  heading: { justifyContent: 'flex-end' },
  short: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** Seats in use of each product, now and after a change. */
export function SeatChanges({ seats }: { readonly seats: readonly SeatChange[] }) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { productName } = useProducts();
  if (seats.length === 0) return null;
  const headings = [t('seatsNow'), t('seatsThen'), t('seatsFreeThen')];
  return (
    <section>
      <Subtitle2 as="h3" block>
        {t('seats')}
      </Subtitle2>
      <Table size="small" aria-label={t('seats')}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('product')}</TableHeaderCell>
            {headings.map((heading) => (
              <TableHeaderCell key={heading} className={styles.number} button={{ className: styles.heading }}>
                {heading}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {seats.map(({ skuId, skuPartNumber, usable, consumedBefore, consumedAfter }) => (
            <TableRow key={skuId}>
              <TableCell title={skuPartNumber}>{productName(skuId)}</TableCell>
              <TableCell className={styles.number}>{number(consumedBefore)}</TableCell>
              <TableCell className={styles.number}>{number(consumedAfter)}</TableCell>
              <TableCell className={styles.number}>
                <span className={usable - consumedAfter <= 0 ? styles.short : undefined}>
                  {number(usable - consumedAfter)}
                </span>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
