import type { Collection } from '@allot/contract';
import { useRead } from '../../../api/use-api.ts';

/** `GET /allot/v1/accounts` */
export interface Account {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  /** Nobody's user in the directory. */
  readonly local: boolean;
  readonly enabled: boolean;
  /** Whether password and authenticator are set. */
  readonly ready: boolean;
}

export interface AccountWithLink extends Account {
  readonly link: string;
}

export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
}

export interface RoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  /** `/`: the whole directory; otherwise `/` and the id of a group. */
  readonly directoryScopeId: string;
}

export const roleAssignments = '/v1.0/roleManagement/directory/roleAssignments';

export const useAccounts = () => useRead<Collection<Account>>('/allot/v1/accounts');

export const useRoleDefinitions = (enabled: boolean) =>
  useRead<Collection<RoleDefinition>>('/v1.0/roleManagement/directory/roleDefinitions', { enabled });

export const useRoleAssignments = (enabled: boolean) =>
  useRead<Collection<RoleAssignment>>(roleAssignments, { enabled });

/** Undefined: everywhere. */
export const groupOf = ({ directoryScopeId }: RoleAssignment): string | undefined =>
  directoryScopeId === '/' ? undefined : directoryScopeId.replace(/^\//, '');
