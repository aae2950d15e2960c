import { notFound } from '@allot/contract';
import {
  countUsersWhere,
  selectGroup,
  selectUser,
  selectUsers,
  type UserRow,
  usersInErrorFrom,
  usersOf,
} from '@allot/store';
import type { Context } from '../context.ts';
import { type ListAnswer, type ListRequest, readQuery } from './list-request.ts';

/**
 * A user with these properties.
 * @param ref id or user principal name
 * @param options `deleted`: a deleted one, by id
 * @throws ApiError 404
 */
export async function readUser(
  ctx: Context,
  ref: string,
  properties: readonly string[],
  options: { readonly deleted?: boolean } = {},
): Promise<UserRow> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, properties, options);
  if (user === undefined) throw notFound(ref);
  return user;
}

/** One page of users. @throws ApiError 400 */
export async function listUsers(ctx: Context, request: ListRequest): Promise<ListAnswer<UserRow>> {
  const query = readQuery(request, usersOf(ctx.tenantId));
  const { properties, after, top, count, deleted } = request;
  const page = await selectUsers(ctx.db, ctx.tenantId, { ...query, properties, after, limit: top, deleted });
  return { ...page, count: count ? await countUsersWhere(ctx.db, ctx.tenantId, query.condition, deleted) : undefined };
}

/** How many users meet a filter. @throws ApiError 400 */
export function countUsers(ctx: Context, request: ListRequest): Promise<number> {
  const { condition } = readQuery(request, usersOf(ctx.tenantId));
  return countUsersWhere(ctx.db, ctx.tenantId, condition, request.deleted);
}

/** One page of the users who get an error from a group. @throws ApiError 404 */
export async function listUsersInError(
  ctx: Context,
  groupId: string,
  { properties, after, top, count }: ListRequest,
): Promise<ListAnswer<UserRow>> {
  if ((await selectGroup(ctx.db, ctx.tenantId, groupId, [])) === undefined) throw notFound(groupId);
  const condition = usersInErrorFrom(ctx.tenantId, groupId);
  const page = await selectUsers(ctx.db, ctx.tenantId, { condition, properties, after, limit: top });
  return { ...page, count: count ? await countUsersWhere(ctx.db, ctx.tenantId, condition) : undefined };
}
