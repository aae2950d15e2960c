import type { CohortState, Plan } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { PointerMove } from './move-pointers.ts';

/**
 * Brings the waiting line in step with the cohorts whose members begin or cease to wait (L-14). Who already waits for
 * something keeps that moment; who begins by this change begins now, together. Invariant "counts agree".
 */
export async function updateWaiting(
  trx: Handle,
  tenantId: string,
  plan: Plan,
  moves: readonly PointerMove[],
): Promise<void> {
  const touched = touchedCohorts(plan, moves);
  if (touched.length) {
    await sql`
      insert into allot.waiting (tenant_id, product_id, user_no, since)
      select distinct ${tenantId}::uuid, e.product_id, uc.user_no, coalesce(w.since, transaction_timestamp())
      from allot.cohort_exception e
      join allot.user_cohort uc on uc.tenant_id = e.tenant_id and uc.cohort_id = e.cohort_id
      left join (select user_no, min(since) as since from allot.waiting where tenant_id = ${tenantId} group by user_no) as w
        on w.user_no = uc.user_no
      where e.tenant_id = ${tenantId} and e.cohort_id = any(${touched}::bigint[]) and e.error = 'CountViolation'
      on conflict do nothing
    `.execute(trx);
    await sql`
      delete from allot.waiting w using allot.user_cohort uc
      where w.tenant_id = ${tenantId} and uc.tenant_id = ${tenantId} and uc.user_no = w.user_no
        and uc.cohort_id = any(${touched}::bigint[])
        and not exists (
          select from allot.cohort_exception e where e.tenant_id = ${tenantId} and e.cohort_id = uc.cohort_id
            and e.product_id = w.product_id and e.error = 'CountViolation')
    `.execute(trx);
  }
  if (moves.some(({ toNo }) => toNo === undefined)) {
    await sql`
      delete from allot.waiting w where w.tenant_id = ${tenantId} and not exists (
        select from allot.user_cohort uc where uc.tenant_id = ${tenantId} and uc.user_no = w.user_no)
    `.execute(trx);
  }
}

/** Cohorts where somebody arrives, or that were revised, with a difference in what is waited for. */
function touchedCohorts(plan: Plan, moves: readonly PointerMove[]): number[] {
  const touched = new Set<number>();
  for (const { cohort, state } of plan.revisions) {
    if (waits(cohort.state) || waits(state)) touched.add(cohort.cohortNo);
  }
  const before = new Map(plan.sources.map(({ cohortNo, state }) => [cohortNo, state]));
  for (const { from, to, toNo } of moves) {
    if (toNo === undefined || to === undefined) continue;
    if (waits(plan.targets.get(to)) || (from !== undefined && waits(before.get(from)))) touched.add(toNo);
  }
  return [...touched];
}

const waits = (state: CohortState | undefined): boolean =>
  state?.exceptions.some(({ error }) => error === 'CountViolation') ?? false;
