/** `GET /allot/v1/applications` */
export interface Application {
  readonly id: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
  readonly delegatedPermissions: readonly string[];
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
  readonly hasSecret: boolean;
  readonly certificates: readonly { readonly thumbprint: string; readonly displayName: string }[];
}

export interface ApplicationWithSecret extends Application {
  readonly secret: string;
}

export const applicationsPath = '/allot/v1/applications';

/** What an application can be given, by what it opens; Graph's names. */
export const grantable = [
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Group.Create',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'AuditLog.Read.All',
  'Device.Read.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
] as const;
