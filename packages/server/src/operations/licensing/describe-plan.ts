import type { PlanEffect } from '@allot/contract';
import type { Plan, World } from '@allot/engine';
import type { Handle } from '@allot/store';
import { describeEffect } from '../catalogue/describe-effect.ts';

/** What a plan that is not applied would do to licenses, errors and seats. @param seats before it */
export async function describePlan(
  db: Handle,
  tenantId: string,
  worlds: { readonly before: World; readonly after: World },
  plan: Plan,
  seats: ReadonlyMap<string, { readonly usable: number; readonly consumed: number }>,
): Promise<PlanEffect> {
  return {
    effect: await describeEffect(db, tenantId, [], { ...worlds, plan }),
    seats: [...plan.consumedChange].map(([skuId, change]) => {
      const { consumed = 0, usable = 0 } = seats.get(skuId) ?? {};
      return {
        skuId,
        skuPartNumber: worlds.after.catalogue.products.get(skuId)?.data.skuPartNumber ?? skuId,
        usable,
        consumedBefore: consumed,
        consumedAfter: consumed + change,
      };
    }),
  };
}
