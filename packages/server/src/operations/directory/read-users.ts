import { notFound } from '@allot/contract';
import {
  allOf,
  countUsersInCohorts,
  countUsersWhere,
  selectGroup,
  selectUser,
  selectUsers,
  type UserRow,
  usersInErrorFrom,
} from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import { type ListAnswer, type ListRequest, readUserQuery } from './list-request.ts';

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
export const listUsers = (ctx: Context, request: ListRequest): Promise<ListAnswer<UserRow>> =>
  listUsersWhere(ctx, request, undefined);

/** How many users meet a filter. @throws ApiError 400 */
export const countUsers = (ctx: Context, request: ListRequest): Promise<number> =>
  inSnapshot(ctx, async (snapshot) => {
    const { condition, cohortNos } = await readUserQuery(snapshot, request);
    return cohortNos === undefined || request.deleted
      ? countUsersWhere(snapshot.db, ctx.tenantId, condition, { deleted: request.deleted })
      : countUsersInCohorts(snapshot.db, ctx.tenantId, cohortNos);
  });

/** One page of the users who get an error from a group. @throws ApiError 404, 400 */
export async function listUsersInError(
  ctx: Context,
  groupId: string,
  request: ListRequest,
): Promise<ListAnswer<UserRow>> {
  if ((await selectGroup(ctx.db, ctx.tenantId, groupId, [])) === undefined) throw notFound(groupId);
  return listUsersWhere(ctx, request, usersInErrorFrom(ctx.tenantId, groupId));
}

/** One page of users of whom something is known besides what the request says. @throws ApiError 400 */
export const listUsersWhere = (
  ctx: Context,
  request: ListRequest,
  known: UserCondition | undefined,
): Promise<ListAnswer<UserRow>> =>
  inSnapshot(ctx, async ({ db, tenantId }) => {
    const query = await readUserQuery({ ...ctx, db }, request);
    const condition = allOf([known, query.condition]);
    const { properties, after, top, count, countMax, deleted } = request;
    const page = await selectUsers(db, tenantId, { ...query, condition, properties, after, limit: top, deleted });
    if (!count) return { ...page, count: undefined };
    const isOfCohorts = known === undefined && !deleted && query.cohortNos !== undefined;
    if (isOfCohorts) return { ...page, count: await countUsersInCohorts(db, tenantId, query.cohortNos) };
    const counted = await countUsersWhere(db, tenantId, condition, { deleted, max: countMax });
    return countMax !== undefined && counted > countMax
      ? { ...page, count: undefined, countMin: counted }
      : { ...page, count: counted };
  });

type UserCondition = ReturnType<typeof usersInErrorFrom>;
