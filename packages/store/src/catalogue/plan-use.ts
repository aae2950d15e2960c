import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** What keeps a service plan in the catalogue. */
export interface PlanUse {
  /** Ids of the products that have it. */
  readonly productIds: readonly string[];
  /** Names of exclusions, in whatever rule set. */
  readonly exclusions: readonly string[];
  /** Requirements that are of it or name it, in whatever rule set. */
  readonly requirements: number;
  /** Ids of products that had it once. */
  readonly formerProductIds: readonly string[];
}

/** Everything of a tenant that names a service plan by itself; what users have of it they have by products. */
export async function findPlanUse(db: Handle, tenantId: string, planId: string): Promise<PlanUse> {
  const { rows } = await sql<PlanUse>`
    select
      array(select product_id from allot.product_plan where tenant_id = ${tenantId} and plan_id = ${planId}) as "productIds",
      array(select distinct name from allot.exclusion_set
            where tenant_id = ${tenantId} and plans @> array[${planId}::uuid] order by name) as exclusions,
      (select count(*)::int from allot.requirement
       where tenant_id = ${tenantId} and (plan_id = ${planId} or any_of @> array[${planId}::uuid])) as requirements,
      array(select distinct product_id from allot.product_history
            where tenant_id = ${tenantId} and plan_ids @> array[${planId}::uuid]) as "formerProductIds"
  `.execute(db);
  return rows[0] ?? { productIds: [], exclusions: [], requirements: 0, formerProductIds: [] };
}
