import { findPerson, forTenant, listRoleAssignments } from '@allot/store';
import type { Handle } from '@allot/store';

import type { PersonCaller } from '../caller.ts';
import { roleById } from '../roles.ts';
import type { HeldRole } from '../roles.ts';
import type { PersonBearer } from '../token-claims.ts';

/** Loads what is true of a person now; undefined: there is no such account any more, or it is disabled. */
export type LoadPersonCaller = (bearer: PersonBearer) => Promise<PersonCaller | undefined>;

/**
 * Makes the function that completes the bearer of a token. It asks the database each time, which takes two reads by
 * key: an administrator who is dismissed should not administer for another hour.
 */
export const createPersonLoader =
  (database: Handle): LoadPersonCaller =>
  async (bearer) => {
    const db = forTenant(database, bearer.tenantId);
    const person = await findPerson(db, bearer.tenantId, bearer.id);
    if (!person?.enabled) return undefined;
    return {
      ...bearer,
      displayName: person.displayName,
      userPrincipalName: person.signInName,
      local: person.local,
      roles: await heldRoles(db, bearer.tenantId, bearer.id),
    };
  };

/** The roles a person has; those of a newer version are left out. */
export async function heldRoles(db: Handle, tenantId: string, id: string): Promise<readonly HeldRole[]> {
  const rows = await listRoleAssignments(db, tenantId, id);
  return rows.flatMap(({ roleId, groupId }) => {
    const role = roleById(roleId);
    return role === undefined ? [] : [{ role, groupId }];
  });
}
