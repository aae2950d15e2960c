import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import type { MemberKind } from '../operations/directory/list-members.ts';
import {
  checkMemberGroups,
  findObjects,
  getMemberGroups,
  listTransitiveMemberOf,
  listTransitiveMembers,
  type MemberRef,
} from '../operations/directory/list-nested.ts';
import { invalidValue, missingValue } from '../operations/directory/property-errors.ts';
import { objectOf } from '../operations/directory/read-values.ts';
import { requireEventual } from './count.ts';
import { answerMemberOf, memberOfRequest, membersRequest } from './members.ts';
import { isObjectId, objectId } from './object-id.ts';
import { readGroups, readUsers } from './permissions.ts';
import { collection } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { groupType } from './resources/group-resource.ts';
import { memberResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** GET /groups/{id}/transitiveMembers and its casts */
export const getTransitiveMembers =
  (kind: MemberKind) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    const { selection, asked } = membersRequest(request, kind);
    const { rows, ...page } = await listTransitiveMembers(request.ctx, objectId(request.param('id')), kind, asked);
    const fragment = kind === 'all' ? 'directoryObjects' : kind;
    return ok(collection(request, fragment + selection.clause, await memberResources(request, rows, selection), page));
  };

/** GET /groups/{id}/transitiveMembers/$count */
export const getTransitiveMemberCount =
  (kind: MemberKind) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    allowOptions(request, []);
    requireEventual(request);
    const asked = { properties: [], top: 1, advanced: true, count: true };
    const { count } = await listTransitiveMembers(request.ctx, objectId(request.param('id')), kind, asked);
    return ok(String(count ?? 0));
  };

/** GET /users/{id | userPrincipalName}/transitiveMemberOf and /groups/{id}/transitiveMemberOf */
export const getTransitiveMemberOf =
  (kind: MemberRef['kind']) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    const { selection, asked } = memberOfRequest(request);
    return answerMemberOf(request, selection, await listTransitiveMemberOf(request.ctx, refOf(request, kind), asked));
  };

/** GET …/transitiveMemberOf/$count */
export const getTransitiveMemberOfCount =
  (kind: MemberRef['kind']) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    allowOptions(request, []);
    requireEventual(request);
    const asked = { properties: [], top: 1, advanced: true, count: true };
    const { count } = await listTransitiveMemberOf(request.ctx, refOf(request, kind), asked);
    return ok(String(count ?? 0));
  };

/** POST …/checkMemberGroups `{ groupIds }`, and …/checkMemberObjects `{ ids }` */
export const postCheckMember =
  (kind: MemberRef['kind'], property: 'groupIds' | 'ids') =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    const ids = readIds(request.body, property);
    return answerIds(request, await checkMemberGroups(request.ctx, refOf(request, kind), ids));
  };

/** POST …/getMemberGroups and …/getMemberObjects `{ securityEnabledOnly }` */
export const postGetMember =
  (kind: MemberRef['kind']) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    const { securityEnabledOnly } = objectOf(request.body ?? {});
    if (securityEnabledOnly === undefined || securityEnabledOnly === null)
      throw missingValue('securityEnabledOnly', 'Group');
    if (typeof securityEnabledOnly !== 'boolean') throw invalidValue('securityEnabledOnly', 'Send true or false.');
    return answerIds(request, await getMemberGroups(request.ctx, refOf(request, kind), securityEnabledOnly));
  };

/** POST /directoryObjects/getByIds `{ ids, types }` */
export async function postGetByIds(request: RouteRequest): Promise<RouteAnswer> {
  const ids = readIds(request.body, 'ids');
  const { types } = objectOf(request.body);
  const wanted = new Set(Array.isArray(types) ? types.map((one) => String(one).toLowerCase()) : []);
  const any = wanted.size === 0 || wanted.has('directoryobject');
  const [users, groups] = [any || wanted.has('user'), any || wanted.has('group')];
  if (users) request.requirePermission(readUsers);
  if (groups) request.requirePermission(readGroups);
  const rows = await findObjects(request.ctx, ids, {
    users: users ? userType.standard.names : undefined,
    groups: groups ? groupType.standard.names : undefined,
  });
  return ok(collection(request, 'directoryObjects', await memberResources(request, rows, userType.standard)));
}

const refOf = (request: RouteRequest, kind: MemberRef['kind']): MemberRef => {
  const ref = request.param('id');
  return { kind, ref: kind === 'user' ? ref : objectId(ref) };
};

const answerIds = (request: RouteRequest, ids: readonly string[]): RouteAnswer =>
  ok(collection(request, 'Collection(Edm.String)', ids));

/** @throws ApiError 400 */
function readIds(body: unknown, property: 'groupIds' | 'ids'): readonly string[] {
  const ids = objectOf(body)[property];
  if (ids === undefined || ids === null) throw missingValue(property, 'Group');
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && isObjectId(id)))
    throw invalidValue(property, 'Send an array of ids, each a UUID.');
  return ids.map((id: unknown) => String(id).toLowerCase());
}
