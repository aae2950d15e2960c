import type { SeatSeries } from '@allot/contract';
import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({ box: { maxHeight: '12rem', overflowY: 'auto' } });

/** What the chart shows, in numbers; an instant at which nothing had changed is left out. */
export function SeatTable({ points }: Pick<SeatSeries, 'points'>) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number, dateTime } = useFormat();
  const told = points.filter(
    ({ consumedUnits, usableUnits }, index) =>
      index === points.length - 1 ||
      consumedUnits !== points[index - 1]?.consumedUnits ||
      usableUnits !== points[index - 1]?.usableUnits,
  );
  return (
    <div className={styles.box} tabIndex={0} role="group" aria-label={t('seatsOverTime')}>
      <Table size="extra-small" aria-label={t('seatsOverTime')}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('at')}</TableHeaderCell>
            <TableHeaderCell>{t('used')}</TableHeaderCell>
            <TableHeaderCell>{t('usable')}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {told.toReversed().map(({ at, consumedUnits, usableUnits }) => (
            <TableRow key={at}>
              <TableCell>{dateTime(at)}</TableCell>
              <TableCell>{number(consumedUnits)}</TableCell>
              <TableCell>{number(usableUnits)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
