import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { Delete20Regular, Edit20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../parts/LinkButton.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import type { CatalogueProduct } from './catalogue-data.ts';
import { useLocationWords } from './use-location-words.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', padding: 0, margin: `${tokens.spacingVerticalM} 0` },
  item: { padding: `${tokens.spacingVerticalS} 0`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalS,
  },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** A product with the service plans that it has, and where each may be used. */
export function ProductPanel({
  product,
  edit,
  remove,
  close,
}: {
  readonly product: CatalogueProduct;
  /** Undefined for whoever may only read. */
  readonly edit: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
  readonly close: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['catalogue', 'catalogue-editing']);
  const locationWords = useLocationWords();
  const { skuId, skuPartNumber, displayName, servicePlans } = product;
  return (
    <SidePanel title={displayName || skuPartNumber} close={close}>
      <Caption1 block className={styles.quiet}>
        {skuPartNumber} · {skuId}
      </Caption1>
      <div className={styles.actions}>
        <PageLink to="/products/$skuId" params={{ skuId }}>
          {t('seeProduct')}
        </PageLink>
        {edit && (
          <PageLink to="/products/$skuId" params={{ skuId }} search={{ tab: 'subscriptions' }}>
            {t('catalogue-editing:addSeats')}
          </PageLink>
        )}
      </div>
      <div className={styles.actions}>
        {edit && (
          <Button icon={<Edit20Regular />} onClick={edit}>
            {t('catalogue-editing:editProduct')}
          </Button>
        )}
        {remove && (
          <Button icon={<Delete20Regular />} onClick={remove}>
            {t('catalogue-editing:deleteProduct')}
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {servicePlans.map((plan) => (
          <li key={plan.servicePlanId} className={styles.item}>
            <PageLink to="/catalogue" search={{ tab: 'plans', plan: plan.servicePlanId }}>
              {plan.displayName || plan.servicePlanName}
            </PageLink>
            <Caption1 block className={styles.quiet}>
              {plan.servicePlanName} · {plan.servicePlanId}
            </Caption1>
            {plan.appliesTo === 'Company' && <Caption1 block>{t('companyPlan')}</Caption1>}
            {plan.locations && <Caption1 block>{locationWords(plan.locations)}</Caption1>}
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
