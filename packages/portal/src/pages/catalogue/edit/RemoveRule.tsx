import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { useFormat } from '../../../text/use-format.ts';
import { type CatalogueRules, type Exclusion, isSameRule, type Requirement } from '../catalogue-data.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { rulesPath } from './rules-path.ts';

/** Removes a conflict or a prerequisite, after showing what that does. */
export function RemoveRule({
  rules,
  rule,
  onClose,
}: {
  readonly rules: CatalogueRules;
  readonly rule: Exclusion | Requirement;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { list, oneOf } = useFormat();
  const { planName } = useProducts();
  const without = {
    ...rules,
    exclusions: rules.exclusions.filter((one) => !isSameRule(one, rule)),
    requirements: rules.requirements.filter((one) => !isSameRule(one, rule)),
  };
  const words =
    'name' in rule
      ? t('noLongerOneOf', { plans: list(rule.plans.map(planName)) })
      : t('noLongerNeeds', { plan: planName(rule.plan), anyOf: oneOf(rule.anyOf.map(planName)) });
  return (
    <CatalogueDialog
      title={'name' in rule ? t('removeExclusion', { name: rule.name }) : t('removeRequirement')}
      confirm={t('remove')}
      path={rulesPath}
      body={without}
      changes={[words]}
      onClose={onClose}
    />
  );
}
