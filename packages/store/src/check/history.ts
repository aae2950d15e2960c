import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences } from './differences.ts';

export interface ChangeRow {
  readonly changeId: number;
}

/** Numbers that no change has, from the oldest change to the tenant's revision, and changes beyond it. */
export const findMissingChanges = (
  db: Handle,
  tenantId: string,
): Promise<Differences<ChangeRow & { readonly beyond: boolean }>> =>
  listDifferences(
    db,
    sql`
    with tenant as (
      select revision, coalesce((select min(change_id) from allot.change where tenant_id = ${tenantId}), revision) as oldest
      from allot.tenant where tenant_id = ${tenantId} and revision > 0
    )
    select n.change_id as "changeId", false as beyond
    from tenant cross join lateral generate_series(tenant.oldest, tenant.revision) as n (change_id)
    where not exists (select from allot.change c where c.tenant_id = ${tenantId} and c.change_id = n.change_id)
    union all
    select c.change_id, true from allot.change c join allot.tenant t using (tenant_id)
    where c.tenant_id = ${tenantId} and c.change_id > t.revision`,
  );

/** Changes that nothing ties to what caused them (L-29). */
export const findUntiedChanges = (db: Handle, tenantId: string): Promise<Differences<ChangeRow>> =>
  listDifferences(
    db,
    sql`
    select change_id as "changeId" from allot.change
    where tenant_id = ${tenantId} and (correlation_id = '00000000-0000-0000-0000-000000000000' or activity = '')`,
  );

export interface HistoryRow extends ChangeRow {
  readonly cohortNo: number | null;
  readonly groupId: string | null;
}

/** Rows of the histories of cohorts and bundles whose change is not there (L-31). */
export const findHistoryWithoutChange = (db: Handle, tenantId: string): Promise<Differences<HistoryRow>> =>
  listDifferences(
    db,
    sql`
    select h.change_id as "changeId", h.cohort_id as "cohortNo", null::uuid as "groupId" from allot.cohort_history h
    left join allot.change c on c.tenant_id = h.tenant_id and c.change_id = h.change_id
    where h.tenant_id = ${tenantId} and c.change_id is null
    union all
    select h.change_id, null, h.group_id from allot.bundle_history h
    left join allot.change c on c.tenant_id = h.tenant_id and c.change_id = h.change_id
    where h.tenant_id = ${tenantId} and c.change_id is null`,
  );
