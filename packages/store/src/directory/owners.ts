import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { columnsOf, type Page, pageOf, type PageQuery, type UserRow } from './page.ts';
import { userAttributes } from './user-attributes.ts';

type OwnerQuery = Pick<PageQuery, 'properties' | 'after' | 'limit'>;

/** Makes users owners of a group; returns those who were not. */
export async function insertOwners(
  trx: Handle,
  tenantId: string,
  groupId: string,
  userNos: readonly number[],
): Promise<readonly number[]> {
  if (userNos.length === 0) return [];
  const { rows } = await sql<{ userNo: number }>`
    insert into allot.group_owner (tenant_id, group_id, user_no)
    select ${tenantId}, ${groupId}, user_no from unnest(${userNos}::bigint[]) as t (user_no)
    on conflict do nothing
    returning user_no as "userNo"
  `.execute(trx);
  return rows.map(({ userNo }) => userNo);
}

/** Takes an owner from a group; false: the user was none. */
export async function deleteOwner(trx: Handle, tenantId: string, groupId: string, userNo: number): Promise<boolean> {
  const { rows } = await sql`
    delete from allot.group_owner
    where tenant_id = ${tenantId} and group_id = ${groupId} and user_no = ${userNo} returning 1
  `.execute(trx);
  return rows.length > 0;
}

/** How many users own a group, deleted ones left out. */
export async function countOwners(db: Handle, tenantId: string, groupId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from allot.group_owner o
    join allot.directory_user u on u.tenant_id = o.tenant_id and u.user_no = o.user_no and u.deleted_at is null
    where o.tenant_id = ${tenantId} and o.group_id = ${groupId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** One page of the users who own a group, in the order of their numbers. */
export async function selectOwners(
  db: Handle,
  tenantId: string,
  groupId: string,
  { properties, after, limit }: OwnerQuery,
): Promise<Page<UserRow>> {
  const { rows } = await sql<UserRow>`
    select u.user_no as "userNo", u.id${columnsOf(userAttributes, 'u', properties)}
    from allot.group_owner o
    join allot.directory_user u on u.tenant_id = o.tenant_id and u.user_no = o.user_no and u.deleted_at is null
    where o.tenant_id = ${tenantId} and o.group_id = ${groupId} and o.user_no > ${after?.last ?? 0}::bigint
    order by o.user_no
    limit ${limit + 1}
  `.execute(db);
  return pageOf(rows, limit, ({ userNo }) => userNo);
}

/** Groups that a user owns, as a condition for lists of groups. */
export const groupOwnedBy = (tenantId: string, userNo: number): RawBuilder<boolean> => sql`g.id in (
  select o.group_id from allot.group_owner o where o.tenant_id = ${tenantId} and o.user_no = ${userNo})`;
