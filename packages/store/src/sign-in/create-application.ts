import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { Application } from './application.ts';

/** Adds an application to a tenant. A client id that the tenant already has is an error of the database. */
export async function createApplication(db: Handle, application: Application): Promise<void> {
  const { tenantId, clientId, displayName, secretHash, permissions } = application;
  await sql`
    insert into allot.application (tenant_id, client_id, display_name, secret_hash, permissions)
    values (${tenantId}, ${clientId}, ${displayName}, ${secretHash}, ${permissions})
  `.execute(db);
}
