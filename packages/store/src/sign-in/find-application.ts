import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { Application } from './application.ts';

/** The application of a tenant by its client id, which must be a UUID. */
export async function findApplication(
  db: Handle,
  tenantId: string,
  clientId: string,
): Promise<Application | undefined> {
  const { rows } = await sql<Application>`
    select tenant_id as "tenantId", client_id as "clientId", display_name as "displayName",
           secret_hash as "secretHash", permissions
    from allot.application
    where tenant_id = ${tenantId} and client_id = ${clientId}
  `.execute(db);
  return rows[0];
}
