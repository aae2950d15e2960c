import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences, type NamedUser } from './differences.ts';

export interface WaitingDifference extends NamedUser {
  readonly productId: string;
  /** true: in CountViolation and not in the line; false: the other way round. */
  readonly inError: boolean;
}

/** Invariant "counts agree": the waiting list equals the users in CountViolation. */
export const findOtherWaiting = (db: Handle, tenantId: string): Promise<Differences<WaitingDifference>> =>
  listDifferences(
    db,
    sql`
    with due as (
      select distinct uc.user_no, e.product_id, true as due
      from allot.cohort_exception e
      join allot.user_cohort uc on uc.tenant_id = e.tenant_id and uc.cohort_id = e.cohort_id
      where e.tenant_id = ${tenantId} and e.error = 'CountViolation'
    ), line as (
      select user_no, product_id, true as stands from allot.waiting where tenant_id = ${tenantId}
    )
    select d.user_no as "userNo", u.id as "userId", d.product_id as "productId", d.due is not null as "inError"
    from (select * from due full join line using (user_no, product_id)) as d
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = d.user_no
    where d.due is null or d.stands is null`,
  );

/** Users who wait for several products, and not since one moment (L-14). */
export const findSeveralMoments = (db: Handle, tenantId: string): Promise<Differences<NamedUser>> =>
  listDifferences(
    db,
    sql`
    select w.user_no as "userNo", u.id as "userId"
    from (
      select user_no from allot.waiting where tenant_id = ${tenantId} group by user_no having min(since) <> max(since)
    ) as w
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = w.user_no`,
  );
