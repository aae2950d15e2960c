import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences, type NamedUser } from './differences.ts';
import { userNotPending } from './not-pending.ts';

/** Users who are not deleted and in no cohort. */
export const findUsersWithoutCohort = (db: Handle, tenantId: string): Promise<Differences<NamedUser>> =>
  listDifferences(
    db,
    sql`
    select u.user_no as "userNo", u.id as "userId"
    from allot.directory_user u
    left join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    where u.tenant_id = ${tenantId} and u.deleted_at is null and uc.user_no is null
      and ${userNotPending(tenantId, sql`u.user_no`)}`,
  );

export interface PointerRow extends NamedUser {
  readonly cohortNo: number;
}

/** Pointers of users who are deleted or never were. */
export const findPointersOfNobody = (db: Handle, tenantId: string): Promise<Differences<PointerRow>> =>
  listDifferences(
    db,
    sql`
    select uc.user_no as "userNo", u.id as "userId", uc.cohort_id as "cohortNo"
    from allot.user_cohort uc
    left join allot.directory_user u on u.tenant_id = uc.tenant_id and u.user_no = uc.user_no
    where uc.tenant_id = ${tenantId} and (u.user_no is null or u.deleted_at is not null)
      and ${userNotPending(tenantId, sql`uc.user_no`)}`,
  );

/** Pointers to cohorts that are not there. */
export const findPointersToNothing = (db: Handle, tenantId: string): Promise<Differences<PointerRow>> =>
  listDifferences(
    db,
    sql`
    select uc.user_no as "userNo", u.id as "userId", uc.cohort_id as "cohortNo"
    from allot.user_cohort uc
    left join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    left join allot.directory_user u on u.tenant_id = uc.tenant_id and u.user_no = uc.user_no
    where uc.tenant_id = ${tenantId} and c.cohort_id is null`,
  );
