import { useRead } from './use-api.ts';

/** `GET /allot/v1/me` of a person. */
export interface Me {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** A local administrator, who is no user of the directory. */
  readonly local: boolean;
  readonly roles: readonly {
    readonly displayName: string;
    readonly groupId: string | null;
    readonly permissions: readonly string[];
  }[];
}

export const useMe = () => useRead<Me>('/allot/v1/me');

/**
 * Whether the person may do what one of these permissions opens, so that nothing is offered which the server would refuse.
 * @returns a function; with a group's id: there, which a role for that group alone may open
 */
export function useMay(): (permissions: readonly string[], groupId?: string) => boolean {
  const { data } = useMe();
  return (permissions, groupId) =>
    (data?.roles ?? []).some(
      (role) =>
        (role.groupId === null || role.groupId === groupId) &&
        role.permissions.some((permission) => permissions.includes(permission)),
    );
}

/** Any one opens what its name says; the same as in the server's tables of routes. */
export const may = {
  readLicensing: [
    'LicenseAssignment.Read.All',
    'LicenseAssignment.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  licenseUsers: ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
  licenseGroups: ['LicenseAssignment.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  deleteUsers: ['User.ReadWrite.All'],
  /** The role that assigns licenses may also have them decided again. */
  reprocessUsers: ['User.ReadWrite.All', 'LicenseAssignment.ReadWrite.All'],
  changeUsers: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  createGroups: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  changeGroups: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  changeMembers: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  changeOrganization: ['Organization.ReadWrite.All', 'Directory.ReadWrite.All'],
  readAudit: ['AuditLog.Read.All'],
  importFiles: ['Directory.ReadWrite.All'],
  readAccounts: ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'],
  changeAccounts: ['UserAuthenticationMethod.ReadWrite.All'],
  readRoles: ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'],
  changeRoles: ['RoleManagement.ReadWrite.Directory'],
  readApplications: ['Application.Read.All', 'Application.ReadWrite.All'],
  changeApplications: ['Application.ReadWrite.All'],
} as const;
