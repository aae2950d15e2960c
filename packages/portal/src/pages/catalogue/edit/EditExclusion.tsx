import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { TextField } from '../../../parts/form/TextField.tsx';
import { ChoiceList } from '../../../parts/pick/ChoiceList.tsx';
import { useFormat } from '../../../text/use-format.ts';
import type { CatalogueRules, Exclusion } from '../catalogue-data.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { rulesPath } from './rules-path.ts';
import { usePlanChoices } from './use-plan-choices.ts';

/** As the server has it, in characters. */
const nameMax = 512;

/** Adds a conflict, or changes which service plans exclude each other in it. */
export function EditExclusion({
  rules,
  exclusion,
  onClose,
}: {
  readonly rules: CatalogueRules;
  /** Undefined: a new one. */
  readonly exclusion?: Exclusion | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { list } = useFormat();
  const { planName } = useProducts();
  const choices = usePlanChoices();
  const [name, setName] = useState(exclusion?.name ?? '');
  const [plans, setPlans] = useState<readonly string[]>(exclusion?.plans ?? []);
  const others = rules.exclusions.filter((one) => one.name !== exclusion?.name);
  const isTaken = others.some((one) => one.name === name.trim());
  const changed = { name: name.trim(), plans };
  const isSame =
    name.trim() === (exclusion?.name ?? '') && plans.toSorted().join() === (exclusion?.plans ?? []).toSorted().join();
  const isReady = changed.name !== '' && plans.length > 1 && !isTaken && !isSame;
  const exclusions = exclusion
    ? rules.exclusions.map((one) => (one.name === exclusion.name ? changed : one))
    : [...rules.exclusions, changed];
  return (
    <CatalogueDialog
      title={exclusion === undefined ? t('addExclusion') : t('editNamed', { name: exclusion.name })}
      confirm={exclusion === undefined ? t('addExclusion') : t('save')}
      path={rulesPath}
      body={isReady ? { ...rules, exclusions } : undefined}
      changes={[t('oneOf', { name: changed.name, plans: list(plans.map(planName)) })]}
      isChanged={!isSame}
      onClose={onClose}
    >
      <TextField
        label={t('ruleName')}
        hint={t('ruleNameHint')}
        value={name}
        max={nameMax}
        isReadOnly={false}
        isRequired
        problem={isTaken ? t('ruleNameTaken') : undefined}
        onChange={setName}
      />
      <ChoiceList
        label={t('excludingPlans')}
        hint={t('excludingHint')}
        choices={choices}
        chosen={plans}
        onChange={setPlans}
      />
    </CatalogueDialog>
  );
}
