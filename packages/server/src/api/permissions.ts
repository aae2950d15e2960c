import { applicationPermissions, type Permission } from '../sign-in/permission-names.ts';

type Permissions = readonly Permission[];

const directoryRead: Permissions = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Who may do what; least privileged first. */
export const readLicensing: Permissions = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  ...directoryRead,
];
export const writeGroupLicensing: Permissions = [
  'LicenseAssignment.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
/** Settings, seats and the catalogue: what the organization has. */
export const readOrganization: Permissions = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...directoryRead,
];
export const writeOrganization: Permissions = ['Organization.ReadWrite.All', 'Directory.ReadWrite.All'];
export const readUsers: Permissions = ['User.Read.All', 'User.ReadWrite.All', ...directoryRead];
export const writeUsers: Permissions = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
export const importFiles: Permissions = ['Directory.ReadWrite.All'];
export const readAudits: Permissions = ['AuditLog.Read.All'];
export const readApplications: Permissions = ['Application.Read.All', 'Application.ReadWrite.All'];
export const writeApplications: Permissions = ['Application.ReadWrite.All'];
/** Who may sign in, and with what. */
export const readAccounts: Permissions = [
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
];
export const writeAccounts: Permissions = ['UserAuthenticationMethod.ReadWrite.All'];
/** Everybody whose token is good for anything. */
export const anyone: Permissions = ['User.Read', ...applicationPermissions];
