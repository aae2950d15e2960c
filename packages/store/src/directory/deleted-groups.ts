import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Says that the group is deleted no more. */
export async function markGroupRestored(trx: Handle, tenantId: string, groupId: string): Promise<void> {
  await sql`
    update allot.directory_group set deleted_at = null where tenant_id = ${tenantId} and id = ${groupId}
  `.execute(trx);
}

/** A group that is to be deleted for good. */
export interface DeletedGroup {
  readonly id: string;
  readonly displayName: string;
}

/** Groups that were deleted more than so many days ago, at most `limit` of them. Nobody else restores them meanwhile. */
export async function lockGroupsDeletedBefore(
  trx: Handle,
  tenantId: string,
  days: number,
  limit: number,
): Promise<readonly DeletedGroup[]> {
  const { rows } = await sql<DeletedGroup>`
    select id, display_name as "displayName" from allot.directory_group
    where tenant_id = ${tenantId} and deleted_at < clock_timestamp() - ${days} * interval '1 day'
    order by deleted_at, id limit ${limit} for update
  `.execute(trx);
  return rows;
}

/** Deletes every row of groups that is neither history nor audit. They are deleted already, so nobody has a license of them. */
export async function removeGroups(trx: Handle, tenantId: string, groupIds: readonly string[]): Promise<void> {
  await sql`
    delete from allot.group_member where tenant_id = ${tenantId} and member_id = any(${groupIds}::uuid[])
  `.execute(trx);
  for (const table of ['membership', 'group_member', 'group_owner', 'group_licensing', 'dynamic_group'] as const) {
    await sql`
      delete from ${sql.table(`allot.${table}`)} where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[])
    `.execute(trx);
  }
  await sql`
    delete from allot.directory_group where tenant_id = ${tenantId} and id = any(${groupIds}::uuid[])
  `.execute(trx);
}
