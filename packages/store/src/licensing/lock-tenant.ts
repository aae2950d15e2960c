import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * Serializes plans of one tenant (L-19): locks its row until the transaction ends. In a repeatable-read transaction
 * this fails with 40001 when another plan was applied since the snapshot, and the caller begins anew.
 * @returns the revision that the plan is made on; undefined: no such tenant.
 */
export async function lockTenant(trx: Handle, tenantId: string): Promise<number | undefined> {
  const { rows } = await sql<{ revision: number }>`
    select revision from allot.tenant where tenant_id = ${tenantId} for no key update
  `.execute(trx);
  return rows[0]?.revision;
}
