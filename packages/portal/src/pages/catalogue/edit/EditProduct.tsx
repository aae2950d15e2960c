import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { ChoiceList } from '../../../parts/pick/ChoiceList.tsx';
import { useFormat } from '../../../text/use-format.ts';
import type { CatalogueProduct } from '../catalogue-data.ts';
import { EditNamed } from './EditNamed.tsx';
import { usePlanChoices } from './use-plan-choices.ts';

/** Adds a product, or changes its names and which service plans it has. */
export function EditProduct({
  product,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly product?: CatalogueProduct | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { list } = useFormat();
  const { planName } = useProducts();
  const choices = usePlanChoices();
  const before = product?.servicePlans.map(({ servicePlanId }) => servicePlanId) ?? [];
  const [plans, setPlans] = useState<readonly string[]>(before);
  const gained = plans.filter((plan) => !before.includes(plan));
  const lost = before.filter((plan) => !plans.includes(plan));
  return (
    <EditNamed
      kind="product"
      before={product && { ...product, id: product.skuId, partName: product.skuPartNumber }}
      own={{
        body: { servicePlans: plans },
        changes: [
          ...(gained.length > 0 ? [t('gains', { plans: list(gained.map(planName)) })] : []),
          ...(lost.length > 0 ? [t('loses', { plans: list(lost.map(planName)) })] : []),
        ],
        isComplete: plans.length > 0,
      }}
      onClose={onClose}
    >
      <ChoiceList
        label={t('plans')}
        hint={t('plansHint')}
        choices={choices}
        chosen={plans}
        onChange={setPlans}
        problem={plans.length === 0 && product !== undefined ? t('noPlans') : undefined}
      />
    </EditNamed>
  );
}
