/** Permissions that an application can be given. Graph's names; what each opens is said by the table of routes. */
export const applicationPermissions = [
  'AppRoleAssignment.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'AuditLog.Read.All',
  'Device.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Create',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
] as const;

/** Permissions that only make sense together with a person who is signed in. */
export const delegatedOnlyPermissions = ['Directory.AccessAsUser.All', 'User.Read', 'User.ReadWrite'] as const;

/**
 * The closed list of permissions. None implies another, as in Graph: a route that is open to
 * `Directory.Read.All` as well as `User.Read.All` names both, the least privileged first.
 */
export type Permission = (typeof applicationPermissions)[number] | (typeof delegatedOnlyPermissions)[number];

export const isPermission = (name: string): name is Permission => known.has(name);

/** The permission of this name in any case, as clients write scopes. */
export const permissionNamed = (name: string): Permission | undefined => byLowerCase.get(name.toLowerCase());

const known: ReadonlySet<string> = new Set([...applicationPermissions, ...delegatedOnlyPermissions]);
const byLowerCase: ReadonlyMap<string, Permission> = new Map(
  [...applicationPermissions, ...delegatedOnlyPermissions].map((name) => [name.toLowerCase(), name]),
);
