import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { changeManager, listDirectReports, readManager } from '../operations/directory/reporting-line.ts';
import { requireEventual } from './count.ts';
import { collection, contextOf, typeOf } from './query/links.ts';
import { allowOptions, listRequest } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { readReference } from './references.ts';
import { userResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** GET /users/{id | userPrincipalName}/manager */
export async function getManager(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, userType, 'one');
  const row = await readManager(request.ctx, request.param('id'), selection.names);
  const [manager] = await userResources(request.ctx, [row], selection);
  return ok({
    ...contextOf(request, `directoryObjects${selection.clause}/$entity`),
    ...typeOf(request, 'user'),
    ...manager,
  });
}

/** GET /users/{id | userPrincipalName}/manager/$ref */
export async function getManagerReference(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  const { id } = await readManager(request.ctx, request.param('id'), []);
  const address = `${request.root}/v1.0/directoryObjects/${id}`;
  return ok({ ...contextOf(request, 'directoryObjects/$ref'), '@odata.id': address });
}

/** PUT /users/{id | userPrincipalName}/manager/$ref */
export async function putManager(request: RouteRequest): Promise<RouteAnswer> {
  await changeManager(request.ctx, request.param('id'), readReference(request.body));
  return noContent;
}

/** DELETE /users/{id | userPrincipalName}/manager/$ref */
export async function removeManager(request: RouteRequest): Promise<RouteAnswer> {
  await changeManager(request.ctx, request.param('id'), undefined);
  return noContent;
}

/** GET /users/{id | userPrincipalName}/directReports */
export async function getDirectReports(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$top', '$count', '$skiptoken']);
  const selection = readSelect(request.query, userType, 'list');
  const asked = listRequest(request, selection.names, 'number');
  const { rows, ...page } = await listDirectReports(request.ctx, request.param('id'), asked);
  const users = await userResources(request.ctx, rows, selection);
  const typed = users.map((user) => ({ ...typeOf(request, 'user'), ...user }));
  return ok(collection(request, `directoryObjects${selection.clause}`, typed, page));
}

/** GET /users/{id | userPrincipalName}/directReports/$count */
export async function getDirectReportCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const asked = { properties: [], top: 1, after: undefined, count: true };
  const { count } = await listDirectReports(request.ctx, request.param('id'), asked);
  return ok(String(count ?? 0));
}
