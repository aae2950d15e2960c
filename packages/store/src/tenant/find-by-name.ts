import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Groups of this name that are not deleted, oldest first. */
export async function findGroupIds(db: Handle, tenantId: string, displayName: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from allot.directory_group
    where tenant_id = ${tenantId} and display_name = ${displayName} and deleted_at is null order by created_at, id
  `.execute(db);
  return rows.map(({ id }) => id);
}
