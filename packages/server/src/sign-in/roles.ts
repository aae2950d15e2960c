import { applicationPermissions, delegatedOnlyPermissions } from './permission-names.ts';
import type { Permission } from './permission-names.ts';

/** A role that people have: Entra's id and name, and what it opens here. */
export type Role = {
  /** Entra's roleTemplateId, the same in every tenant. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** It opens the routes that name one of these. */
  readonly permissions: ReadonlySet<Permission>;
  /** Routes that Entra opens to it and whose permissions it does not have, as `POST /users/:id/action`. */
  readonly routes: ReadonlySet<string>;
};

/** A role that somebody has. */
export type HeldRole = {
  readonly role: Role;
  /** Null: everywhere; otherwise it opens only what concerns this group. */
  readonly groupId: string | null;
};

const readEverything: readonly Permission[] = [
  'Directory.Read.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'User.Read.All',
  'User.ReadBasic.All',
];
const writeGroups: readonly Permission[] = ['Group.Create', 'Group.ReadWrite.All', 'GroupMember.ReadWrite.All'];
const reprocess = ['reprocessLicenseAssignment', 'microsoft.graph.reprocessLicenseAssignment'];

/** The closed list. Whatever a role opens follows from this and from the table of routes. */
export const roles: readonly Role[] = [
  role('62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', 'Everything, and who else may do what.', [
    ...applicationPermissions,
    ...delegatedOnlyPermissions,
  ]),
  role('f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', 'Reads what a Global Administrator reads.', [
    ...readEverything,
    'Application.Read.All',
    'AuditLog.Read.All',
    'Device.Read.All',
    'RoleManagement.Read.Directory',
    'UserAuthenticationMethod.Read.All',
  ]),
  role(
    '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
    'License Administrator',
    'Assigns and removes licenses of users and groups.',
    [...readEverything, 'LicenseAssignment.ReadWrite.All'],
    reprocess.map((action) => `POST /users/:id/${action}`),
  ),
  role(
    'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    'Groups Administrator',
    'Creates and changes groups, their members and their licenses.',
    [...readEverything, ...writeGroups],
  ),
  role(
    'fe930be7-5e62-47db-91af-98c3a49a38b1',
    'User Administrator',
    'Creates and changes users and groups, and their licenses.',
    [...readEverything, ...writeGroups, 'User.ReadWrite.All'],
  ),
  role(
    '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    'Directory Readers',
    'Reads users, groups and licenses.',
    readEverything,
  ),
  role(
    '9360feb5-f418-4baa-8175-e2a00bac4301',
    'Directory Writers',
    'Reads and writes users, groups and their licenses.',
    [...readEverything, ...writeGroups, 'User.ReadWrite.All'],
  ),
];

/** What everybody who is signed in may do: read what is known of themselves. */
export const everybodysPermissions: ReadonlySet<Permission> = new Set(['User.Read']);

export const globalAdministratorId = '62e90394-69f5-4237-9190-012177145e10';

/** The role with this id in lower case. */
export const roleById = (id: string): Role | undefined => roles.find((one) => one.id === id);

function role(
  id: string,
  displayName: string,
  description: string,
  permissions: readonly Permission[],
  routes: readonly string[] = [],
): Role {
  return { id, displayName, description, permissions: new Set(permissions), routes: new Set(routes) };
}
