import type { PlanData } from '@allot/engine';
import { loadCatalogue, upsertPlans } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { changeCatalogue, type ChangeOptions, type Shown } from './catalogue-change.ts';
import { type CataloguePlan, planOf } from './read-catalogue.ts';

/**
 * Adds a service plan to the catalogue, or makes it be this: then everybody whom its countries or its mailbox concern is
 * settled (L-10, L-11, L-16).
 * @param plan of `deny` and `allow` one at most
 * @returns the plan, and whether it is new
 */
export async function setPlan(
  ctx: Context,
  plan: PlanData,
  options: ChangeOptions = {},
): Promise<Shown<{ readonly plan: CataloguePlan; readonly created: boolean }>> {
  return changeCatalogue(ctx, 'Set service plan', options, async (trx) => {
    const before = (await loadCatalogue(trx, ctx.tenantId, '')).plans.find(({ planId }) => planId === plan.planId);
    await upsertPlans(trx, ctx.tenantId, [plan]);
    const modified = modifiedProperties({ ...before }, { ...plan });
    await auditCatalogue(trx, ctx, 'Set service plan', { id: plan.planId, displayName: plan.displayName }, modified);
    return { result: { plan: planOf(plan), created: before === undefined }, changes: [] };
  });
}
