import { Button, Caption1, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';
import { useRequirements } from './use-requirements.ts';

const useStyles = makeStyles({
  plans: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  tools: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, alignItems: 'center' },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(17rem, 100%), 1fr))',
    columnGap: tokens.spacingHorizontalM,
  },
  needs: { display: 'block', color: tokens.colorNeutralForeground3, paddingLeft: '3.5rem', marginTop: '-6px' },
  lacks: { display: 'block', color: tokens.colorPaletteRedForeground1, paddingLeft: '3.5rem', marginTop: '-6px' },
});

const nothing: ReadonlySet<string> = new Set();

/**
 * The services of a product, each with a switch and with what it needs.
 * @param props.disabledPlans ids of the service plans that are off
 * @param props.others ids of service plans that are on from elsewhere, such as another product chosen with this one
 */
export function PlanSwitches({
  skuId,
  disabledPlans,
  onChange,
  isReadOnly = false,
  others = nothing,
}: {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
  readonly onChange?: (disabledPlans: readonly string[]) => void;
  readonly isReadOnly?: boolean;
  readonly others?: ReadonlySet<string>;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { productById, productName } = useProducts();
  const plans = (productById.get(skuId)?.servicePlans ?? []).filter(({ appliesTo }) => appliesTo === 'User');
  const off = new Set(disabledPlans);
  const on = plans.filter(({ servicePlanId }) => !off.has(servicePlanId));
  const isOn = (planId: string) => others.has(planId) || on.some(({ servicePlanId }) => servicePlanId === planId);
  const change = (next: ReadonlySet<string>) => onChange?.([...next]);
  const toggle = (planId: string, wanted: boolean) => {
    const next = new Set(off);
    if (wanted) next.delete(planId);
    else next.add(planId);
    change(next);
  };
  return (
    <fieldset className={styles.plans}>
      <legend className={styles.legend}>{t('servicesOf', { product: productName(skuId) })}</legend>
      <div className={styles.tools}>
        <Caption1>{t('servicesOn', { on: number(on.length), all: number(plans.length) })}</Caption1>
        {!isReadOnly && (
          <>
            <Button size="small" appearance="subtle" onClick={() => change(new Set())} disabled={off.size === 0}>
              {t('allOn')}
            </Button>
            <Button
              size="small"
              appearance="subtle"
              onClick={() => change(new Set(plans.map(({ servicePlanId }) => servicePlanId)))}
              disabled={on.length === 0}
            >
              {t('allOff')}
            </Button>
          </>
        )}
      </div>
      <div className={styles.list}>
        {plans.map(({ servicePlanId, servicePlanName, displayName }) => (
          <div key={servicePlanId} title={servicePlanName}>
            <Switch
              label={displayName}
              checked={!off.has(servicePlanId)}
              disabled={isReadOnly}
              onChange={(_, { checked }) => toggle(servicePlanId, checked)}
            />
            <Needs planId={servicePlanId} isWanted={!off.has(servicePlanId)} isOn={isOn} />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** What a service needs to work; in red while it is on and what it needs is not on here. */
function Needs({
  planId,
  isWanted,
  isOn,
}: {
  readonly planId: string;
  readonly isWanted: boolean;
  readonly isOn: (planId: string) => boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { oneOf } = useFormat();
  const { planName } = useProducts();
  return useRequirements(planId).map((anyOf) => {
    const isMet = !isWanted || anyOf.some(isOn);
    // A plan may be in the catalogue under several ids with one name.
    const names = oneOf([...new Set(anyOf.map(planName))]);
    return (
      <Caption1 key={anyOf.join()} className={isMet ? styles.needs : styles.lacks}>
        {isMet ? t('needs', { plans: names }) : t('lacks', { plans: names })}
      </Caption1>
    );
  });
}
