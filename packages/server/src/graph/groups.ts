import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { createGroup, updateGroup } from '../operations/directory/change-groups.ts';
import { deleteGroup } from '../operations/directory/delete-group.ts';
import type { DirectoryRow } from '../operations/directory/list-request.ts';
import { objectOf } from '../operations/directory/read-values.ts';
import { countGroups, listGroups, readGroup } from '../operations/directory/read-groups.ts';
import { listUsersInError } from '../operations/directory/read-users.ts';
import { requireEventual } from './count.ts';
import { type Expand, expandGroups } from './expand.ts';
import { objectId } from './object-id.ts';
import { writeGroups } from './permissions.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions, listOptions, listRequest, readFlag, refuseExpandedSearch } from './query/options.ts';
import { readSelect, type Selection } from './query/select.ts';
import { splitReferences } from './references.ts';
import { groupTypeOf } from './resources/group-resource.ts';
import { groupResources, userResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** GET /groups */
export async function getGroups(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, [...listOptions, '$expand']);
  const selection = readSelect(request.query, groupTypeOf(request), 'list');
  const expand = expandGroups(request);
  const asked = listRequest(request, selection.names, 'id');
  refuseExpandedSearch(request, asked);
  const { rows, ...page } = await listGroups(request.ctx, asked);
  const groups = await expand(rows, await groupResources(request.ctx, rows, selection));
  return ok(collection(request, `groups${selection.clause}`, groups, page));
}

/** GET /groups/$count */
export async function getGroupCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter', '$search', '$count']);
  requireEventual(request);
  return ok(String(await countGroups(request.ctx, { ...listRequest(request, [], 'id'), advanced: true })));
}

/** GET /groups/{id} */
export async function getGroup(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$expand']);
  const selection = readSelect(request.query, groupTypeOf(request), 'one');
  return ok(await answerGroup(request, objectId(request.param('id')), selection, expandGroups(request)));
}

/** POST /groups, with the first members and owners in `members@odata.bind` and `owners@odata.bind` */
export async function postGroup(request: RouteRequest): Promise<RouteAnswer> {
  const { rest, ...references } = splitReferences(request.body);
  const id = await createGroup(request.ctx, rest, references);
  const headers = { location: locationOf(request, id) };
  return { status: 201, body: await answerGroup(request, id, groupTypeOf(request).standard), headers };
}

/** PATCH /groups/{id}, with further members and owners in `members@odata.bind` and `owners@odata.bind` */
export async function patchGroup(request: RouteRequest): Promise<RouteAnswer> {
  const { rest, ...references } = splitReferences(request.body);
  const onlyMembers = Object.keys(objectOf(rest)).length === 0 && (references.ownerIds ?? []).length === 0;
  if (!onlyMembers) request.requirePermission(writeGroups);
  await updateGroup(request.ctx, objectId(request.param('id')), rest, references);
  return noContent;
}

/**
 * DELETE /groups/{id}. With `removeLicenses=true`, which Graph does not have, also where it has licenses: then the answer is 202 unless it
 * is gone at once. Without it the answer is Graph's, 204, though members may have licenses left that are about to go.
 */
export async function removeGroup(request: RouteRequest): Promise<RouteAnswer> {
  const groupId = objectId(request.param('id'));
  const removeLicenses = readFlag(request.query, 'removeLicenses');
  const deletion = await deleteGroup(request.ctx, groupId, { removeLicenses });
  if (deletion === 'deleted' || !removeLicenses) return noContent;
  return { status: 202, headers: { location: locationOf(request, groupId) } };
}

/** GET /groups/{id}/membersWithLicenseErrors */
export async function getMembersWithLicenseErrors(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, listOptions);
  const selection = readSelect(request.query, userType, 'list');
  const asked = listRequest(request, selection.names, 'number');
  const { rows, ...page } = await listUsersInError(request.ctx, objectId(request.param('id')), asked);
  const users = await userResources(request.ctx, rows, selection);
  return ok(collection(request, `users${selection.clause}`, users, page));
}

/** GET /groups/{id}/membersWithLicenseErrors/$count */
export async function getMembersWithLicenseErrorsCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const asked = { ...listRequest(request, [], 'number'), top: 1, count: true };
  const { count } = await listUsersInError(request.ctx, objectId(request.param('id')), asked);
  return ok(String(count ?? 0));
}

/** One group as the answer to a request. */
export async function answerGroup(
  request: RouteRequest,
  groupId: string,
  selection: Selection,
  expand: Expand<DirectoryRow> = async (_, resources) => resources,
): Promise<object> {
  const row = await readGroup(request.ctx, groupId, selection.names);
  const [group] = await expand([row], await groupResources(request.ctx, [row], selection));
  return { ...contextOf(request, `groups${selection.clause}/$entity`), ...group };
}

/** Where Graph says that a group it accepted a change for can be found. */
export const locationOf = ({ root, ctx }: RouteRequest, groupId: string): string =>
  `${root}/v2/${ctx.tenantId}/directoryObjects/${groupId}/Microsoft.DirectoryServices.Group`;
