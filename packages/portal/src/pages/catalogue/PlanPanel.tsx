import { Button, Caption1, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Delete20Regular, Edit20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import { useFormat } from '../../text/use-format.ts';
import { type CataloguePlan, useCatalogueProducts, useCatalogueRules } from './catalogue-data.ts';
import { useLocationWords } from './use-location-words.ts';

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { margin: 0 },
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingInlineStart: tokens.spacingHorizontalXL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** A service plan in words: where it may be used, what excludes it, what it needs, and which products have it. */
export function PlanPanel({
  plan,
  edit,
  remove,
  close,
}: {
  readonly plan: CataloguePlan;
  /** Undefined for whoever may only read. */
  readonly edit: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
  readonly close: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['catalogue-editing', 'parts']);
  const { list, oneOf } = useFormat();
  const { planName } = useProducts();
  const locationWords = useLocationWords();
  const products = useCatalogueProducts().data?.value ?? [];
  const rules = useCatalogueRules().data;
  const { servicePlanId: id, servicePlanName, displayName, service, appliesTo, mailbox, locations } = plan;
  const having = products.filter(({ servicePlans }) => servicePlans.some((one) => one.servicePlanId === id));
  const conflicts = (rules?.exclusions ?? []).filter(({ plans }) => plans.includes(id));
  const needs = (rules?.requirements ?? []).filter((one) => one.plan === id);
  const needed = (rules?.requirements ?? []).filter(({ anyOf }) => anyOf.includes(id));
  return (
    <SidePanel title={displayName || servicePlanName} close={close} className={styles.body}>
      <Caption1 block className={styles.quiet}>
        {[servicePlanName, service, id].filter(Boolean).join(' · ')}
      </Caption1>
      {edit && remove && (
        <div className={styles.actions}>
          <Button icon={<Edit20Regular />} onClick={edit}>
            {t('editPlan')}
          </Button>
          <Button icon={<Delete20Regular />} onClick={remove}>
            {t('deletePlan')}
          </Button>
        </div>
      )}
      <Part title={t('where')}>
        <Text>{locationWords(locations)}</Text>
      </Part>
      {appliesTo === 'Company' && <Text>{t('toCompany')}</Text>}
      {mailbox && <Text>{t('mailboxYes')}</Text>}
      <Part title={t('conflicts')}>
        {conflicts.length === 0 && <Text>{t('noConflicts')}</Text>}
        <ul className={styles.list}>
          {conflicts.map(({ name, plans }) => (
            <li key={name}>{t('oneOf', { name, plans: list(plans.map(planName)) })}</li>
          ))}
        </ul>
      </Part>
      <Part title={t('prerequisites')}>
        {needs.length + needed.length === 0 && <Text>{t('noPrerequisites')}</Text>}
        <ul className={styles.list}>
          {[...needs, ...needed].map((one) => (
            <li key={JSON.stringify(one)}>
              {t('needs', { plan: planName(one.plan), anyOf: oneOf(one.anyOf.map(planName)) })}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('products')}>
        {having.length === 0 && <Text>{t('noProducts')}</Text>}
        <ul className={styles.list}>
          {having.map((product) => (
            <li key={product.skuId}>
              <PageLink to="/catalogue" search={{ product: product.skuId }}>
                {product.displayName || product.skuPartNumber}
              </PageLink>
            </li>
          ))}
        </ul>
      </Part>
    </SidePanel>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section>
      <Subtitle2 as="h3" block className={styles.title}>
        {title}
      </Subtitle2>
      {children}
    </section>
  );
}
