import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useSeats } from '../../../api/use-seats.ts';
import { useFormat } from '../../../text/use-format.ts';
import { outlook } from './subscription.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

const none = { usable: 0, consumed: 0, waiting: 0 };

/** What so many more, or fewer, usable seats mean for those who have one and for those who wait. */
export function SeatConsequences({ skuId, more }: { readonly skuId: string; readonly more: number }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number } = useFormat();
  const { seats } = useSeats();
  const now = seats.find((one) => one.skuId === skuId) ?? none;
  const { usable, free, served, stillWaiting } = outlook(now, more);
  const over = -free;
  return (
    <div className={styles.box} role="status">
      <Text>{t('thenUsable', { before: number(now.usable), after: number(usable), used: number(now.consumed) })}</Text>
      {served > 0 && <Text>{t('thenServed', { count: served, formatted: number(served) })}</Text>}
      {stillWaiting > 0 && <Text>{t('thenWaiting', { count: stillWaiting, formatted: number(stillWaiting) })}</Text>}
      {over > 0 ? (
        <Text weight="semibold">{t('thenOver', { count: over, formatted: number(over) })}</Text>
      ) : (
        <Text>{t('thenFree', { count: free, formatted: number(free) })}</Text>
      )}
    </div>
  );
}
