import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { addMembers } from '../operations/directory/add-members.ts';
import { listGroupMemberOf, listMemberOf, listMembers, type MemberKind } from '../operations/directory/list-members.ts';
import { removeMember } from '../operations/directory/remove-member.ts';
import { requireEventual } from './count.ts';
import { objectId } from './object-id.ts';
import { collection, typeOf } from './query/links.ts';
import { allowOptions, listOptions, listRequest } from './query/options.ts';
import { readSelect, type Selection } from './query/select.ts';
import { readReference, referencesTo } from './references.ts';
import { groupType } from './resources/group-resource.ts';
import { groupResources, memberProperties, memberResources, memberType } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** GET /groups/{id}/members and its casts */
export const getMembers =
  (kind: MemberKind) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    const { selection, asked } = membersRequest(request, kind);
    const { rows, ...page } = await listMembers(request.ctx, objectId(request.param('id')), kind, asked);
    const fragment = kind === 'all' ? 'directoryObjects' : kind;
    return ok(collection(request, fragment + selection.clause, await memberResources(request, rows, selection), page));
  };

/** What a list of members is asked for. */
export function membersRequest(request: RouteRequest, kind: MemberKind) {
  allowOptions(request, listOptions);
  const type = { all: memberType, users: userType, groups: groupType }[kind];
  const selection = readSelect(request.query, type, 'list');
  const key = { users: 'number', groups: 'id', all: 'either' } as const;
  const properties = kind === 'all' ? memberProperties(selection) : selection.names;
  return { selection, asked: { ...listRequest(request, selection.names, key[kind]), properties } };
}

/** GET /groups/{id}/members/$count, also of its casts */
export const getMemberCount =
  (kind: MemberKind) =>
  async (request: RouteRequest): Promise<RouteAnswer> => {
    allowOptions(request, []);
    requireEventual(request);
    const { count } = await listMembers(request.ctx, objectId(request.param('id')), kind, onlyCount);
    return ok(String(count ?? 0));
  };

const onlyCount = { properties: [], top: 1, advanced: true, count: true };

/** GET /groups/{id}/members/$ref */
export async function getMemberReferences(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$top', '$skiptoken']);
  const asked = listRequest(request, [], 'either');
  const { rows, ...page } = await listMembers(request.ctx, objectId(request.param('id')), 'all', asked);
  const objects = rows.map(({ row }) => row);
  return ok(collection(request, 'Collection($ref)', referencesTo(request, objects), page));
}

/** POST /groups/{id}/members/$ref */
export async function postMember(request: RouteRequest): Promise<RouteAnswer> {
  await addMembers(request.ctx, objectId(request.param('id')), [readReference(request.body)]);
  return noContent;
}

/** DELETE /groups/{id}/members/{id}/$ref */
export async function removeMemberReference(request: RouteRequest): Promise<RouteAnswer> {
  await removeMember(request.ctx, objectId(request.param('id')), objectId(request.param('memberId')));
  return noContent;
}

/** GET /users/{id | userPrincipalName}/memberOf */
export async function getUserMemberOf(request: RouteRequest): Promise<RouteAnswer> {
  const { selection, asked } = memberOfRequest(request);
  return answerMemberOf(request, selection, await listMemberOf(request.ctx, request.param('id'), asked));
}

/** GET /groups/{id}/memberOf */
export async function getGroupMemberOf(request: RouteRequest): Promise<RouteAnswer> {
  const { selection, asked } = memberOfRequest(request);
  return answerMemberOf(request, selection, await listGroupMemberOf(request.ctx, objectId(request.param('id')), asked));
}

/** GET /users/{id | userPrincipalName}/memberOf/$count */
export async function getUserMemberOfCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const { count } = await listMemberOf(request.ctx, request.param('id'), onlyCount);
  return ok(String(count ?? 0));
}

/** GET /groups/{id}/memberOf/$count */
export async function getGroupMemberOfCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  requireEventual(request);
  const { count } = await listGroupMemberOf(request.ctx, objectId(request.param('id')), onlyCount);
  return ok(String(count ?? 0));
}

export function memberOfRequest(request: RouteRequest) {
  allowOptions(request, listOptions);
  const selection = readSelect(request.query, groupType, 'list');
  return { selection, asked: listRequest(request, selection.names, 'id') };
}

export async function answerMemberOf(
  request: RouteRequest,
  selection: Selection,
  { rows, ...page }: Awaited<ReturnType<typeof listMemberOf>>,
): Promise<RouteAnswer> {
  const groups = await groupResources(request.ctx, rows, selection);
  const typed = groups.map((group) => ({ ...typeOf(request, 'group'), ...group }));
  return ok(collection(request, `directoryObjects${selection.clause}`, typed, page));
}
