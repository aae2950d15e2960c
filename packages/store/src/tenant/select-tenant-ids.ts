import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Every tenant, for work that is due in all of them. */
export async function selectTenantIds(db: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{ tenantId: string }>`select tenant_id as "tenantId" from allot.tenant`.execute(db);
  return rows.map(({ tenantId }) => tenantId);
}
