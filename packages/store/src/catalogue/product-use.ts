import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** What keeps a product in the catalogue. */
export interface ProductUse {
  readonly subscriptions: number;
  /** Groups that license it, or are not settled without it yet. */
  readonly groupIds: readonly string[];
  /** Users who have it directly, wait for it, or keep it. */
  readonly users: number;
  /** Deleted users who come back with it. */
  readonly deletedUsers: number;
  /** Whether a group or a user ever had it: the past is told with its plans (L-31). */
  readonly past: boolean;
}

/** Everything of a tenant that names a product, beside its own plans. */
export async function findProductUse(db: Handle, tenantId: string, productId: string): Promise<ProductUse> {
  const named = sql`${JSON.stringify([{ productId }])}::jsonb`;
  const { rows } = await sql<ProductUse>`
    select
      (select count(*)::int from allot.subscription where tenant_id = ${tenantId} and product_id = ${productId}) as subscriptions,
      array(
        select group_id from allot.group_license where tenant_id = ${tenantId} and product_id = ${productId}
        union
        select group_id from allot.settled_license where tenant_id = ${tenantId} and product_id = ${productId}
      ) as "groupIds",
      (select coalesce(sum(c.members), 0)::int from allot.cohort c
       where c.tenant_id = ${tenantId} and (c.direct @> ${named} or exists (
         select from allot.cohort_exception e
         where e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id and e.product_id = ${productId}))) as users,
      (select count(*)::int from allot.deleted_user_license
       where tenant_id = ${tenantId} and (direct @> ${named} or held @> ${named})) as "deletedUsers",
      exists (select from allot.cohort where tenant_id = ${tenantId} and direct @> ${named})
        or exists (select from allot.bundle_history where tenant_id = ${tenantId} and bundle @> ${named})
        or exists (
          select from allot.cohort_history
          where tenant_id = ${tenantId} and (state -> 'direct' @> ${named} or state -> 'exceptions' @> ${named})
        ) as past
  `.execute(db);
  return rows[0] ?? { subscriptions: 0, groupIds: [], users: 0, deletedUsers: 0, past: false };
}
