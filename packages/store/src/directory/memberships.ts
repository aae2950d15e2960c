import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A user or a group that may be a member. */
export interface MemberObject {
  readonly id: string;
  readonly displayName: string;
  /** null: a group. */
  readonly userNo: number | null;
}

/** The users and groups with these ids, unless deleted. */
export async function findMemberObjects(
  db: Handle,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly MemberObject[]> {
  const { rows } = await sql<MemberObject>`
    select id, display_name as "displayName", user_no as "userNo"
    from allot.directory_user where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) and deleted_at is null
    union all
    select id, display_name, null
    from allot.directory_group where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) and deleted_at is null
  `.execute(db);
  return rows;
}

/** Makes users members of a group; returns those who were not. */
export async function insertMemberships(
  trx: Handle,
  tenantId: string,
  groupId: string,
  userNos: readonly number[],
): Promise<readonly number[]> {
  if (userNos.length === 0) return [];
  const { rows } = await sql<{ userNo: number }>`
    insert into allot.membership (tenant_id, group_id, user_no)
    select ${tenantId}, ${groupId}, user_no from unnest(${userNos}::bigint[]) as t (user_no)
    on conflict do nothing
    returning user_no as "userNo"
  `.execute(trx);
  return rows.map(({ userNo }) => userNo);
}

/** Makes groups members of a group; returns those that were not. */
export async function insertGroupMembers(
  trx: Handle,
  tenantId: string,
  groupId: string,
  memberIds: readonly string[],
): Promise<readonly string[]> {
  if (memberIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into allot.group_member (tenant_id, group_id, member_id)
    select ${tenantId}, ${groupId}, member_id from unnest(${memberIds}::uuid[]) as t (member_id)
    on conflict do nothing
    returning member_id as id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/** Takes a member out of a group; false: it was none. */
export async function deleteMember(
  trx: Handle,
  tenantId: string,
  groupId: string,
  member: MemberObject,
): Promise<boolean> {
  const { rows } =
    member.userNo === null
      ? await sql`
          delete from allot.group_member
          where tenant_id = ${tenantId} and group_id = ${groupId} and member_id = ${member.id} returning 1
        `.execute(trx)
      : await sql`
          delete from allot.membership
          where tenant_id = ${tenantId} and group_id = ${groupId} and user_no = ${member.userNo} returning 1
        `.execute(trx);
  return rows.length > 0;
}

/** Takes all groups out of a group; returns how many there were. */
export async function deleteGroupMembers(trx: Handle, tenantId: string, groupId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from allot.group_member where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
  return Number(numAffectedRows ?? 0);
}
