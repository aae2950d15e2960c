import { sql } from 'kysely';

import type { Handle } from '../handle.ts';

/** The old secret is good no longer. */
export async function setApplicationSecret(
  db: Handle,
  tenantId: string,
  clientId: string,
  secretHash: string,
): Promise<void> {
  await sql`
    update allot.application set secret_hash = ${secretHash} where tenant_id = ${tenantId} and client_id = ${clientId}
  `.execute(db);
}

/** Its certificates go with it. */
export async function deleteApplication(db: Handle, tenantId: string, clientId: string): Promise<void> {
  await sql`delete from allot.application where tenant_id = ${tenantId} and client_id = ${clientId}`.execute(db);
}
