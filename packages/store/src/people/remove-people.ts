import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Nothing is left of these people's sign-in: account, links, roles, sessions and tokens that can be refreshed. */
export async function removePeople(db: Handle, tenantId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from allot.account where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`.execute(db);
  await sql`
    delete from allot.role_assignment where tenant_id = ${tenantId} and principal_id = any(${ids}::uuid[])
  `.execute(db);
  await sql`
    delete from allot.oidc_model
    where tenant_id = ${tenantId} and payload ? 'accountId' and payload ->> 'accountId' = any(${ids}::text[])
  `.execute(db);
}

/** Roles for these groups are for nothing any more. */
export async function removeGroupRoles(db: Handle, tenantId: string, groupIds: readonly string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await sql`
    delete from allot.role_assignment where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[])
  `.execute(db);
}
