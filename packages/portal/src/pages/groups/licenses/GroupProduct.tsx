import { Button, Caption1, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  Checkmark16Filled,
  ChevronDown20Regular,
  ChevronRight20Regular,
  Delete20Regular,
  Dismiss16Regular,
  Options20Regular,
} from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { useFormat } from '../../../text/use-format.ts';

const useStyles = makeStyles({
  product: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  // Beside the actions where there is room, above them where there is not; never wider than the page.
  name: { flex: '1 1 16rem', minWidth: 0, overflowWrap: 'anywhere', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  plans: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalS}`,
    padding: `0 0 0 ${tokens.spacingHorizontalXXL}`,
    columns: '18rem',
  },
  plan: { display: 'flex', gap: tokens.spacingHorizontalS, padding: '2px 0', breakInside: 'avoid' },
  actions: { display: 'flex', flexWrap: 'wrap', marginLeft: 'auto' },
  services: { minWidth: '13rem', justifyContent: 'flex-start' },
  on: { color: tokens.colorStatusSuccessForeground1 },
  off: { color: tokens.colorNeutralForeground3 },
  icon: { flexShrink: 0, marginTop: '2px' },
});

/** A product of a group with how many of its services are on; unfolded, which. */
export function GroupProduct({
  skuId,
  disabledPlans,
  onChange,
  onRemove,
}: {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
  readonly onChange: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}) {
  const styles = useStyles();
  const { t } = useTranslation('group');
  const { number } = useFormat();
  const { productById, productName } = useProducts();
  const [isOpen, setOpen] = useState(false);
  const plansId = useId();
  const off = new Set(disabledPlans);
  const plans = (productById.get(skuId)?.servicePlans ?? [])
    .filter(({ appliesTo }) => appliesTo === 'User')
    .map((plan) => ({ ...plan, isOn: !off.has(plan.servicePlanId) }))
    .toSorted((a, b) => Number(b.isOn) - Number(a.isOn) || a.displayName.localeCompare(b.displayName));
  const on = plans.filter(({ isOn }) => isOn).length;
  const name = productName(skuId);
  return (
    <li className={styles.product}>
      <div className={styles.head}>
        <div className={styles.name}>
          <PageLink to="/products/$skuId" params={{ skuId }} title={skuId}>
            {name}
          </PageLink>{' '}
          <Caption1 className={styles.quiet}>{productById.get(skuId)?.skuPartNumber}</Caption1>
        </div>
        <div className={styles.actions}>
          <Button
            appearance="transparent"
            size="small"
            className={styles.services}
            icon={isOpen ? <ChevronDown20Regular /> : <ChevronRight20Regular />}
            aria-expanded={isOpen}
            aria-controls={plansId}
            onClick={() => setOpen(!isOpen)}
          >
            {t('services', { on: number(on), all: number(plans.length) })}
          </Button>
          {onChange && (
            <Button
              appearance="subtle"
              size="small"
              icon={<Options20Regular />}
              aria-label={t('changeServicesOf', { product: name })}
              onClick={onChange}
            >
              {t('changeServices')}
            </Button>
          )}
          {onRemove && (
            <Button
              appearance="subtle"
              size="small"
              icon={<Delete20Regular />}
              aria-label={t('removeOf', { product: name })}
              onClick={onRemove}
            >
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      <ul className={styles.plans} id={plansId} hidden={!isOpen}>
        {plans.map(({ servicePlanId, servicePlanName, displayName, isOn }) => (
          <li key={servicePlanId} className={styles.plan} title={servicePlanName}>
            {isOn ? (
              <Checkmark16Filled className={mergeClasses(styles.icon, styles.on)} aria-label={t('isOn')} />
            ) : (
              <Dismiss16Regular className={mergeClasses(styles.icon, styles.off)} aria-label={t('isOff')} />
            )}
            <span className={isOn ? undefined : styles.off}>{displayName || servicePlanName}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}
