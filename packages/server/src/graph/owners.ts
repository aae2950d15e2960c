import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { addOwners, listOwnedGroups, listOwners, removeOwner } from '../operations/directory/owners.ts';
import { requireEventual } from './count.ts';
import { answerMemberOf, memberOfRequest } from './members.ts';
import { objectId } from './object-id.ts';
import { collection, typeOf } from './query/links.ts';
import { allowOptions, listRequest } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { readReference, referencesTo } from './references.ts';
import { userType } from './resources/user-resource.ts';
import { userResources } from './resources/read-resources.ts';

const onlyCount = { properties: [], top: 1, advanced: true, count: true };

/** GET /groups/{id}/owners and its cast: owners are users */
export async function getOwners(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$top', '$count', '$skiptoken']);
  const selection = readSelect(request.query, userType, 'list');
  const asked = listRequest(request, selection.names, 'number');
  const { rows, ...page } = await listOwners(request.ctx, objectId(request.param('id')), asked);
  const users = await userResources(request.ctx, rows, selection);
  const typed = users.map((user) => ({ ...typeOf(request, 'user'), ...user }));
  return ok(collection(request, `directoryObjects${selection.clause}`, typed, page));
}

/** GET /groups/{id}/owners/$count */
export async function getOwnerCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const { count } = await listOwners(request.ctx, objectId(request.param('id')), onlyCount);
  return ok(String(count ?? 0));
}

/** GET /groups/{id}/owners/$ref */
export async function getOwnerReferences(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$top', '$skiptoken']);
  const asked = listRequest(request, [], 'number');
  const { rows, ...page } = await listOwners(request.ctx, objectId(request.param('id')), asked);
  return ok(collection(request, 'Collection($ref)', referencesTo(request, rows), page));
}

/** POST /groups/{id}/owners/$ref */
export async function postOwner(request: RouteRequest): Promise<RouteAnswer> {
  await addOwners(request.ctx, objectId(request.param('id')), [readReference(request.body)]);
  return noContent;
}

/** DELETE /groups/{id}/owners/{id}/$ref */
export async function removeOwnerReference(request: RouteRequest): Promise<RouteAnswer> {
  await removeOwner(request.ctx, objectId(request.param('id')), objectId(request.param('ownerId')));
  return noContent;
}

/** GET /users/{id | userPrincipalName}/ownedObjects and its cast: groups */
export async function getOwnedObjects(request: RouteRequest): Promise<RouteAnswer> {
  const { selection, asked } = memberOfRequest(request);
  return answerMemberOf(request, selection, await listOwnedGroups(request.ctx, request.param('id'), asked));
}

/** GET /users/{id | userPrincipalName}/ownedObjects/$count */
export async function getOwnedObjectCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const { count } = await listOwnedGroups(request.ctx, request.param('id'), onlyCount);
  return ok(String(count ?? 0));
}
