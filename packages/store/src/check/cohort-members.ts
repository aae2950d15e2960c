import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences } from './differences.ts';

export interface MemberCountRow {
  readonly cohortNo: number;
  readonly members: number;
  readonly pointers: number;
}

/** Cohorts that say they have other members than point at them. */
export const findMiscountedCohorts = (db: Handle, tenantId: string): Promise<Differences<MemberCountRow>> =>
  listDifferences(
    db,
    sql`
    select c.cohort_id as "cohortNo", c.members, coalesce(p.pointers, 0) as pointers
    from allot.cohort c
    left join (
      select cohort_id, count(*) as pointers from allot.user_cohort where tenant_id = ${tenantId} group by cohort_id
    ) as p using (cohort_id)
    where c.tenant_id = ${tenantId} and c.members <> coalesce(p.pointers, 0)`,
  );

/** Cohorts at which nobody points. */
export const findEmptyCohorts = (db: Handle, tenantId: string): Promise<Differences<{ readonly cohortNo: number }>> =>
  listDifferences(
    db,
    sql`
    select c.cohort_id as "cohortNo" from allot.cohort c
    where c.tenant_id = ${tenantId} and not exists (
      select from allot.user_cohort uc where uc.tenant_id = ${tenantId} and uc.cohort_id = c.cohort_id)`,
  );
