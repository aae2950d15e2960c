import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { createUser } from '../operations/directory/create-users.ts';
import { deleteUser } from '../operations/directory/delete-user.ts';
import type { UserRow } from '../operations/directory/list-request.ts';
import { countUsers, listUsers, readUser } from '../operations/directory/read-users.ts';
import { updateUser } from '../operations/directory/update-user.ts';
import { requireEventual } from './count.ts';
import { type Expand, expandUsers } from './expand.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions, listOptions, listRequest, refuseExpandedSearch } from './query/options.ts';
import { readSelect, type Selection } from './query/select.ts';
import { userResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** GET /users */
export async function getUsers(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, [...listOptions, '$expand']);
  const selection = readSelect(request.query, userType, 'list');
  const expand = expandUsers(request);
  const asked = listRequest(request, selection.names, 'number');
  refuseExpandedSearch(request, asked);
  const { rows, ...page } = await listUsers(request.ctx, asked);
  const users = await expand(rows, await userResources(request.ctx, rows, selection));
  return ok(collection(request, `users${selection.clause}`, users, page));
}

/** GET /users/$count */
export async function getUserCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter', '$search', '$count']);
  requireEventual(request);
  return ok(String(await countUsers(request.ctx, { ...listRequest(request, [], 'number'), advanced: true })));
}

/** GET /users/{id | userPrincipalName} */
export async function getUser(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$expand']);
  const selection = readSelect(request.query, userType, 'one');
  return ok(await answerUser(request, request.param('id'), selection, expandUsers(request)));
}

/** POST /users */
export async function postUser(request: RouteRequest): Promise<RouteAnswer> {
  const { id } = await createUser(request.ctx, request.body);
  const location = `${request.root}/v2/${request.ctx.tenantId}/directoryObjects/${id}/Microsoft.DirectoryServices.User`;
  return { status: 201, body: await answerUser(request, id, userType.standard), headers: { location } };
}

/** PATCH /users/{id | userPrincipalName} */
export async function patchUser(request: RouteRequest): Promise<RouteAnswer> {
  await updateUser(request.ctx, request.param('id'), request.body);
  return noContent;
}

/** DELETE /users/{id | userPrincipalName} */
export async function removeUser(request: RouteRequest): Promise<RouteAnswer> {
  await deleteUser(request.ctx, request.param('id'));
  return noContent;
}

/** One user as the answer to a request. @param ref id or user principal name */
export async function answerUser(
  request: RouteRequest,
  ref: string,
  selection: Selection,
  expand: Expand<UserRow> = async (_, resources) => resources,
): Promise<object> {
  const row = await readUser(request.ctx, ref, selection.names);
  const [user] = await expand([row], await userResources(request.ctx, [row], selection));
  return { ...contextOf(request, `users${selection.clause}/$entity`), ...user };
}
