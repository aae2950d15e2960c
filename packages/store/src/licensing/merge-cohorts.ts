import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Pointers that one merging moves at most, so that it never holds the tenant for long. */
const MERGED_USERS_MAX = 100_000;

/**
 * Cohorts that became equal (a whole cohort changes in place) become one again: pointers of the smaller ones move to the largest.
 * Nobody's licenses change.
 * @returns how many cohorts went away
 */
export async function mergeCohorts(trx: Handle, tenantId: string, correlationId: string): Promise<number> {
  const { rows } = await sql<{ from: number; to: number; members: number }>`
    with ranked as (
      select cohort_id, members, first_value(cohort_id) over same as kept
      from allot.cohort
      where tenant_id = ${tenantId} and key in (
        select key from allot.cohort where tenant_id = ${tenantId} group by key having count(*) > 1)
      window same as (partition by key order by members desc, cohort_id)
    )
    select "from", "to", members from (
      select cohort_id as "from", kept as "to", members, sum(members) over (order by members, cohort_id) as so_far
      from ranked where cohort_id <> kept
    ) as merging
    where (so_far <= ${MERGED_USERS_MAX} or so_far = members)
      -- Rules still to be followed name members by their cohorts.
      and not exists (select from allot.pending_rule where tenant_id = ${tenantId} and cohort_ids is not null)
  `.execute(trx);
  if (!rows.length) return 0;
  const pairs = sql`unnest(${rows.map((r) => r.from)}::bigint[], ${rows.map((r) => r.to)}::bigint[], ${rows.map((r) => r.members)}::int[])
    as p (from_no, to_no, members)`;
  await sql`
    with next as (
      update allot.tenant set revision = revision + 1 where tenant_id = ${tenantId} returning revision
    ), change as (
      insert into allot.change (tenant_id, change_id, at, correlation_id, activity)
      select ${tenantId}, revision, clock_timestamp(), ${correlationId}, 'Merge equal cohorts' from next
    ), moved as (
      update allot.user_cohort uc set cohort_id = p.to_no from ${pairs}
      where uc.tenant_id = ${tenantId} and uc.cohort_id = p.from_no
      returning uc.user_no, p.from_no, p.to_no
    ), remembered as (
      insert into allot.pointer_history_pack (tenant_id, cohort_id, change_id, from_cohort_id, user_nos)
      select ${tenantId}, to_no, revision, from_no, array_agg(user_no) from moved, next group by to_no, revision, from_no
    ), gone as (
      insert into allot.cohort_history (tenant_id, cohort_id, change_id, state)
      select c.tenant_id, c.cohort_id, next.revision,
             jsonb_build_object('place', place, 'sharesAddress', shares_address, 'groups', groups, 'direct', direct,
               'exceptions', coalesce((
                 select jsonb_agg(jsonb_build_object('kind', kind, 'source', source_id, 'productId', product_id, 'error', error, 'plans', plans))
                 from allot.cohort_exception e where e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id), '[]'))
      from next, allot.cohort c join ${pairs} on p.from_no = c.cohort_id where c.tenant_id = ${tenantId}
    )
    update allot.cohort c set members = c.members + p.members
    from (select to_no, sum(members)::int as members from ${pairs} group by to_no) as p
    where c.tenant_id = ${tenantId} and c.cohort_id = p.to_no
  `.execute(trx);
  const from = rows.map((row) => row.from);
  await sql`delete from allot.cohort_exception where tenant_id = ${tenantId} and cohort_id = any(${from}::bigint[])`.execute(
    trx,
  );
  await sql`delete from allot.cohort where tenant_id = ${tenantId} and cohort_id = any(${from}::bigint[])`.execute(trx);
  return rows.length;
}
