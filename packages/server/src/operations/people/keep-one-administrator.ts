import { badRequest } from '@allot/contract';
import { findPerson, type Handle, listRoleAssignments } from '@allot/store';
import { globalAdministratorId } from '../../sign-in/roles.ts';

/**
 * To be asked after a change, in its transaction, under the lock of roles. Invariant "somebody is left": a tenant that had a
 * Global Administrator who can sign in has one afterwards.
 * @throws ApiError 400
 */
export async function keepOneAdministrator(trx: Handle, tenantId: string, before: boolean): Promise<void> {
  if (before && !(await hasAdministrator(trx, tenantId))) {
    throw badRequest(
      'The last Global Administrator cannot be removed.',
      'Give somebody else the role of Global Administrator first.',
      'LastAdministrator',
    );
  }
}

/** Whether somebody who can sign in is Global Administrator everywhere. */
export async function hasAdministrator(trx: Handle, tenantId: string): Promise<boolean> {
  for (const { roleId, groupId, principalId } of await listRoleAssignments(trx, tenantId)) {
    if (roleId !== globalAdministratorId || groupId !== null) continue;
    if ((await findPerson(trx, tenantId, principalId))?.enabled) return true;
  }
  return false;
}
