import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { wakeWorker } from '../licensing/pending.ts';

export const rulesTask = 'rules';

/**
 * Makes the one job of the tenant that evaluates rules over time run when time next changes what one of them says, or never. To be called in
 * the transaction of whatever changes that moment.
 */
export async function scheduleRules(trx: Handle, tenantId: string): Promise<void> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(d.next_at) as at from allot.dynamic_group d where d.tenant_id = ${tenantId}
  `.execute(trx);
  const at = rows[0]?.at ?? null;
  if (at === null) return;
  await sql`
    select graphile_worker.add_job(${rulesTask}, payload := json_build_object('tenantId', ${tenantId}::text),
      run_at := ${at}, job_key := ${`${rulesTask}:${tenantId}`}, max_attempts := 25)
  `.execute(trx);
}

/** Notes groups by rule whose time has come, for everybody; the background compares. */
export async function noteRulesDue(trx: Handle, tenantId: string, correlationId: string): Promise<void> {
  const { rows } = await sql`
    with due as (
      update allot.dynamic_group set next_at = null where tenant_id = ${tenantId} and next_at <= now() returning group_id
    )
    insert into allot.pending_rule (tenant_id, group_id, correlation_id)
    select ${tenantId}, group_id, ${correlationId}::uuid from due returning seq
  `.execute(trx);
  if (rows.length) await wakeWorker(trx, tenantId);
  await scheduleRules(trx, tenantId);
}
