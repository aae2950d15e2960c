import { notFound } from '@allot/contract';
import { allOf, countGroupsWhere, type DirectoryRow, type groupIdIn, selectGroup, selectGroups } from '@allot/store';
import type { Context } from '../context.ts';
import { type ListAnswer, type ListRequest, readGroupQuery } from './list-request.ts';

/** A group with these properties. @param options `deleted`: a deleted one @throws ApiError 404 */
export async function readGroup(
  ctx: Context,
  groupId: string,
  properties: readonly string[],
  options: { readonly deleted?: boolean } = {},
): Promise<DirectoryRow> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, properties, options);
  if (group === undefined) throw notFound(groupId);
  return group;
}

/** One page of groups. @throws ApiError 400 */
export const listGroups = (ctx: Context, request: ListRequest): Promise<ListAnswer<DirectoryRow>> =>
  listGroupsWhere(ctx, request, undefined);

/** How many groups meet a filter. @throws ApiError 400 */
export function countGroups(ctx: Context, request: ListRequest): Promise<number> {
  const { condition } = readGroupQuery(ctx, request);
  return countGroupsWhere(ctx.db, ctx.tenantId, condition, request.deleted);
}

/** One page of groups of which something is known besides what the request says. @throws ApiError 400 */
export async function listGroupsWhere(
  { db, tenantId, ...ctx }: Context,
  request: ListRequest,
  known: ReturnType<typeof groupIdIn> | undefined,
): Promise<ListAnswer<DirectoryRow>> {
  const query = readGroupQuery({ ...ctx, db, tenantId }, request);
  const condition = allOf([known, query.condition]);
  const { properties, after, top, count, deleted } = request;
  const page = await selectGroups(db, tenantId, { ...query, condition, properties, after, limit: top, deleted });
  return { ...page, count: count ? await countGroupsWhere(db, tenantId, condition, deleted) : undefined };
}
