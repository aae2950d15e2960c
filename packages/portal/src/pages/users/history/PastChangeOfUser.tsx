import type { Cause, PastLicensing } from '@allot/contract';
import { Caption1, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { LicenseState } from '../../../parts/LicenseState.tsx';
import { useActivity } from '../../../text/use-activity.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { LicenseChanged } from './changes-of.ts';

const useStyles = makeStyles({
  change: {
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    padding: `0 0 ${tokens.spacingVerticalXL} ${tokens.spacingHorizontalL}`,
  },
  quiet: { color: tokens.colorNeutralForeground3, display: 'block' },
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalL },
  states: { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

/** One change of a user's licenses: when, why, and what became different by it. */
export function PastChangeOfUser({
  past,
  changes,
}: {
  readonly past: PastLicensing;
  readonly changes: readonly LicenseChanged[];
}) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { dateTime } = useFormat();
  const activityName = useActivity();
  const { since, change } = past;
  return (
    <li className={styles.change}>
      <Text weight="semibold" block>
        {since === null ? t('sinceEver') : dateTime(since)}
        {change && ` · ${activityName(change.activity)}`}
      </Text>
      {change?.causes?.map((cause) => (
        <CauseInWords key={`${cause.correlationId}|${cause.activity}`} cause={cause} />
      ))}
      {change?.causes === null && <Caption1 className={styles.quiet}>{t('causesHidden')}</Caption1>}
      {changes.length === 0 ? (
        <Caption1 className={styles.quiet}>{t('noDifference')}</Caption1>
      ) : (
        <ul className={styles.list}>
          {changes.map((one) => (
            <li key={`${one.skuId}|${one.source}`}>
              <Difference change={one} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function CauseInWords({ cause }: { readonly cause: Cause }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { list, dateTime } = useFormat();
  const activityName = useActivity();
  const { activity, activityDateTime, initiatedBy, targets } = cause;
  const words = {
    activity: activityName(activity),
    who: initiatedBy.displayName || initiatedBy.id,
    targets: list(targets.map(({ id, displayName }) => displayName ?? id)),
    at: dateTime(activityDateTime),
  };
  return <Caption1 className={styles.quiet}>{t('cause', words)}</Caption1>;
}

function Difference({ change }: { readonly change: LicenseChanged }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { number, list } = useFormat();
  const { productName, planName, plansOfUsers } = useProducts();
  const { skuId, source, sourceName, before, after } = change;
  const [gained, lost] = [plansOfUsers(change.gained), plansOfUsers(change.lost)];
  return (
    <>
      <span className={styles.states}>
        <Text>{productName(skuId)}</Text>
        <Caption1>{source === 'direct' ? t('direct') : t('inheritedFromNamed', { group: sourceName })}</Caption1>
        {before && <LicenseState states={[before.state]} />}
        {before && <span aria-hidden>→</span>}
        {after ? <LicenseState states={[after.state]} /> : <Text>{t('gone')}</Text>}
      </span>
      {gained.length > 0 && (
        <Caption1 className={styles.quiet} title={list(gained.map(planName))}>
          {t('gained', { count: gained.length, formatted: number(gained.length), plans: some(gained) })}
        </Caption1>
      )}
      {lost.length > 0 && (
        <Caption1 className={styles.quiet} title={list(lost.map(planName))}>
          {t('lost', { count: lost.length, formatted: number(lost.length), plans: some(lost) })}
        </Caption1>
      )}
    </>
  );

  function some(plans: readonly string[]): string {
    const named = plans.slice(0, namedMax).map(planName);
    return plans.length > namedMax ? `${named.join(', ')} …` : list(named);
  }
}

/** Service plans that a line names; the rest is counted. */
const namedMax = 4;
