import { randomUUID } from 'node:crypto';
import { badRequest, notFound } from '@allot/contract';
import {
  type Activity,
  deleteRoleAssignment,
  findPerson,
  type Handle,
  insertAudit,
  insertRoleAssignment,
  listRoleAssignments,
  lockRoles,
  type RoleAssignmentRow,
  selectGroup,
  selectUser,
} from '@allot/store';
import { type Role, roleById, roles } from '../../sign-in/roles.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { textOf } from '../directory/row-values.ts';
import { requireTenant } from '../tenants/require-tenant.ts';
import { hasAdministrator, keepOneAdministrator } from './keep-one-administrator.ts';
import { peopleEntry } from './people-entry.ts';

export type { Role } from '../../sign-in/roles.ts';

/** A role that a person has. */
export type RoleAssignment = RoleAssignmentRow;

export type NewRoleAssignment = Omit<RoleAssignment, 'id'>;

/** Every role that there is; they are the same everywhere. */
export async function listRoleDefinitions(ctx: Context): Promise<readonly Role[]> {
  await requireTenant(ctx);
  return roles;
}

/** Who has which role, or what one person has; oldest first. */
export const listRoles = (ctx: Context, principalId?: string): Promise<readonly RoleAssignment[]> =>
  listRoleAssignments(ctx.db, ctx.tenantId, principalId);

/** @throws ApiError 404 */
export const readRoleAssignment = (ctx: Context, id: string): Promise<RoleAssignment> =>
  assignmentOf(ctx.db, ctx.tenantId, id);

/**
 * Gives a person a role; it counts from the person's next request on.
 * @param asked ids in lower case
 * @throws ApiError 400 for an unknown role or one the person has, 404 for an unknown person or group
 */
export function assignRole(ctx: Context, asked: NewRoleAssignment): Promise<RoleAssignment> {
  const role = roleById(asked.roleId);
  if (role === undefined) throw badRequest(`There is no role ${asked.roleId}.`, 'List the role definitions.');
  return inTransaction(ctx, async (trx) => {
    await lockRoles(trx, ctx.tenantId);
    const displayName = await personName(trx, ctx.tenantId, asked.principalId);
    const { groupId } = asked;
    if (groupId !== null && (await selectGroup(trx, ctx.tenantId, groupId, [], { lock: 'share' })) === undefined) {
      throw notFound(groupId);
    }
    const row = { id: randomUUID(), ...asked };
    if (!(await insertRoleAssignment(trx, ctx.tenantId, row))) throw conflict();
    await audit(trx, ctx, 'Add member to role', row, { role, displayName, added: true });
    return row;
  });
}

/** Takes a role from a person; it counts from the person's next request on. @throws ApiError 404, or 400 for the last one */
export function removeRole(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (trx) => {
    await lockRoles(trx, ctx.tenantId);
    const before = await hasAdministrator(trx, ctx.tenantId);
    const row = await assignmentOf(trx, ctx.tenantId, id);
    const person = await findPerson(trx, ctx.tenantId, row.principalId);
    await deleteRoleAssignment(trx, ctx.tenantId, id);
    await keepOneAdministrator(trx, ctx.tenantId, before);
    const displayName = person?.displayName ?? row.principalId;
    await audit(trx, ctx, 'Remove member from role', row, { role: roleById(row.roleId), displayName, added: false });
  });
}

async function assignmentOf(db: Handle, tenantId: string, id: string): Promise<RoleAssignment> {
  const found = (await listRoleAssignments(db, tenantId)).find((row) => row.id === id);
  if (found === undefined) throw notFound(id);
  return found;
}

/** Of a directory user, who need not have an account yet, or of a local administrator. Held, so that nobody is deleted for good meanwhile and leaves the role. */
async function personName(trx: Handle, tenantId: string, id: string): Promise<string> {
  const user = await selectUser(trx, tenantId, id, ['displayName'], { lock: true });
  const name = user === undefined ? (await findPerson(trx, tenantId, id))?.displayName : textOf(user, 'displayName');
  if (name === undefined) throw notFound(id);
  return name;
}

interface Change {
  readonly role: Role | undefined;
  readonly displayName: string;
  readonly added: boolean;
}

async function audit(
  trx: Handle,
  ctx: Context,
  activity: Activity,
  { principalId, roleId, groupId }: RoleAssignment,
  { role, displayName, added }: Change,
): Promise<void> {
  const modified = (name: string, value: string) => {
    const json = JSON.stringify(value);
    return { displayName: name, oldValue: added ? null : json, newValue: added ? json : null };
  };
  const modifiedProperties = [
    modified('Role.ObjectID', roleId),
    modified('Role.DisplayName', role?.displayName ?? roleId),
    ...(groupId === null ? [] : [modified('Role.DirectoryScopeId', `/${groupId}`)]),
  ];
  const target = { id: principalId, displayName, type: 'User', modifiedProperties } as const;
  await insertAudit(trx, ctx.tenantId, [peopleEntry(ctx, activity, 'RoleManagement', target)]);
}

const conflict = () =>
  badRequest(
    'A conflicting object with one or more of the specified property values is present in the directory.',
    'The person has this role, for this group or everywhere, already.',
    'RoleGivenAlready',
  );
