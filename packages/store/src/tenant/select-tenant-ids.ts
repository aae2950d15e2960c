import { sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

/** Every tenant, for work that is due in all of them. */
export async function selectTenantIds(db: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{
    tenantId: string;
  }>`select tenant_id as "tenantId" from allot.tenant where deleted_at is null`.execute(acrossTenants(db));
  return rows.map(({ tenantId }) => tenantId);
}
