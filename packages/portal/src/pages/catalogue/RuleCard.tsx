import { Button, Caption1, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Delete20Regular, Edit20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import type { Exclusion, Requirement } from './catalogue-data.ts';

export const useRuleStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(20rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalM} 0 0`,
    padding: 0,
  },
  card: {
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', alignItems: 'start', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  actions: { display: 'flex', flexShrink: 0 },
  name: { margin: `${tokens.spacingVerticalXS} 0` },
  part: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

interface Actions {
  /** Undefined for whoever may only read. */
  readonly edit: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
}

/** Service plans of which a user can have one. */
export function ExclusionCard({ exclusion, ...actions }: Actions & { readonly exclusion: Exclusion }) {
  return (
    <RuleCard name={exclusion.name} title={exclusion.name} {...actions}>
      <PlanList plans={exclusion.plans} />
    </RuleCard>
  );
}

/** A service plan that needs another. */
export function RequirementCard({ requirement, ...actions }: Actions & { readonly requirement: Requirement }) {
  const { t } = useTranslation('catalogue-editing');
  const { planName } = useProducts();
  const { plan, anyOf } = requirement;
  return (
    <RuleCard name={planName(plan)} title={<PlanLink plan={plan} />} {...actions}>
      <Text>{t('needsOneOf')}</Text>
      <PlanList plans={anyOf} />
    </RuleCard>
  );
}

function RuleCard({
  name,
  title,
  edit,
  remove,
  children,
}: Actions & { readonly name: string; readonly title: ReactNode; readonly children: ReactNode }) {
  const styles = useRuleStyles();
  const { t } = useTranslation('catalogue-editing');
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Subtitle2 as="h3" className={styles.name}>
          {title}
        </Subtitle2>
        <div className={styles.actions}>
          {edit && (
            <Button
              appearance="subtle"
              icon={<Edit20Regular />}
              aria-label={t('editNamed', { name })}
              title={t('edit')}
              onClick={edit}
            />
          )}
          {remove && (
            <Button
              appearance="subtle"
              icon={<Delete20Regular />}
              aria-label={t('removeNamed', { name })}
              title={t('remove')}
              onClick={remove}
            />
          )}
        </div>
      </div>
      {children}
    </li>
  );
}

function PlanList({ plans }: { readonly plans: readonly string[] }) {
  const styles = useRuleStyles();
  const { planById } = useProducts();
  return (
    <ul className={styles.list}>
      {plans.map((plan) => (
        <li key={plan}>
          <PlanLink plan={plan} /> <Caption1 className={styles.part}>{planById.get(plan)?.servicePlanName}</Caption1>
        </li>
      ))}
    </ul>
  );
}

function PlanLink({ plan }: { readonly plan: string }) {
  const { planName } = useProducts();
  return (
    <PageLink to="/catalogue" search={{ tab: 'plans', plan }}>
      {planName(plan)}
    </PageLink>
  );
}
