import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { ChoiceList } from '../../../parts/pick/ChoiceList.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { type CatalogueRules, isSameRule, type Requirement } from '../catalogue-data.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { rulesPath } from './rules-path.ts';
import { usePlanChoices } from './use-plan-choices.ts';

/** Adds a prerequisite, or changes which service plans meet it. */
export function EditRequirement({
  rules,
  requirement,
  onClose,
}: {
  readonly rules: CatalogueRules;
  /** Undefined: a new one. */
  readonly requirement?: Requirement | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { oneOf } = useFormat();
  const { planName } = useProducts();
  const choices = usePlanChoices();
  const [[plan], setPlan] = useState<readonly string[]>(requirement ? [requirement.plan] : []);
  const [anyOf, setAnyOf] = useState<readonly string[]>(requirement?.anyOf ?? []);
  const isSame = requirement?.plan === plan && (requirement?.anyOf ?? []).toSorted().join() === anyOf.toSorted().join();
  const changed = plan === undefined || anyOf.length === 0 || isSame ? undefined : { plan, anyOf };
  const body = changed && {
    ...rules,
    requirements: requirement
      ? rules.requirements.map((one) => (isSameRule(one, requirement) ? changed : one))
      : [...rules.requirements, changed],
  };
  return (
    <CatalogueDialog
      title={requirement === undefined ? t('addRequirement') : t('editNamed', { name: planName(requirement.plan) })}
      confirm={requirement === undefined ? t('addRequirement') : t('save')}
      path={rulesPath}
      body={body}
      changes={changed ? [t('needs', { plan: planName(changed.plan), anyOf: oneOf(anyOf.map(planName)) })] : []}
      isChanged={!isSame}
      onClose={onClose}
    >
      <ChoiceList
        label={t('needingPlan')}
        choices={choices.filter(({ id }) => !anyOf.includes(id))}
        chosen={plan === undefined ? [] : [plan]}
        onChange={(chosen) => setPlan(chosen.slice(-1))}
      />
      <ChoiceList
        label={t('neededPlans')}
        hint={t('neededHint')}
        choices={choices.filter(({ id }) => id !== plan)}
        chosen={anyOf}
        onChange={setAnyOf}
      />
    </CatalogueDialog>
  );
}
