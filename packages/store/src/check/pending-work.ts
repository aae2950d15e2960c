import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { settleTask } from '../licensing/pending.ts';

export interface PendingWork {
  readonly users: number;
  /** Held back while `autoResolve` is off (L-16). */
  readonly deferredUsers: number;
  readonly groupIds: readonly string[];
  /** Rows that say who is to be compared with rules. */
  readonly rules: number;
  /** Whether a job that was not given up waits for a worker, or one works on it. */
  readonly hasJob: boolean;
}

/** What is accepted and not settled, and who will settle it. */
export async function loadPendingWork(db: Handle, tenantId: string): Promise<PendingWork> {
  const { rows } = await sql<PendingWork>`
    select u.users, u."deferredUsers",
      array(select distinct group_id::text from allot.pending_group where tenant_id = ${tenantId} order by 1) as "groupIds",
      (select count(*) from allot.pending_rule where tenant_id = ${tenantId}) as rules,
      exists (
        select from graphile_worker.jobs j
        where j.key = ${`${settleTask}:${tenantId}`} and (j.locked_at is not null or j.attempts < j.max_attempts)
      ) as "hasJob"
    from (
      select count(distinct user_no) filter (where not deferred) as users,
             count(distinct user_no) filter (where deferred) as "deferredUsers"
      from allot.pending_user where tenant_id = ${tenantId}
    ) as u
  `.execute(db);
  return rows[0] ?? { users: 0, deferredUsers: 0, groupIds: [], rules: 0, hasJob: false };
}
