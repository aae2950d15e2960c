import { type RawBuilder, sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';
import { settleTask } from '../licensing/pending.ts';
import { rulesTask } from './schedule-rules.ts';
import { subscriptionTask } from './schedule-subscriptions.ts';

/**
 * Makes sure that somebody soon works for every tenant with something accepted and not settled, or with a subscription or a rule whose time
 * has come: adds a job where none runs and none begins within `withinMs`. After failures the job queue waits ever longer (hours in the
 * end) and at last gives up; what was accepted must not.
 */
export async function wakeStalled(db: Handle, withinMs: number): Promise<void> {
  await wakeWhere(
    db,
    settleTask,
    withinMs,
    sql`exists (select from allot.pending_user p where p.tenant_id = t.tenant_id and not p.deferred)
      or exists (select from allot.pending_group p where p.tenant_id = t.tenant_id)
      or exists (select from allot.pending_rule p where p.tenant_id = t.tenant_id)
      or exists (select from allot.pending_mail p where p.tenant_id = t.tenant_id)`,
  );
  await wakeWhere(
    db,
    subscriptionTask,
    withinMs,
    sql`exists (select from allot.subscription s where s.tenant_id = t.tenant_id and s.moves_at <= now())`,
  );
  await wakeWhere(
    db,
    rulesTask,
    withinMs,
    sql`exists (select from allot.dynamic_group d where d.tenant_id = t.tenant_id and d.next_at <= now())`,
  );
}

/** @param waits over `t`, a tenant: it has work of this task */
async function wakeWhere(db: Handle, task: string, withinMs: number, waits: RawBuilder<boolean>): Promise<void> {
  await sql`
    select graphile_worker.add_job(${task}, payload := json_build_object('tenantId', t.tenant_id),
      job_key := ${`${task}:`} || t.tenant_id, max_attempts := 25)
    from allot.tenant t
    where (${waits}) and t.deleted_at is null
      and not exists (
        select from graphile_worker.jobs j
        where j.key = ${`${task}:`} || t.tenant_id
          and (j.locked_at is not null
            or j.attempts < j.max_attempts and j.run_at <= now() + ${withinMs} * interval '1 millisecond'))
  `.execute(acrossTenants(db));
}
