import { notFound } from '@allot/contract';
import {
  countMemberOf,
  countMembers,
  type DirectoryRow,
  selectGroup,
  selectGroupMembers,
  selectMemberOf,
  selectUser,
  selectUserMembers,
  type UserRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import type { ListAnswer, ListRequest, PageKey } from './list-request.ts';

/** Which members a list shows. */
export type MemberKind = 'all' | 'users' | 'groups';

/** A member with what kind of object it is. */
export type Member =
  | { readonly kind: 'user'; readonly row: UserRow }
  | { readonly kind: 'group'; readonly row: DirectoryRow };

type MembersRequest = Pick<ListRequest, 'properties' | 'after' | 'top' | 'count'>;

/** One page of the direct members of a group: users in the order of their numbers, then groups. @throws ApiError 404 */
export async function listMembers(
  ctx: Context,
  groupId: string,
  kind: MemberKind,
  { properties, after, top, count }: MembersRequest,
): Promise<ListAnswer<Member>> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
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

/** Where the groups begin, when the users end with a page. */
export const beforeGroups: PageKey = { sorted: null, last: '00000000-0000-0000-0000-000000000000' };

/** One page of the groups that a user is directly in. @param ref id or user principal name @throws ApiError 404 */
export async function listMemberOf(
  ctx: Context,
  ref: string,
  { properties, after, top, count }: MembersRequest,
): Promise<ListAnswer<DirectoryRow>> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  const page = await selectMemberOf(ctx.db, ctx.tenantId, user, { properties, after, limit: top });
  return { ...page, count: count ? await countMemberOf(ctx.db, ctx.tenantId, user) : undefined };
}

/** One page of the groups that a group is directly in. @throws ApiError 404 */
export async function listGroupMemberOf(
  ctx: Context,
  groupId: string,
  { properties, after, top, count }: MembersRequest,
): Promise<ListAnswer<DirectoryRow>> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
  const page = await selectMemberOf(ctx.db, ctx.tenantId, { groupId: group.id }, { properties, after, limit: top });
  return { ...page, count: count ? await countMemberOf(ctx.db, ctx.tenantId, { groupId: group.id }) : undefined };
}
