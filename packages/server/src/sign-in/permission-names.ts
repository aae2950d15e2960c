/** Permissions that an application can be given. Graph's names; what each opens is said by the table of routes. */
export const applicationPermissions = [
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
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
] as const;

/** Permissions that only make sense together with a person who is signed in. */
export const delegatedOnlyPermissions = ['Directory.AccessAsUser.All', 'User.Read', 'User.ReadWrite'] as const;

/**
 * The closed list of permissions. None implies another, as in Graph: a route that is open to
 * `Directory.Read.All` as well as `User.Read.All` names both, the least privileged first.
 */
export type Permission = (typeof applicationPermissions)[number] | (typeof delegatedOnlyPermissions)[number];

export const isPermission = (name: string): name is Permission => known.has(name);

const known: ReadonlySet<string> = new Set([...applicationPermissions, ...delegatedOnlyPermissions]);
