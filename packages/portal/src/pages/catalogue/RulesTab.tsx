import {
  Caption1,
  Card,
  makeStyles,
  Skeleton,
  SkeletonItem,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { NoRows } from '../../parts/table/NoRows.tsx';
import { TableTools } from '../../parts/table/TableTools.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useFormat } from '../../text/use-format.ts';
import { matches, useCatalogueRules } from './catalogue-data.ts';

const useStyles = makeStyles({
  title: { margin: `${tokens.spacingVerticalXL} 0 ${tokens.spacingVerticalXS}` },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(20rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalM,
  },
  name: { margin: 0 },
  part: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** Service plans that nobody may have together, and those that need another. */
export function RulesTab({
  filter,
  onFilter,
}: {
  readonly filter: string | undefined;
  readonly onFilter: (filter: string) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('catalogue');
  const { list } = useFormat();
  const { planName, planById } = useProducts();
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
  return (
    <>
      <TableTools filter={filter} filterHint={t('ruleHint')} onFilter={onFilter} />
      <Text block>
        {data.ruleSet === 'classic' ? t('classic') : t('current')}{' '}
        <PageLink to="/settings">{t('changeRules')}</PageLink>
      </Text>
      {exclusions.length + requirements.length === 0 && (
        <NoRows isFiltered={filter !== undefined} title={t('noRules')} />
      )}
      {exclusions.length > 0 && (
        <>
          <Subtitle1 as="h2" block className={styles.title}>
            {t('exclusions')}
          </Subtitle1>
          <Text>{t('exclusionsText')}</Text>
          <div className={styles.cards}>
            {exclusions.map(({ name, plans }) => (
              <Card key={name} appearance="outline">
                <Subtitle2 as="h3" className={styles.name}>
                  {name}
                </Subtitle2>
                <ul className={styles.list}>
                  {plans.map((plan) => (
                    <li key={plan} title={plan}>
                      {planName(plan)}{' '}
                      <Caption1 className={styles.part}>{planById.get(plan)?.servicePlanName}</Caption1>
                    </li>
                  ))}
                </ul>
              </Card>
            ))}
          </div>
        </>
      )}
      {requirements.length > 0 && (
        <>
          <Subtitle1 as="h2" block className={styles.title}>
            {t('requirements')}
          </Subtitle1>
          <Text>{t('requirementsText')}</Text>
          <ul>
            {requirements.map(({ plan, anyOf }) => (
              <li key={plan} title={planById.get(plan)?.servicePlanName ?? plan}>
                {t('requires', { plan: planName(plan), anyOf: list(anyOf.map(planName)) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
