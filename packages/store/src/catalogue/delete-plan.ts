import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Deletes a service plan that nothing uses. */
export async function deletePlan(trx: Handle, tenantId: string, planId: string): Promise<void> {
  await sql`delete from allot.plan where tenant_id = ${tenantId} and plan_id = ${planId}`.execute(trx);
}
