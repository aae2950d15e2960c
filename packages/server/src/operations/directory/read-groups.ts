import { notFound } from '@allot/contract';
import { countGroupsWhere, type DirectoryRow, groupsOf, selectGroup, selectGroups } from '@allot/store';
import type { Context } from '../context.ts';
import { type ListAnswer, type ListRequest, readQuery } from './list-request.ts';

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
export async function listGroups(ctx: Context, request: ListRequest): Promise<ListAnswer<DirectoryRow>> {
  const query = readQuery(request, groupsOf(ctx.tenantId));
  const { properties, after, top, count, deleted } = request;
  const page = await selectGroups(ctx.db, ctx.tenantId, { ...query, properties, after, limit: top, deleted });
  return { ...page, count: count ? await countGroupsWhere(ctx.db, ctx.tenantId, query.condition, deleted) : undefined };
}

/** How many groups meet a filter. @throws ApiError 400 */
export function countGroups(ctx: Context, request: ListRequest): Promise<number> {
  const { condition } = readQuery(request, groupsOf(ctx.tenantId));
  return countGroupsWhere(ctx.db, ctx.tenantId, condition, request.deleted);
}
