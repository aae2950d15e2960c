import { sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';

/**
 * Users with at least one assignment of each product in force (L-01), counted from pointers, settled bundles and exceptions. Nothing
 * that is kept as a count is read. Products that nobody has are left out.
 */
export async function countHeldSeats(db: Handle, tenantId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ productId: string; users: number }>`
    with sizes as (
      select cohort_id, count(*) as users from allot.user_cohort where tenant_id = ${tenantId} group by cohort_id
    ), wanted as (
      select c.cohort_id, s.group_id as source_id, s.product_id
      from allot.cohort c cross join lateral unnest(c.groups) as g (group_id)
      join allot.settled_license s on s.tenant_id = c.tenant_id and s.group_id = g.group_id
      where c.tenant_id = ${tenantId}
      union all
      select c.cohort_id, ${directSourceId}::uuid, (d.assignment ->> 'productId')::uuid
      from allot.cohort c cross join lateral jsonb_array_elements(c.direct) as d (assignment)
      where c.tenant_id = ${tenantId}
    ), held as (
      select w.cohort_id, w.product_id
      from wanted w
      left join allot.cohort_exception e on e.tenant_id = ${tenantId} and e.cohort_id = w.cohort_id and e.source_id = w.source_id
        and e.product_id = w.product_id and e.kind = 'missing' and e.plans is null
      where e.cohort_id is null
      union
      select cohort_id, product_id from allot.cohort_exception where tenant_id = ${tenantId} and kind = 'kept'
    )
    select h.product_id as "productId", sum(s.users)::bigint as users
    from held h join sizes s using (cohort_id) group by h.product_id
  `.execute(db);
  return new Map(rows.map(({ productId, users }) => [productId, users]));
}
