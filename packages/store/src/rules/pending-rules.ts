import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';
import { PENDING_USERS_MAX, wakeWorker } from '../licensing/pending.ts';

/** Whom to compare with rules: named users, the members of cohorts, or everybody. */
export type RuleUsers =
  | { readonly userNos: readonly number[] }
  | { readonly cohortNos: readonly number[] }
  | 'everybody';

/** Which rules: that of a group, those that read any of this (see `readsOfRule`), or all. */
export type WhichRules = { readonly groupId: string } | { readonly reads: readonly string[] } | 'all';

/**
 * Records that these users may come into groups by rule or leave them, and wakes a worker (L-26). To be called in the transaction
 * that changes what rules read. Whether there is any such rule is seen by the worker: here, one that is saved at the same time is not.
 */
export async function notePendingRules(
  trx: Handle,
  tenantId: string,
  users: RuleUsers,
  rules: WhichRules,
  correlationId: string | null,
): Promise<void> {
  const groupId = typeof rules === 'object' && 'groupId' in rules ? rules.groupId : null;
  const reads = typeof rules === 'object' && 'reads' in rules ? rules.reads.map((name) => name.toLowerCase()) : null;
  if (reads?.length === 0) return;
  const rest = sql`${groupId}::uuid, ${reads}::text[], ${correlationId}::uuid`;
  if (users !== 'everybody' && 'userNos' in users) {
    if (!users.userNos.length) return;
    await sql`
      insert into allot.pending_rule (tenant_id, user_no, group_id, reads, correlation_id)
      select ${tenantId}, u.user_no, ${rest} from unnest(${bigints(users.userNos)}) as u (user_no)
    `.execute(trx);
  } else {
    const cohortNos = users === 'everybody' ? null : users.cohortNos;
    if (cohortNos?.length === 0) return;
    await sql`
      insert into allot.pending_rule (tenant_id, cohort_ids, group_id, reads, correlation_id)
      values (${tenantId}, ${cohortNos && bigints(cohortNos)}, ${rest})
    `.execute(trx);
  }
  await wakeWorker(trx, tenantId);
}

/** Cohorts named in one row; of more everybody is looked at. */
const COHORTS_NOTED_MAX = 5_000;

/** Licenses of members of these cohorts may have changed: notes them, where some rule reads assigned plans. */
export async function noteRulesOverPlans(
  trx: Handle,
  tenantId: string,
  cohortNos: readonly number[] | 'all',
  correlationId: string | null,
): Promise<void> {
  if (cohortNos.length === 0) return;
  const named = cohortNos === 'all' || cohortNos.length > COHORTS_NOTED_MAX ? null : bigints(cohortNos);
  const { rows } = await sql`
    insert into allot.pending_rule (tenant_id, cohort_ids, reads, correlation_id)
    select ${tenantId}, ${named}::bigint[], array['assignedplans'], ${correlationId}::uuid
    where exists (select from allot.dynamic_group d where d.tenant_id = ${tenantId} and 'assignedplans' = any(d.reads))
    returning seq
  `.execute(trx);
  if (rows.length) await wakeWorker(trx, tenantId);
}

export interface PendingRule {
  readonly seq: number;
  readonly userNo: number | null;
  readonly cohortNos: readonly number[] | null;
  readonly groupId: string | null;
  readonly reads: readonly string[] | null;
  readonly correlationId: string | null;
}

/**
 * Takes what waits for rules, oldest first, at most PENDING_USERS_MAX rows: they are gone when the transaction commits.
 * @param after rows up to this number are left alone
 */
export async function takePendingRules(trx: Handle, tenantId: string, after: number): Promise<readonly PendingRule[]> {
  const { rows } = await sql<PendingRule>`
    with taken as (
      delete from allot.pending_rule p where p.tenant_id = ${tenantId} and p.seq in (
        select seq from allot.pending_rule
        where tenant_id = ${tenantId} and seq > ${after} order by seq limit ${PENDING_USERS_MAX})
      returning p.*
    )
    select seq, user_no as "userNo", cohort_ids as "cohortNos", group_id as "groupId", reads, correlation_id as "correlationId"
    from taken order by seq
  `.execute(trx);
  return rows;
}
