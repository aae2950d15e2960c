import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { Application } from './application.ts';

/** An application that only calls in its own name needs no more than this. */
export type NewApplication = Pick<Application, 'tenantId' | 'clientId' | 'displayName' | 'secretHash' | 'permissions'> &
  Partial<Application>;

/** Adds an application to a tenant. A client id that the tenant already has is an error of the database. */
export async function createApplication(db: Handle, application: NewApplication): Promise<void> {
  const { tenantId, clientId, displayName, secretHash, permissions } = application;
  const { publicClient = false, redirectUris = [], delegatedPermissions = [] } = application;
  await sql`
    insert into allot.application
      (tenant_id, client_id, display_name, secret_hash, permissions, public_client, redirect_uris, delegated_permissions)
    values (${tenantId}, ${clientId}, ${displayName}, ${secretHash}, ${permissions}, ${publicClient}, ${redirectUris},
            ${delegatedPermissions})
  `.execute(db);
}
