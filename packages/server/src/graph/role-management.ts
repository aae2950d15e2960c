import { badRequest, notFound } from '@allot/contract';
import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import {
  assignRole,
  listRoleDefinitions,
  listRoles,
  type NewRoleAssignment,
  readRoleAssignment,
  removeRole,
  type Role,
  type RoleAssignment,
} from '../operations/people/role-assignments.ts';
import { objectId } from './object-id.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';

const definitions = 'roleManagement/directory/roleDefinitions';
const assignments = 'roleManagement/directory/roleAssignments';

/** GET /roleManagement/directory/roleDefinitions */
export async function getRoleDefinitions(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  const known = await listRoleDefinitions(request.ctx);
  return ok(collection(request, definitions, known.map(definitionResource)));
}

/** GET /roleManagement/directory/roleDefinitions/{id} */
export async function getRoleDefinition(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  const id = objectId(request.param('id'));
  const role = (await listRoleDefinitions(request.ctx)).find((one) => one.id === id);
  if (role === undefined) throw notFound(id);
  return ok({ ...contextOf(request, `${definitions}/$entity`), ...definitionResource(role) });
}

/** GET /roleManagement/directory/roleAssignments?$filter=principalId eq '…' */
export async function getRoleAssignments(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter']);
  const filter = readFilter(request.query.get('$filter'));
  const found = await listRoles(request.ctx, filter?.principalId);
  const wanted = found.filter(({ roleId }) => filter?.roleId === undefined || filter.roleId === roleId);
  return ok(collection(request, assignments, wanted.map(assignmentResource)));
}

/** GET /roleManagement/directory/roleAssignments/{id} */
export async function getRoleAssignment(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  const found = await readRoleAssignment(request.ctx, objectId(request.param('id')));
  return ok({ ...contextOf(request, `${assignments}/$entity`), ...assignmentResource(found) });
}

/** POST /roleManagement/directory/roleAssignments */
export async function postRoleAssignment(request: RouteRequest): Promise<RouteAnswer> {
  const created = await assignRole(request.ctx, readAssignment(request.body));
  const body = { ...contextOf(request, `${assignments}/$entity`), ...assignmentResource(created) };
  return { status: 201, body, headers: { location: `${request.root}/v1.0/${assignments}/${created.id}` } };
}

/** DELETE /roleManagement/directory/roleAssignments/{id} */
export async function removeRoleAssignment(request: RouteRequest): Promise<RouteAnswer> {
  await removeRole(request.ctx, objectId(request.param('id')));
  return noContent;
}

const definitionResource = ({ id, displayName, description }: Role) => ({
  id,
  description,
  displayName,
  isBuiltIn: true,
  isEnabled: true,
  templateId: id,
});

/** The scope is the whole directory, or a group of it. */
const assignmentResource = ({ id, principalId, roleId, groupId }: RoleAssignment) => ({
  id,
  principalId,
  roleDefinitionId: roleId,
  directoryScopeId: groupId === null ? '/' : `/${groupId}`,
});

function readAssignment(body: unknown): NewRoleAssignment {
  const fields = new Map(Object.entries(typeof body === 'object' && body !== null ? body : {}));
  const text = (name: string): string => {
    const value: unknown = fields.get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw badRequest(
      `A value is required for property '${name}' of resource 'UnifiedRoleAssignment'.`,
      'Send principalId, roleDefinitionId and directoryScopeId: "/" for the whole directory, or "/" and the id of a group.',
    );
  };
  const scope = text('directoryScopeId');
  return {
    principalId: objectId(text('principalId')),
    roleId: objectId(text('roleDefinitionId')),
    groupId: scope === '/' ? null : objectId(scope.replace(/^\//, '')),
  };
}

interface Filter {
  readonly principalId?: string;
  readonly roleId?: string;
}

/** What Graph filters role assignments by: the person, the role, or both. */
function readFilter(text: string | undefined): Filter | undefined {
  if (text === undefined) return undefined;
  const filter: { principalId?: string; roleId?: string } = {};
  for (const part of text.split(/\s+and\s+/i)) {
    const [, name, value = ''] = /^\s*(principalId|roleDefinitionId)\s+eq\s+'([^']*)'\s*$/i.exec(part) ?? [];
    if (name === undefined) {
      throw badRequest(
        'Unsupported filter of role assignments.',
        "Filter by principalId eq '…', roleDefinitionId eq '…', or both with and.",
      );
    }
    if (/^p/i.test(name)) filter.principalId = objectId(value);
    else filter.roleId = objectId(value);
  }
  return filter;
}
