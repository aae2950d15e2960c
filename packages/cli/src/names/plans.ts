import type { ServicePlanInfo, SubscribedSku } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isSame } from './names-and-ids.ts';

/**
 * The `disabledPlans` of each product. `off`: these plans are off in every product that has them; `only`: all others
 * are off. Plans are named by name or id; one that none of the products has is refused.
 */
export function disabledPlans(
  products: readonly SubscribedSku[],
  choice: { readonly off?: readonly string[]; readonly only?: readonly string[] },
): ReadonlyMap<string, readonly string[]> {
  const named = choice.only ?? choice.off ?? [];
  for (const name of named) checkPlanExists(products, name);
  return new Map(
    products.map(({ skuId, servicePlans }) => {
      const isNamed = (plan: ServicePlanInfo): boolean => named.some((name) => isPlan(plan, name));
      const off = servicePlans.filter((plan) => (choice.only === undefined ? isNamed(plan) : !isNamed(plan)));
      return [skuId, off.map(({ servicePlanId }) => servicePlanId)];
    }),
  );
}

/** Names of the product's plans by id; one it does not have keeps its id. */
export function planNames(product: SubscribedSku | undefined, planIds: readonly string[]): readonly string[] {
  return planIds.map(
    (id) => product?.servicePlans.find((plan) => isSame(plan.servicePlanId, id))?.servicePlanName ?? id,
  );
}

const isPlan = (plan: ServicePlanInfo, name: string): boolean =>
  isSame(plan.servicePlanName, name) || isSame(plan.servicePlanId, name);

function checkPlanExists(products: readonly SubscribedSku[], name: string): void {
  const plans = products.flatMap(({ servicePlans }) => servicePlans);
  if (plans.some((plan) => isPlan(plan, name))) return;
  const parts = products.map(({ skuPartNumber }) => skuPartNumber);
  const advice = `${didYouMean(
    name,
    plans.map(({ servicePlanName }) => servicePlanName),
  )} 'allot product show ${parts[0] ?? 'SKU'}' lists its plans.`;
  throw new Failure(`No service plan '${name}' in ${parts.join(' or ')}.`, advice.trim());
}
