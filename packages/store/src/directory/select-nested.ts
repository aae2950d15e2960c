import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from '../licensing/array-literals.ts';
import { groupAttributes } from './group-attributes.ts';
import { columnsOf, type DirectoryRow, type Page, pageOf, type PageQuery, type UserRow } from './page.ts';
import { userAttributes } from './user-attributes.ts';

type NestedQuery = Pick<PageQuery, 'properties' | 'after' | 'limit'>;

/**
 * A group and the groups nested in it, however deep, each once; circles end. What is deleted is not among them and passes nothing on.
 */
export async function findNestedGroups(db: Handle, tenantId: string, groupId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive nested (id) as (
      select ${groupId}::uuid
      union
      select n.member_id from nested
      join allot.group_member n on n.tenant_id = ${tenantId} and n.group_id = nested.id
      join allot.directory_group g on g.tenant_id = n.tenant_id and g.id = n.member_id and g.deleted_at is null
    )
    select id from nested order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * One page of the users in any of these groups, each once, in the order of their numbers. Every group gives as many as the page holds, by its
 * index; so a page costs as much as there are groups, however many members they have.
 */
export async function selectUsersOfGroups(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
  { properties, after, limit }: NestedQuery,
): Promise<Page<UserRow>> {
  const { rows } = await sql<UserRow>`
    select u.user_no as "userNo", u.id${columnsOf(userAttributes, 'u', properties)}
    from (
      select distinct m.user_no
      from unnest(${uuids(groupIds)}) as g (id)
      cross join lateral (
        select m.user_no from allot.membership m
        join allot.directory_user d on d.tenant_id = m.tenant_id and d.user_no = m.user_no and d.deleted_at is null
        where m.tenant_id = ${tenantId} and m.group_id = g.id and m.user_no > ${after?.last ?? 0}::bigint
        order by m.user_no limit ${limit + 1}
      ) as m
      order by m.user_no limit ${limit + 1}
    ) as m
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = m.user_no
    order by u.user_no
  `.execute(db);
  return pageOf(rows, limit, ({ userNo }) => userNo);
}

/** How many users are in any of these groups, each counted once, deleted ones left out. */
export async function countUsersOfGroups(db: Handle, tenantId: string, groupIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct m.user_no) as count from allot.membership m
    join allot.directory_user u on u.tenant_id = m.tenant_id and u.user_no = m.user_no and u.deleted_at is null
    where m.tenant_id = ${tenantId} and m.group_id = any(${uuids(groupIds)})
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** One page of these groups, in the order of their ids. */
export async function selectGroupsAmong(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
  { properties, after, limit }: NestedQuery,
): Promise<Page<DirectoryRow>> {
  const { rows } = await sql<DirectoryRow>`
    select g.id${columnsOf(groupAttributes, 'g', properties)}
    from allot.directory_group g
    where g.tenant_id = ${tenantId} and g.id = any(${uuids(groupIds)}) and g.deleted_at is null
      and g.id > ${after?.last ?? firstId}::uuid
    order by g.id limit ${limit + 1}
  `.execute(db);
  return pageOf(rows, limit, ({ id }) => id);
}

const firstId = '00000000-0000-0000-0000-000000000000';

/** Whoever may be a member: a user by number, or a group. */
export type Nested = { readonly userNo: number } | { readonly groupId: string };

/** The groups that somebody is in, directly or through other groups, in the order of their ids; a group is not in itself. */
export async function findGroupsAbove(
  db: Handle,
  tenantId: string,
  member: Nested,
  options: { readonly securityEnabledOnly?: boolean; readonly among?: readonly string[]; readonly limit?: number } = {},
): Promise<readonly string[]> {
  const { securityEnabledOnly = false, among, limit } = options;
  const direct: RawBuilder<unknown> =
    'userNo' in member
      ? sql`select m.group_id from allot.membership m where m.tenant_id = ${tenantId} and m.user_no = ${member.userNo}`
      : sql`select m.group_id from allot.group_member m where m.tenant_id = ${tenantId} and m.member_id = ${member.groupId}`;
  const itself = 'groupId' in member ? sql<boolean>`g.id <> ${member.groupId}::uuid` : sql<boolean>`true`;
  const { rows } = await sql<{ id: string }>`
    with recursive above (id) as (
      select g.id from (${direct}) as m
      join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = m.group_id and g.deleted_at is null
      union
      select g.id from above a
      join allot.group_member n on n.tenant_id = ${tenantId} and n.member_id = a.id
      join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = n.group_id and g.deleted_at is null
    )
    select g.id from above a join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = a.id
    where ${itself} and (g.security_enabled or not ${securityEnabledOnly})
      and ${among === undefined ? sql<boolean>`true` : sql<boolean>`g.id = any(${uuids(among)})`}
    order by g.id ${limit === undefined ? sql`` : sql`limit ${limit}`}
  `.execute(db);
  return rows.map(({ id }) => id);
}
