import type { Route } from '../http/index.ts';
import {
  getGroup,
  getGroupCount,
  getGroups,
  getMembersWithLicenseErrors,
  patchGroup,
  postGroup,
  removeGroup,
} from './groups.ts';
import {
  getLicenseDetails,
  getSubscribedSku,
  getSubscribedSkus,
  postGroupLicense,
  postUserLicense,
  postUserReprocess,
} from './licenses.ts';
import {
  getGroupMemberOf,
  getMemberCount,
  getMembers,
  getUserMemberOf,
  postMember,
  removeMemberReference,
} from './members.ts';
import { getOrganization, getOrganizations } from './organization.ts';
import { getUser, getUserCount, getUsers, patchUser, postUser, removeUser } from './users.ts';

type Permissions = Route['permissions'];

const directoryRead: Permissions = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Who may do what, as Graph documents it; least privileged first. */
const readUsers: Permissions = ['User.Read.All', 'User.ReadWrite.All', ...directoryRead];
const writeUsers: Permissions = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const deleteUsers: Permissions = ['User.ReadWrite.All'];
const readGroups: Permissions = ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...directoryRead];
const createGroups: Permissions = ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const writeGroups: Permissions = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const readMembers: Permissions = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...readGroups.slice(1)];
const writeMembers: Permissions = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const readMemberOf: Permissions = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...directoryRead];
const licenseUsers: Permissions = ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];
const licenseGroups: Permissions = ['LicenseAssignment.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const reprocessUsers: Permissions = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const readLicenses: Permissions = ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All', ...readUsers];
const readSkus: Permissions = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...directoryRead,
];
const readOrganization: Permissions = ['Organization.Read.All', 'Organization.ReadWrite.All', ...directoryRead];

/** Everything that can be asked under /v1.0. */
export const graphRoutes: readonly Route[] = [
  row('GET', '/organization', readOrganization, getOrganizations),
  row('GET', '/organization/:id', readOrganization, getOrganization),

  row('GET', '/subscribedSkus', readSkus, getSubscribedSkus),
  row('GET', '/subscribedSkus/:id', readSkus, getSubscribedSku),

  row('GET', '/users', readUsers, getUsers),
  row('POST', '/users', writeUsers, postUser),
  row('GET', '/users/$count', readUsers, getUserCount),
  row('GET', '/users/:id', readUsers, getUser),
  row('PATCH', '/users/:id', writeUsers, patchUser),
  row('DELETE', '/users/:id', deleteUsers, removeUser),
  row('GET', '/users/:id/memberOf', readMemberOf, getUserMemberOf),
  row('GET', '/users/:id/memberOf/microsoft.graph.group', readMemberOf, getUserMemberOf),
  row('GET', '/users/:id/licenseDetails', readLicenses, getLicenseDetails),
  row('POST', '/users/:id/assignLicense', licenseUsers, postUserLicense),
  row('POST', '/users/:id/microsoft.graph.assignLicense', licenseUsers, postUserLicense),
  row('POST', '/users/:id/reprocessLicenseAssignment', reprocessUsers, postUserReprocess),
  row('POST', '/users/:id/microsoft.graph.reprocessLicenseAssignment', reprocessUsers, postUserReprocess),

  row('GET', '/groups', readGroups, getGroups),
  row('POST', '/groups', createGroups, postGroup),
  row('GET', '/groups/$count', readGroups, getGroupCount),
  row('GET', '/groups/:id', readGroups, getGroup),
  row('PATCH', '/groups/:id', writeMembersToo(writeGroups), patchGroup),
  row('DELETE', '/groups/:id', writeGroups, removeGroup),
  row('GET', '/groups/:id/members', readMembers, getMembers('all')),
  row('GET', '/groups/:id/members/$count', readMembers, getMemberCount),
  row('GET', '/groups/:id/members/microsoft.graph.user', readMembers, getMembers('users')),
  row('GET', '/groups/:id/members/microsoft.graph.group', readMembers, getMembers('groups')),
  row('POST', '/groups/:id/members/$ref', writeMembers, postMember),
  row('DELETE', '/groups/:id/members/:memberId/$ref', writeMembers, removeMemberReference),
  row('GET', '/groups/:id/memberOf', readMemberOf, getGroupMemberOf),
  row('GET', '/groups/:id/membersWithLicenseErrors', readGroups, getMembersWithLicenseErrors),
  row('POST', '/groups/:id/assignLicense', licenseGroups, postGroupLicense),
  row('POST', '/groups/:id/microsoft.graph.assignLicense', licenseGroups, postGroupLicense),
];

function row(method: Route['method'], path: string, permissions: Permissions, handle: Route['handle']): Route {
  return { method, path: `/v1.0${path}`, permissions, handle };
}
