import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * L-21: plans that products have gained are off in the bundles of groups whose `newPlans` is `off`, in those asked for and
 * in those settled, so that nobody gets them by the same change. To be called with the tenant locked. The settled bundle
 * keeps no history of this: before the change the product did not have the plan, so "off" says of the past what was true.
 */
export async function holdPlansOff(
  trx: Handle,
  tenantId: string,
  gained: readonly { readonly productId: string; readonly planId: string }[],
): Promise<void> {
  if (!gained.length) return;
  // Whoever changes one of these bundles holds its licensing row; the lock keeps a bundle read before from being written after.
  await sql`
    select from allot.group_licensing where tenant_id = ${tenantId} and new_plans = 'off' order by group_id for update
  `.execute(trx);
  for (const table of ['allot.group_license', 'allot.settled_license']) {
    await sql`
      update ${sql.table(table)} l
      set disabled_plans = array(select distinct plan_id from unnest(l.disabled_plans || n.plans) as p (plan_id) order by plan_id)
      from (
        select product_id, array_agg(plan_id) as plans
        from unnest(${gained.map((g) => g.productId)}::uuid[], ${gained.map((g) => g.planId)}::uuid[]) as g (product_id, plan_id)
        group by product_id
      ) as n, allot.group_licensing o
      where l.tenant_id = ${tenantId} and l.product_id = n.product_id
        and o.tenant_id = l.tenant_id and o.group_id = l.group_id and o.new_plans = 'off'
    `.execute(trx);
  }
}
