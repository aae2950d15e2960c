import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences, type NamedUser } from './differences.ts';

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

export interface ArrivalRow extends NamedUser, ChangeRow {
  /** Null: in none. */
  readonly cohortNo: number | null;
  readonly remembered: number | null;
}

/** Users whose history ends in another cohort than the one they are in (L-31). Who has no history is as far back as is known. */
export const findOtherArrivals = (db: Handle, tenantId: string): Promise<Differences<ArrivalRow>> =>
  listDifferences(
    db,
    sql`
    select a.user_no as "userNo", u.id as "userId", a.change_id as "changeId", uc.cohort_id as "cohortNo",
           nullif(a.cohort_id, 0) as remembered
    from (
      select distinct on (user_no) user_no, change_id, cohort_id
      from (
        select user_no, change_id, cohort_id from allot.pointer_history where tenant_id = ${tenantId}
        union all
        select unnest(user_nos), change_id, cohort_id from allot.pointer_history_pack where tenant_id = ${tenantId}
      ) as arrivals
      order by user_no, change_id desc
    ) as a
    left join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.user_no = a.user_no
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = a.user_no
    where a.cohort_id <> coalesce(uc.cohort_id, 0)`,
  );
