import { Caption1, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../text/use-format.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, minWidth: '10rem' },
  track: {
    height: '8px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground5,
    overflow: 'hidden',
    // With colors of the system there are no backgrounds: the bar is what is drawn around it.
    '@media (forced-colors: active)': { outline: '1px solid CanvasText' },
  },
  used: {
    height: '100%',
    backgroundColor: tokens.colorBrandBackground,
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'CanvasText' },
  },
  full: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    '@media (forced-colors: active)': { backgroundColor: 'Mark' },
  },
});

/** Seats of a product as a bar, with the numbers in words. */
export function SeatBar({
  used,
  usable,
  waiting = 0,
  isShort = false,
}: {
  readonly used: number;
  readonly usable: number;
  readonly waiting?: number;
  /** How many are free and waited for stands beside it. */
  readonly isShort?: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const { number } = useFormat();
  const share = usable === 0 ? (used > 0 ? 1 : 0) : Math.min(1, used / usable);
  const free = usable - used;
  const words = [
    t('seatsUsed', { used: number(used), usable: number(usable) }),
    ...(isShort
      ? []
      : [free < 0 ? t('seatsOver', { formatted: number(-free) }) : t('seatsFree', { formatted: number(free) })]),
    ...(waiting > 0 && !isShort ? [t('seatsWaiting', { formatted: number(waiting) })] : []),
  ];
  return (
    <div className={styles.bar}>
      <div className={styles.track} aria-hidden>
        <div className={mergeClasses(styles.used, free <= 0 && styles.full)} style={{ width: `${share * 100}%` }} />
      </div>
      <Caption1>{words.join(' · ')}</Caption1>
    </div>
  );
}
