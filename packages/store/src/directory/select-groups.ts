import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { groupAttributes } from './group-attributes.ts';
import { columnsOf, cutPages, type DirectoryRow, type Page, pageOf, type PageQuery, presence } from './page.ts';
import { groupsOf } from './subjects.ts';

/**
 * The group with this id, unless deleted.
 * @param options `lock`: nobody else changes, deletes or restores it until the transaction ends; `deleted`: only if it is deleted
 */
export async function selectGroup(
  db: Handle,
  tenantId: string,
  groupId: string,
  properties: readonly string[],
  options: { readonly lock?: 'share' | 'update'; readonly deleted?: boolean } = {},
): Promise<DirectoryRow | undefined> {
  const lock = options.lock === 'update' ? sql`for no key update` : options.lock === 'share' ? sql`for share` : sql``;
  const { rows } = await sql<DirectoryRow>`
    select g.id${columnsOf(groupAttributes, 'g', properties)}
    from allot.directory_group g
    where g.tenant_id = ${tenantId} and g.id = ${groupId} and ${presence('g', options.deleted)}
    ${lock}
  `.execute(db);
  return rows[0];
}

/** One page of the groups that are not deleted, in the order of their ids unless the query says otherwise. */
export async function selectGroups(db: Handle, tenantId: string, query: PageQuery): Promise<Page<DirectoryRow>> {
  const cut = cutPages(groupsOf(tenantId), query, { column: 'id', type: 'uuid' });
  const { rows } = await sql<DirectoryRow>`
    select g.id${columnsOf(groupAttributes, 'g', query.properties)}${cut.column}
    from allot.directory_group g
    where g.tenant_id = ${tenantId} and ${presence('g', query.deleted)} and ${query.condition ?? sql`true`} and ${cut.after}
    order by ${cut.orderBy}
    limit ${query.limit + 1}
  `.execute(db);
  return pageOf(rows, query.limit, ({ id }) => id);
}

/** How many groups are not deleted, or are, and meet the condition. */
export async function countGroupsWhere(
  db: Handle,
  tenantId: string,
  condition?: RawBuilder<boolean>,
  deleted = false,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from allot.directory_group g
    where g.tenant_id = ${tenantId} and ${presence('g', deleted)} and ${condition ?? sql`true`}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** These groups, as a condition for the lists above. */
export const groupIdIn = (ids: readonly string[]): RawBuilder<boolean> => sql`g.id = any(${ids}::uuid[])`;

/** Groups that are members of this one, as a condition for the lists above. */
export const groupInGroup = (tenantId: string, groupId: string): RawBuilder<boolean> => sql`g.id in (
  select n.member_id from allot.group_member n where n.tenant_id = ${tenantId} and n.group_id = ${groupId})`;

/** Groups that a user, or a group, is directly in. */
export const groupOf = (
  tenantId: string,
  member: { readonly userNo: number } | { readonly groupId: string },
): RawBuilder<boolean> =>
  'userNo' in member
    ? sql`g.id in (select m.group_id from allot.membership m where m.tenant_id = ${tenantId} and m.user_no = ${member.userNo})`
    : sql`g.id in (select n.group_id from allot.group_member n where n.tenant_id = ${tenantId} and n.member_id = ${member.groupId})`;
