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
    ${applicationColumns(tenantId)} and client_id = ${clientId}
  `.execute(db);
  return rows[0];
}

/** All applications of a tenant, by name. */
export async function listApplications(db: Handle, tenantId: string): Promise<readonly Application[]> {
  const { rows } = await sql<Application>`
    ${applicationColumns(tenantId)}
    order by display_name, client_id
  `.execute(db);
  return rows;
}

const applicationColumns = (tenantId: string) => sql`
  select tenant_id as "tenantId", client_id as "clientId", display_name as "displayName", secret_hash as "secretHash",
         permissions, public_client as "publicClient", redirect_uris as "redirectUris",
         delegated_permissions as "delegatedPermissions"
  from allot.application
  where tenant_id = ${tenantId}`;
