import type { Asked, Caller, PersonCaller } from './caller.ts';
import type { Permission } from './permission-names.ts';
import { PrivilegesInsufficient } from './refusals.ts';
import { everybodysPermissions } from './roles.ts';
import type { HeldRole } from './roles.ts';

export type { Permission } from './permission-names.ts';
export { applicationPermissions, delegatedOnlyPermissions, isPermission } from './permission-names.ts';

/**
 * Does the caller have one of these permissions? With an empty list the answer is no. For a person the scopes of the
 * token and a role must each open what is asked, a role for chosen groups only what is asked about one of them.
 */
export function allows(caller: Caller, anyOf: readonly Permission[], asked: Asked = {}): boolean {
  switch (caller.kind) {
    case 'application':
      return anyOf.some((permission) => caller.permissions.has(permission));
    case 'person':
      return scopesOpen(caller, anyOf) && personOpens(caller, anyOf, asked);
  }
}

/** Throws `PrivilegesInsufficient` (403) unless the caller has one of these permissions. */
export function requirePermission(caller: Caller, anyOf: readonly Permission[], asked: Asked = {}): void {
  if (!allows(caller, anyOf, asked)) throw new PrivilegesInsufficient(caller, anyOf, blame(caller, anyOf));
}

/** With `Directory.AccessAsUser.All` an application does whatever the person may. */
function scopesOpen({ scopes }: PersonCaller, anyOf: readonly Permission[]): boolean {
  if (anyOf.length === 0) return false;
  return scopes.has('Directory.AccessAsUser.All') || anyOf.some((permission) => scopes.has(permission));
}

function personOpens({ roles }: PersonCaller, anyOf: readonly Permission[], asked: Asked): boolean {
  if (anyOf.some((permission) => everybodysPermissions.has(permission))) return true;
  return roles.some((held) => isInForce(held, asked) && roleOpens(held, anyOf, asked));
}

const isInForce = ({ groupId }: HeldRole, asked: Asked): boolean => groupId === null || groupId === asked.groupId;

const roleOpens = ({ role }: HeldRole, anyOf: readonly Permission[], { route }: Asked): boolean =>
  anyOf.some((permission) => role.permissions.has(permission)) || (route !== undefined && role.routes.has(route));

/** What is missing: a permission of the application, or a role of the person. */
const blame = (caller: Caller, anyOf: readonly Permission[]): 'application' | 'person' =>
  caller.kind === 'application' || !scopesOpen(caller, anyOf) ? 'application' : 'person';
