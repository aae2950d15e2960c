import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { deleteGroup } from '../operations/directory/delete-group.ts';
import { groupOfUniqueName, upsertGroup } from '../operations/directory/upsert-group.ts';
import { updateGroup } from '../operations/directory/change-groups.ts';
import { answerGroup, locationOf } from './groups.ts';
import { createGroups } from './permissions.ts';
import { allowOptions } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { splitReferences } from './references.ts';
import { groupTypeOf } from './resources/group-resource.ts';

/** GET /groups(uniqueName='…') */
export async function getGroupByName(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, groupTypeOf(request), 'one');
  const id = await groupOfUniqueName(request.ctx, nameIn(request));
  return ok(await answerGroup(request, id, selection));
}

/** PATCH /groups(uniqueName='…'); with `Prefer: create-if-missing` the group is created if there is none. */
export async function patchGroupByName(request: RouteRequest): Promise<RouteAnswer> {
  const { rest, ...references } = splitReferences(request.body);
  const uniqueName = nameIn(request);
  if (!/(?:^|,)\s*create-if-missing\s*(?:$|[,;])/i.test(request.header('prefer') ?? '')) {
    await updateGroup(request.ctx, await groupOfUniqueName(request.ctx, uniqueName), rest, references);
    return noContent;
  }
  request.requirePermission(createGroups);
  const created = await upsertGroup(request.ctx, uniqueName, rest, references);
  if (created === undefined) return noContent;
  const headers = { location: locationOf(request, created) };
  return { status: 201, body: await answerGroup(request, created, groupTypeOf(request).standard), headers };
}

/** DELETE /groups(uniqueName='…') */
export async function removeGroupByName(request: RouteRequest): Promise<RouteAnswer> {
  await deleteGroup(request.ctx, await groupOfUniqueName(request.ctx, nameIn(request)), { removeLicenses: false });
  return noContent;
}

/** Between its quotes; what the address had to encode is decoded already. */
const nameIn = (request: RouteRequest): string => request.param('uniqueName');
