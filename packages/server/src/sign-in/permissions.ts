import type { Caller } from './caller.ts';
import type { Permission } from './permission-names.ts';
import { PrivilegesInsufficient } from './refusals.ts';

export type { Permission } from './permission-names.ts';
export { applicationPermissions, delegatedOnlyPermissions, isPermission } from './permission-names.ts';

/** Does the caller have one of these permissions? With an empty list the answer is no. */
export function allows(caller: Caller, anyOf: readonly Permission[]): boolean {
  return anyOf.some((permission) => caller.permissions.has(permission));
}

/** Throws `PrivilegesInsufficient` (403) unless the caller has one of these permissions. */
export function requirePermission(caller: Caller, anyOf: readonly Permission[]): void {
  if (!allows(caller, anyOf)) throw new PrivilegesInsufficient(caller, anyOf);
}
