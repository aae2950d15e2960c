import { notFound, unsupportedQuery } from '@allot/contract';
import {
  countMembers,
  type DirectoryRow,
  groupInGroup,
  groupOf,
  selectGroup,
  selectGroupMembers,
  selectUser,
  selectUserMembers,
  userInGroups,
  type UserRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import type { ListAnswer, ListRequest, PageKey } from './list-request.ts';
import { listGroupsWhere } from './read-groups.ts';
import { listUsersWhere } from './read-users.ts';

/** Which members a list shows. */
export type MemberKind = 'all' | 'users' | 'groups';

/** A member with what kind of object it is. */
export type Member =
  | { readonly kind: 'user'; readonly row: UserRow }
  | { readonly kind: 'group'; readonly row: DirectoryRow };

/**
 * One page of the direct members of a group: users in the order of their numbers, then groups. Of one kind also those that meet a filter or
 * a search, in another order.
 * @throws ApiError 404, 400
 */
export async function listMembers(
  ctx: Context,
  groupId: string,
  kind: MemberKind,
  request: ListRequest,
): Promise<ListAnswer<Member>> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
  if (isQuery(request)) {
    return kind === 'users'
      ? usersWhere(ctx, request, userInGroups(ctx.tenantId, [group.id]))
      : groupsWhere(ctx, kind, request, groupInGroup(ctx.tenantId, group.id));
  }
  const { properties, after, top, count } = request;
  const total = count ? await countMembers(ctx.db, ctx.tenantId, group.id) : undefined;
  const counted = total && (kind === 'all' ? total.users + total.groups : total[kind]);
  const amongGroups = typeof after?.last === 'string';

  const users =
    kind === 'groups' || amongGroups
      ? { rows: [], next: undefined }
      : await selectUserMembers(ctx.db, ctx.tenantId, group.id, { properties, after, limit: top });
  const shown = users.rows.map((row): Member => ({ kind: 'user', row }));
  if (users.next !== undefined || kind === 'users') return { rows: shown, next: users.next, count: counted };

  const from = amongGroups ? after : undefined;
  if (shown.length === top) {
    const first = await selectGroupMembers(ctx.db, ctx.tenantId, group.id, { properties: [], after: from, limit: 1 });
    return { rows: shown, next: first.rows.length > 0 ? beforeGroups : undefined, count: counted };
  }
  const groups = await selectGroupMembers(ctx.db, ctx.tenantId, group.id, {
    properties,
    after: from,
    limit: top - shown.length,
  });
  return {
    rows: [...shown, ...groups.rows.map((row): Member => ({ kind: 'group', row }))],
    next: groups.next,
    count: counted,
  };
}

/** Whether more is asked than the next page in the order of the list. */
export const isQuery = ({ filter, search, orderBy }: ListRequest): boolean =>
  filter !== undefined || search !== undefined || orderBy !== undefined;

/** One page of members that are users, of which something is known. @throws ApiError 400 */
export async function usersWhere(
  ctx: Context,
  request: ListRequest,
  known: Parameters<typeof listUsersWhere>[2],
): Promise<ListAnswer<Member>> {
  const { rows, ...page } = await listUsersWhere(ctx, request, known);
  return { ...page, rows: rows.map((row): Member => ({ kind: 'user', row })) };
}

/** The same of groups. @throws ApiError 400 also for members of both kinds: their properties are not the same */
export async function groupsWhere(
  ctx: Context,
  kind: MemberKind,
  request: ListRequest,
  known: Parameters<typeof listGroupsWhere>[2],
): Promise<ListAnswer<Member>> {
  if (kind === 'all') {
    throw unsupportedQuery(
      'Unsupported Query.',
      'Say which kind of members $filter, $search and $orderby are about: …/microsoft.graph.user or …/microsoft.graph.group.',
    );
  }
  const { rows, ...page } = await listGroupsWhere(ctx, request, known);
  return { ...page, rows: rows.map((row): Member => ({ kind: 'group', row })) };
}

/** Where the groups begin, when the users end with a page. */
export const beforeGroups: PageKey = { sorted: [], last: '00000000-0000-0000-0000-000000000000' };

/** One page of the groups that a user is directly in. @param ref id or user principal name @throws ApiError 404, 400 */
export async function listMemberOf(ctx: Context, ref: string, request: ListRequest): Promise<ListAnswer<DirectoryRow>> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  return listGroupsWhere(ctx, request, groupOf(ctx.tenantId, user));
}

/** One page of the groups that a group is directly in. @throws ApiError 404, 400 */
export async function listGroupMemberOf(
  ctx: Context,
  groupId: string,
  request: ListRequest,
): Promise<ListAnswer<DirectoryRow>> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
  return listGroupsWhere(ctx, request, groupOf(ctx.tenantId, { groupId: group.id }));
}
