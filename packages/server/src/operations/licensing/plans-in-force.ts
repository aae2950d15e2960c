import type { holdingsOf, World } from '@allot/engine';
import type { PlanOfUser } from '@allot/store';

/** What is in force: `Enabled` where a product that is not suspended gives it, otherwise `Suspended` (L-15). */
export function plansInForce(
  holdings: ReturnType<typeof holdingsOf>,
  { catalogue }: World,
  isSuspended: (productId: string) => boolean,
): readonly PlanOfUser[] {
  const statuses = new Map<string, PlanOfUser['capabilityStatus']>();
  for (const { product, inForce } of holdings) {
    if (!inForce) continue;
    const suspended = isSuspended(product.productId);
    for (const planId of catalogue.idsOf(inForce)) {
      if (!suspended) statuses.set(planId, 'Enabled');
      else if (!statuses.has(planId)) statuses.set(planId, 'Suspended');
    }
  }
  return [...statuses].map(([planId, capabilityStatus]) => ({
    planId,
    service: catalogue.planData(planId)?.service ?? '',
    capabilityStatus,
  }));
}
