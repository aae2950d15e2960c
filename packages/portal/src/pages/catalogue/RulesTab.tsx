import { Button, makeStyles, Skeleton, SkeletonItem, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { type Exclusion, matches, type Requirement, useCatalogueRules } from './catalogue-data.ts';
import { EditExclusion } from './edit/EditExclusion.tsx';
import { EditRequirement } from './edit/EditRequirement.tsx';
import { RemoveRule } from './edit/RemoveRule.tsx';
import { ExclusionCard, RequirementCard, useRuleStyles } from './RuleCard.tsx';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalXL,
  },
  title: { margin: 0 },
});

type Opened =
  | { readonly kind: 'exclusion'; readonly rule?: Exclusion }
  | { readonly kind: 'requirement'; readonly rule?: Requirement }
  | { readonly kind: 'remove'; readonly rule: Exclusion | Requirement };

/** Service plans that nobody may have together, and those that need another. */
export function RulesTab({
  filter,
  onFilter,
}: {
  readonly filter: string | undefined;
  readonly onFilter: (filter: string) => void;
}) {
  const styles = useRuleStyles();
  const { t } = useTranslation(['catalogue', 'catalogue-editing']);
  const mayChange = useMay()(may.changeOrganization);
  const { planName, planById } = useProducts();
  const [opened, setOpened] = useState<Opened>();
  const { data, error, refetch } = useCatalogueRules();
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Skeleton aria-label={t('rules')}>
        <SkeletonItem size={128} />
      </Skeleton>
    );
  }
  const textsOf = (plan: string): string[] => [planName(plan), planById.get(plan)?.servicePlanName ?? plan];
  const exclusions = data.exclusions.filter(({ name, plans }) => matches(filter, [name, ...plans.flatMap(textsOf)]));
  const requirements = data.requirements.filter(({ plan, anyOf }) =>
    matches(filter, [plan, ...anyOf].flatMap(textsOf)),
  );
  const isNothing = exclusions.length + requirements.length === 0;
  const toRemove = (rule: Exclusion | Requirement) =>
    mayChange ? () => setOpened({ kind: 'remove', rule }) : undefined;
  const close = () => setOpened(undefined);
  return (
    <>
      <TableTools filter={filter} filterHint={t('ruleHint')} onFilter={onFilter} />
      <Text block>
        {data.ruleSet === 'classic' ? t('classic') : t('current')}{' '}
        <PageLink to="/settings">{t('changeRules')}</PageLink>
      </Text>
      {isNothing && <NoRows isFiltered={filter !== undefined} title={t('noRules')} />}
      {(exclusions.length > 0 || (mayChange && filter === undefined)) && (
        <Head title={t('exclusions')} text={t('exclusionsText')}>
          {mayChange && (
            <Button icon={<Add20Regular />} onClick={() => setOpened({ kind: 'exclusion' })}>
              {t('catalogue-editing:addExclusion')}
            </Button>
          )}
        </Head>
      )}
      <ul className={styles.cards}>
        {exclusions.map((rule) => (
          <ExclusionCard
            key={rule.name}
            exclusion={rule}
            edit={mayChange ? () => setOpened({ kind: 'exclusion', rule }) : undefined}
            remove={toRemove(rule)}
          />
        ))}
      </ul>
      {(requirements.length > 0 || (mayChange && filter === undefined)) && (
        <Head title={t('requirements')} text={t('requirementsText')}>
          {mayChange && (
            <Button icon={<Add20Regular />} onClick={() => setOpened({ kind: 'requirement' })}>
              {t('catalogue-editing:addRequirement')}
            </Button>
          )}
        </Head>
      )}
      <ul className={styles.cards}>
        {requirements.map((rule) => (
          <RequirementCard
            key={JSON.stringify(rule)}
            requirement={rule}
            edit={mayChange ? () => setOpened({ kind: 'requirement', rule }) : undefined}
            remove={toRemove(rule)}
          />
        ))}
      </ul>
      {opened?.kind === 'exclusion' && <EditExclusion rules={data} exclusion={opened.rule} onClose={close} />}
      {opened?.kind === 'requirement' && <EditRequirement rules={data} requirement={opened.rule} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveRule rules={data} rule={opened.rule} onClose={close} />}
    </>
  );
}

function Head({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <div>
        <Subtitle1 as="h2" block className={styles.title}>
          {title}
        </Subtitle1>
        <Text>{text}</Text>
      </div>
      {children}
    </div>
  );
}
