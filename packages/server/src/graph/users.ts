import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import type { Context } from '../operations/context.ts';
import { createUser } from '../operations/directory/create-users.ts';
import { deleteUser } from '../operations/directory/delete-user.ts';
import type { UserRow } from '../operations/directory/list-request.ts';
import { countUsers, listUsers, readUser } from '../operations/directory/read-users.ts';
import { updateUser } from '../operations/directory/update-user.ts';
import { readUserLicensing } from '../operations/licensing/read-user-licensing.ts';
import { requireEventual } from './count.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions, listRequest } from './query/options.ts';
import { readSelect, type Selection } from './query/select.ts';
import { userResource, userType } from './resources/user-resource.ts';

/** GET /users */
export async function getUsers(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$filter', '$orderby', '$top', '$count', '$skiptoken']);
  const selection = readSelect(request.query, userType, 'list');
  const { rows, ...page } = await listUsers(request.ctx, listRequest(request, selection.names, 'number'));
  const users = await userResources(request.ctx, rows, selection);
  return ok(collection(request, `users${selection.clause}`, users, page));
}

/** GET /users/$count */
export async function getUserCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter', '$count']);
  requireEventual(request);
  return ok(String(await countUsers(request.ctx, { ...listRequest(request, [], 'number'), advanced: true })));
}

/** GET /users/{id | userPrincipalName} */
export async function getUser(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, userType, 'one');
  return ok(await answerUser(request, request.param('id'), selection));
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
export async function answerUser(request: RouteRequest, ref: string, selection: Selection): Promise<object> {
  const row = await readUser(request.ctx, ref, selection.names);
  const [user] = await userResources(request.ctx, [row], selection);
  return { ...contextOf(request, `users${selection.clause}/$entity`), ...user };
}

/** Users with the selected properties; licensing is read only if some of them are about it. */
export async function userResources(ctx: Context, rows: readonly UserRow[], selection: Selection) {
  const licensing =
    selection.licensing && rows.length > 0
      ? await readUserLicensing(
          ctx,
          rows.map(({ userNo }) => userNo),
          selection.names,
        )
      : undefined;
  return rows.map((row) => userResource(row, selection, licensing?.get(row.userNo)));
}
