import { ApiError, badRequest, notFound } from '@allot/contract';
import {
  countUsersOfGroups,
  type DirectoryRow,
  findGroupsAbove,
  findNestedGroups,
  groupIdIn,
  selectGroup,
  selectGroupsAmong,
  selectUser,
  selectUsersByIds,
  selectUsersOfGroups,
  userInGroups,
} from '@allot/store';
import type { Context } from '../context.ts';
import type { Member, MemberKind } from './list-members.ts';
import { beforeGroups, groupsWhere, isQuery, usersWhere } from './list-members.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { listGroupsWhere } from './read-groups.ts';

/** One page of the members of a group and of the groups nested in it: users, then groups, each once. @throws ApiError 404 */
export async function listTransitiveMembers(
  ctx: Context,
  groupId: string,
  kind: MemberKind,
  request: ListRequest,
): Promise<ListAnswer<Member>> {
  const { db, tenantId } = ctx;
  const group = await selectGroup(db, tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
  const within = await findNestedGroups(db, tenantId, group.id);
  const nested = within.filter((id) => id !== group.id);
  if (isQuery(request)) {
    return kind === 'users'
      ? usersWhere(ctx, request, userInGroups(tenantId, within))
      : groupsWhere(ctx, kind, request, groupIdIn(nested));
  }
  const { properties, after, top, count } = request;
  const users = count && kind !== 'groups' ? await countUsersOfGroups(db, tenantId, within) : 0;
  const counted = count ? users + (kind === 'users' ? 0 : nested.length) : undefined;
  const amongGroups = typeof after?.last === 'string';
  const shown =
    kind === 'groups' || amongGroups
      ? { rows: [], next: undefined }
      : await selectUsersOfGroups(db, tenantId, within, { properties, after, limit: top });
  const rows = shown.rows.map((row): Member => ({ kind: 'user', row }));
  if (shown.next !== undefined || kind === 'users') return { rows, next: shown.next, count: counted };
  if (rows.length === top) return { rows, next: nested.length > 0 ? beforeGroups : undefined, count: counted };
  const from = amongGroups ? after : undefined;
  const groups = await selectGroupsAmong(db, tenantId, nested, { properties, after: from, limit: top - rows.length });
  return {
    rows: [...rows, ...groups.rows.map((row): Member => ({ kind: 'group', row }))],
    next: groups.next,
    count: counted,
  };
}

/** Whose groups are asked for. `ref`: of a user the id or user principal name. */
export interface MemberRef {
  readonly kind: 'user' | 'group' | 'either';
  readonly ref: string;
}

/** One page of the groups that somebody is in, directly or through other groups. @throws ApiError 404 */
export async function listTransitiveMemberOf(
  ctx: Context,
  member: MemberRef,
  request: ListRequest,
): Promise<ListAnswer<DirectoryRow>> {
  const ids = await findGroupsAbove(ctx.db, ctx.tenantId, await findMember(ctx, member));
  return listGroupsWhere(ctx, request, groupIdIn(ids));
}

/** Ids of one question at most, as in Graph. */
const checkedMax = 20;

/** Which of these groups somebody is in, directly or through other groups. @throws ApiError 404, or 400 for too many ids */
export async function checkMemberGroups(
  ctx: Context,
  member: MemberRef,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length > checkedMax)
    throw badRequest(`Too many ids: at most ${checkedMax} are allowed.`, 'Ask for the others in further requests.');
  return findGroupsAbove(ctx.db, ctx.tenantId, await findMember(ctx, member), { among: ids });
}

/** Groups of one answer at most, as in Graph. */
const answeredMax = 11_000;

/** All groups that somebody is in, directly or through other groups. @throws ApiError 404, or 400 when there are too many */
export async function getMemberGroups(
  ctx: Context,
  member: MemberRef,
  securityEnabledOnly: boolean,
): Promise<readonly string[]> {
  const found = await findMember(ctx, member);
  const ids = await findGroupsAbove(ctx.db, ctx.tenantId, found, { securityEnabledOnly, limit: answeredMax + 1 });
  if (ids.length > answeredMax) {
    throw new ApiError(
      400,
      'Directory_ResultSizeLimitExceeded',
      'The specified directory object has too many group memberships.',
      {
        advice: `More than ${answeredMax}: page through transitiveMemberOf instead.`,
      },
    );
  }
  return ids;
}

async function findMember(ctx: Context, { kind, ref }: MemberRef) {
  const { db, tenantId } = ctx;
  const user = kind === 'group' ? undefined : await selectUser(db, tenantId, ref, []);
  if (user !== undefined) return { userNo: user.userNo };
  const group = kind === 'user' ? undefined : await selectGroup(db, tenantId, ref, []);
  if (group !== undefined) return { groupId: group.id };
  throw notFound(ref);
}

/** Ids of one request at most, as in Graph. */
const idsPerRequestMax = 1_000;

/** The users and groups with these ids that are there. @throws ApiError 400 for too many */
export async function findObjects(
  ctx: Context,
  ids: readonly string[],
  { users, groups }: { readonly users: readonly string[] | undefined; readonly groups: readonly string[] | undefined },
): Promise<readonly Member[]> {
  const { db, tenantId } = ctx;
  if (ids.length > idsPerRequestMax)
    throw badRequest(
      `Too many ids: at most ${idsPerRequestMax} are allowed.`,
      'Ask for the others in further requests.',
    );
  const userRows = users ? await selectUsersByIds(db, tenantId, ids, users) : [];
  const query = { properties: groups ?? [], after: undefined, limit: idsPerRequestMax };
  const groupRows = groups ? (await selectGroupsAmong(db, tenantId, ids, query)).rows : [];
  return [
    ...userRows.map((row): Member => ({ kind: 'user', row })),
    ...groupRows.map((row): Member => ({ kind: 'group', row })),
  ];
}
