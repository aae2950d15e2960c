import { sql } from 'kysely';

import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

export type TenantName = { readonly tenantId: string; readonly displayName: string; readonly initialDomain: string };

/** The tenant that goes by this id or initial domain, in any case. */
export async function findTenantByIdOrDomain(db: Handle, idOrDomain: string): Promise<TenantName | undefined> {
  // tenant_id::text would be simpler and use no index.
  const id = uuid.test(idOrDomain) ? idOrDomain : null;
  const { rows } = await sql<TenantName>`
    select tenant_id as "tenantId", display_name as "displayName", initial_domain as "initialDomain"
    from allot.tenant
    where (tenant_id = ${id}::uuid or lower(initial_domain) = lower(${idOrDomain}::text)) and deleted_at is null
    order by (tenant_id = ${id}::uuid) desc nulls last
    limit 1
  `.execute(acrossTenants(db));
  return rows[0];
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
