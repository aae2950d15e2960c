import { applicationPermissions, delegatedOnlyPermissions, type Permission } from '../sign-in/permission-names.ts';

type Permissions = readonly Permission[];

const directoryRead: Permissions = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** For what asks for permissions itself. */
export const anything: Permissions = [...applicationPermissions, ...delegatedOnlyPermissions];

/** Who may do what, as Graph documents it; least privileged first. */
export const readUsers: Permissions = ['User.Read.All', 'User.ReadWrite.All', ...directoryRead];
export const writeUsers: Permissions = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
export const deleteUsers: Permissions = ['User.ReadWrite.All'];
export const readGroups: Permissions = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...directoryRead,
];
export const createGroups: Permissions = ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
/** A group's own properties; its members need less. */
export const writeGroups: Permissions = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
/** Deleted objects of either kind; the handler asks for those of the kind it finds. */
export const readDeletedItems: Permissions = [...new Set([...readUsers, ...readGroups])];
export const restoreDeletedItems: Permissions = [...new Set([...writeUsers, ...writeGroups])];
export const hardDeleteItems: Permissions = [...new Set([...deleteUsers, ...writeGroups])];
export const readMembers: Permissions = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...readGroups.slice(1)];
export const writeMembers: Permissions = [
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
export const readMemberOf: Permissions = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...directoryRead];
export const licenseUsers: Permissions = [
  'LicenseAssignment.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
export const licenseGroups: Permissions = [
  'LicenseAssignment.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
export const reprocessUsers: Permissions = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
export const readLicenses: Permissions = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  ...readUsers,
];
export const readSkus: Permissions = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...directoryRead,
];
export const readOrganization: Permissions = ['Organization.Read.All', 'Organization.ReadWrite.All', ...directoryRead];
/** Whoever may also read users. */
export const evaluateRules: Permissions = readGroups.slice(1);
export const readAudits: Permissions = ['AuditLog.Read.All'];
export const validateGroups: Permissions = readGroups.slice(1);
export const readRoles: Permissions = ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'];
export const writeRoles: Permissions = ['RoleManagement.ReadWrite.Directory'];
