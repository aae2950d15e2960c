import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { wakeWorker } from '../licensing/pending.ts';

/** Users whose change was recorded while `autoResolve` was off are settled after all (L-16). */
export async function wakeDeferredUsers(trx: Handle, tenantId: string): Promise<void> {
  await sql`update allot.pending_user set deferred = false where tenant_id = ${tenantId} and deferred`.execute(trx);
  await wakeWorker(trx, tenantId);
}
