import { sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { type Differences, listDifferences } from './differences.ts';

export interface ReferenceRow {
  readonly cohortNo: number;
  readonly kind: 'cohort' | 'group' | 'product' | 'plan';
  readonly id: string;
}

/** What cohorts and their exceptions name and is not there. Deleted groups are: licenses may be kept that came from them. */
export const findMissingReferences = (db: Handle, tenantId: string): Promise<Differences<ReferenceRow>> =>
  listDifferences(
    db,
    sql`
    with named as (
      select c.cohort_id, 'group' as kind, g.id from allot.cohort c cross join lateral unnest(c.groups) as g (id)
      where c.tenant_id = ${tenantId}
      union
      select e.cohort_id, 'group', e.source_id from allot.cohort_exception e
      where e.tenant_id = ${tenantId} and e.source_id <> ${directSourceId}
      union
      select e.cohort_id, 'product', e.product_id from allot.cohort_exception e where e.tenant_id = ${tenantId}
      union
      select e.cohort_id, 'plan', p.id from allot.cohort_exception e cross join lateral unnest(e.plans) as p (id)
      where e.tenant_id = ${tenantId}
      union
      select c.cohort_id, 'product', (d.assignment ->> 'productId')::uuid
      from allot.cohort c cross join lateral jsonb_array_elements(c.direct) as d (assignment) where c.tenant_id = ${tenantId}
      union
      select c.cohort_id, 'plan', p.id::uuid
      from allot.cohort c cross join lateral jsonb_array_elements(c.direct) as d (assignment)
      cross join lateral jsonb_array_elements_text(d.assignment -> 'disabledPlans') as p (id)
      where c.tenant_id = ${tenantId}
    )
    select n.cohort_id as "cohortNo", n.kind, n.id::text as id
    from named n
    left join allot.directory_group g on n.kind = 'group' and g.tenant_id = ${tenantId} and g.id = n.id
    left join allot.product p on n.kind = 'product' and p.tenant_id = ${tenantId} and p.product_id = n.id
    left join allot.plan s on n.kind = 'plan' and s.tenant_id = ${tenantId} and s.plan_id = n.id
    where g.id is null and p.product_id is null and s.plan_id is null
    union all
    select distinct e.cohort_id, 'cohort', e.cohort_id::text
    from allot.cohort_exception e left join allot.cohort c on c.tenant_id = e.tenant_id and c.cohort_id = e.cohort_id
    where e.tenant_id = ${tenantId} and c.cohort_id is null`,
  );
