import { sql } from 'kysely';
import { nextSubscriptionMove } from '../catalogue/advance-subscriptions.ts';
import type { Handle } from '../handle.ts';

export const subscriptionTask = 'subscriptions';

/**
 * Makes the one job of the tenant that moves subscriptions run when time next moves one, or never. To be called in the transaction of
 * whatever changes that moment. While the job runs itself, this adds the next one.
 */
export async function scheduleSubscriptions(trx: Handle, tenantId: string): Promise<void> {
  const at = await nextSubscriptionMove(trx, tenantId);
  const key = `${subscriptionTask}:${tenantId}`;
  if (at === null) await sql`select graphile_worker.remove_job(${key})`.execute(trx);
  else {
    await sql`
      select graphile_worker.add_job(${subscriptionTask}, payload := json_build_object('tenantId', ${tenantId}::text),
        run_at := ${at}, job_key := ${key}, max_attempts := 25)
    `.execute(trx);
  }
}
