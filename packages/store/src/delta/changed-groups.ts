import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { ChangedQuery } from './changed-users.ts';
import { type Position, unseen } from './position.ts';

/** A group that something happened to since a position, and what there is now. */
export interface ChangedGroup {
  readonly id: string;
  readonly standing: 'present' | 'deleted' | 'gone';
  /** Whether somebody came or went. */
  readonly membersChanged: boolean;
}

/** Groups that something happened to, in the order of their ids. @param after the id after which to begin; undefined: at the first */
export async function selectChangedGroups(
  db: Handle,
  tenantId: string,
  {
    since,
    ids,
    limit,
    after,
    members,
  }: ChangedQuery & { readonly after: string | undefined; readonly members: boolean },
): Promise<readonly ChangedGroup[]> {
  const { rows } = await sql<ChangedGroup>`
    select c.id, c.members as "membersChanged",
           case when g.id is null then 'gone' when g.deleted_at is null then 'present' else 'deleted' end as standing
    from (
      select id, bool_or(members) as members from (
        select unnest(d.ids), false from allot.directory_change d
        where d.tenant_id = ${tenantId} and ${unseen(since)} and d.kind in ('group', 'groupGone')
        union all
        select d.group_id, true from allot.directory_change d
        where ${members} and d.tenant_id = ${tenantId} and ${unseen(since)} and d.group_id is not null
      ) as d (id, members)
      where ${after === undefined ? sql`true` : sql`id > ${after}::uuid`} and ${ids === undefined ? sql`true` : sql`id = any(${ids}::uuid[])`}
      group by id order by id limit ${limit}
    ) as c
    left join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = c.id
    order by c.id
  `.execute(db);
  return rows;
}

/** A member that came or went. */
export interface ChangedMember {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly removed: boolean;
  /** A user's number, or a group's id: where to go on. */
  readonly key: string | number;
}

interface MembersQuery {
  /** A user's number, or the id of a group: what comes after it. Users come first. */
  readonly after: string | number;
  readonly limit: number;
}

/**
 * Members of a group who came or went since a position, users in the order of their numbers, then groups: whether each is one now.
 * Deleted users stay members until they are deleted for good.
 */
export async function selectChangedMembers(
  db: Handle,
  tenantId: string,
  groupId: string,
  since: Position,
  { after, limit }: MembersQuery,
): Promise<readonly ChangedMember[]> {
  const users =
    typeof after === 'string' ? [] : await changedUserMembers(db, tenantId, groupId, since, { after, limit });
  if (users.length === limit) return users;
  const { rows } = await sql<ChangedMember>`
    select 'group' as kind, c.id, c.id as key, m.member_id is null as removed
    from (
      select distinct id from ${touched(tenantId, groupId, since, sql`ids`, ['joinedGroup', 'leftGroup'])} as t (id)
      where ${typeof after === 'string' ? sql`id > ${after}::uuid` : sql`true`}
      order by id limit ${limit - users.length}
    ) as c
    left join allot.group_member m on m.tenant_id = ${tenantId} and m.group_id = ${groupId} and m.member_id = c.id
    order by c.id
  `.execute(db);
  return [...users, ...rows];
}

async function changedUserMembers(
  db: Handle,
  tenantId: string,
  groupId: string,
  since: Position,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly ChangedMember[]> {
  const { rows } = await sql<ChangedMember>`
    select 'user' as kind, coalesce(u.id, g.id) as id, c.n as key, m.user_no is null as removed
    from (
      select distinct n from ${touched(tenantId, groupId, since, sql`user_nos`, ['joined', 'left'])} as t (n)
      where n > ${after}::bigint order by n limit ${limit}
    ) as c
    left join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = ${groupId} and m.user_no = c.n
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = c.n
    left join lateral (
      select one.id from allot.directory_change d cross join lateral unnest(d.user_nos, d.ids) as one (n, id)
      where d.tenant_id = ${tenantId} and ${unseen(since)} and d.kind = 'userGone' and one.n = c.n limit 1
    ) g on u.id is null
    order by c.n
  `.execute(db);
  return rows;
}

const touched = (
  tenantId: string,
  groupId: string,
  since: Position,
  column: RawBuilder<unknown>,
  kinds: readonly string[],
): RawBuilder<unknown> => sql`(
  select unnest(${column}) from allot.directory_change
  where tenant_id = ${tenantId} and group_id = ${groupId} and ${unseen(since)} and kind = any(${kinds}::text[]))`;

/** All members of a group in the same order. */
export async function selectEveryMember(
  db: Handle,
  tenantId: string,
  groupId: string,
  { after, limit }: MembersQuery,
): Promise<readonly ChangedMember[]> {
  const { rows } = await sql<ChangedMember>`
    select * from (
      select 'user' as kind, u.id, m.user_no::text as key, false as removed, m.user_no as n
      from allot.membership m join allot.directory_user u on u.tenant_id = m.tenant_id and u.user_no = m.user_no
      where ${typeof after === 'number'} and m.tenant_id = ${tenantId} and m.group_id = ${groupId}
        and m.user_no > ${typeof after === 'number' ? after : 0}::bigint
      order by m.user_no limit ${limit}
    ) as users
    union all
    select * from (
      select 'group', g.member_id, g.member_id::text, false, null::bigint from allot.group_member g
      where tenant_id = ${tenantId} and group_id = ${groupId}
        and ${typeof after === 'string' ? sql`g.member_id > ${after}::uuid` : sql`true`}
      order by g.member_id limit ${limit}
    ) as groups
    order by n nulls last, id
    limit ${limit}
  `.execute(db);
  return rows.map(({ kind, id, key, removed }) => ({ kind, id, removed, key: kind === 'user' ? Number(key) : key }));
}
