import type { PlanData } from '@allot/engine';
import { loadCatalogue, upsertPlans } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { type CataloguePlan, planOf } from './read-catalogue.ts';

/**
 * Adds a service plan to the catalogue, or makes it be this: then everybody whom its countries or its mailbox concern is
 * settled (L-10, L-11, L-16).
 * @param plan of `deny` and `allow` one at most
 * @returns the plan, and whether it is new
 */
export async function setPlan(ctx: Context, plan: PlanData): Promise<{ plan: CataloguePlan; created: boolean }> {
  const created = await changeWorld(ctx, 'catalogue', 'Set service plan', async (trx) => {
    const before = (await loadCatalogue(trx, ctx.tenantId, '')).plans.find(({ planId }) => planId === plan.planId);
    await upsertPlans(trx, ctx.tenantId, [plan]);
    const modified = modifiedProperties({ ...before }, { ...plan });
    await auditCatalogue(trx, ctx, 'Set service plan', { id: plan.planId, displayName: plan.displayName }, modified);
    return before === undefined;
  });
  return { plan: planOf(plan), created };
}
