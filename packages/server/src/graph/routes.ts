import type { Route } from '../http/index.ts';
import { getDirectoryAudit, getDirectoryAudits } from './directory-audits.ts';
import {
  getDeletedGroupCount,
  getDeletedGroups,
  getDeletedItem,
  getDeletedUserCount,
  getDeletedUsers,
  postRestore,
  removeDeletedItem,
} from './deleted-items.ts';
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
  getDirectReportCount,
  getDirectReports,
  getManager,
  getManagerReference,
  putManager,
  removeManager,
} from './reporting-line.ts';
import {
  getGroupMemberOf,
  getMemberCount,
  getMembers,
  getUserMemberOf,
  postMember,
  removeMemberReference,
} from './members.ts';
import {
  getTransitiveMemberCount,
  getTransitiveMemberOf,
  getTransitiveMemberOfCount,
  getTransitiveMembers,
  postCheckMember,
  postGetByIds,
  postGetMember,
} from './nested.ts';
import { meRoutes } from './me.ts';
import { getOrganization, getOrganizations } from './organization.ts';
import {
  createGroups,
  deleteUsers,
  evaluateRules,
  hardDeleteItems,
  licenseGroups,
  licenseUsers,
  readAudits,
  readDeletedItems,
  readGroups,
  readLicenses,
  readMemberOf,
  readMembers,
  readOrganization,
  readRoles,
  readSkus,
  readUsers,
  reprocessUsers,
  restoreDeletedItems,
  writeGroups,
  writeMembers,
  writeRoles,
  writeUsers,
} from './permissions.ts';
import {
  getRoleAssignment,
  getRoleAssignments,
  getRoleDefinition,
  getRoleDefinitions,
  postRoleAssignment,
  removeRoleAssignment,
} from './role-management.ts';
import { postEvaluateMembership } from './rules.ts';
import { getUser, getUserCount, getUsers, patchUser, postUser, removeUser } from './users.ts';

const directoryRoutes: readonly Route[] = [
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
  row('GET', '/users/:id/manager', readUsers, getManager),
  row('GET', '/users/:id/manager/$ref', readUsers, getManagerReference),
  row('PUT', '/users/:id/manager/$ref', writeUsers, putManager),
  row('DELETE', '/users/:id/manager/$ref', writeUsers, removeManager),
  row('GET', '/users/:id/directReports', readUsers, getDirectReports),
  row('GET', '/users/:id/directReports/$count', readUsers, getDirectReportCount),
  row('GET', '/users/:id/directReports/microsoft.graph.user', readUsers, getDirectReports),
  row('GET', '/users/:id/licenseDetails', readLicenses, getLicenseDetails),
  row('POST', '/users/:id/assignLicense', licenseUsers, postUserLicense),
  row('POST', '/users/:id/microsoft.graph.assignLicense', licenseUsers, postUserLicense),
  row('POST', '/users/:id/reprocessLicenseAssignment', reprocessUsers, postUserReprocess),
  row('POST', '/users/:id/microsoft.graph.reprocessLicenseAssignment', reprocessUsers, postUserReprocess),

  row('GET', '/groups', readGroups, getGroups),
  row('POST', '/groups', createGroups, postGroup),
  row('GET', '/groups/$count', readGroups, getGroupCount),
  row('GET', '/groups/:id', readGroups, getGroup),
  row('PATCH', '/groups/:id', writeMembers, patchGroup),
  row('DELETE', '/groups/:id', writeGroups, removeGroup),
  row('GET', '/groups/:id/members', readMembers, getMembers('all')),
  row('GET', '/groups/:id/members/$count', readMembers, getMemberCount),
  row('GET', '/groups/:id/members/microsoft.graph.user', readMembers, getMembers('users')),
  row('GET', '/groups/:id/members/microsoft.graph.group', readMembers, getMembers('groups')),
  row('POST', '/groups/:id/members/$ref', writeMembers, postMember),
  row('DELETE', '/groups/:id/members/:memberId/$ref', writeMembers, removeMemberReference),
  row('GET', '/groups/:id/transitiveMembers', readMembers, getTransitiveMembers('all')),
  row('GET', '/groups/:id/transitiveMembers/$count', readMembers, getTransitiveMemberCount('all')),
  row('GET', '/groups/:id/transitiveMembers/microsoft.graph.user', readMembers, getTransitiveMembers('users')),
  row(
    'GET',
    '/groups/:id/transitiveMembers/microsoft.graph.user/$count',
    readMembers,
    getTransitiveMemberCount('users'),
  ),
  row('GET', '/groups/:id/transitiveMembers/microsoft.graph.group', readMembers, getTransitiveMembers('groups')),
  row(
    'GET',
    '/groups/:id/transitiveMembers/microsoft.graph.group/$count',
    readMembers,
    getTransitiveMemberCount('groups'),
  ),
  row('GET', '/groups/:id/memberOf/microsoft.graph.group', readMemberOf, getGroupMemberOf),
  row('GET', '/users/:id/transitiveMemberOf', readMemberOf, getTransitiveMemberOf('user')),
  row('GET', '/users/:id/transitiveMemberOf/$count', readMemberOf, getTransitiveMemberOfCount('user')),
  row('GET', '/users/:id/transitiveMemberOf/microsoft.graph.group', readMemberOf, getTransitiveMemberOf('user')),
  row('GET', '/groups/:id/transitiveMemberOf', readMemberOf, getTransitiveMemberOf('group')),
  row('GET', '/groups/:id/transitiveMemberOf/$count', readMemberOf, getTransitiveMemberOfCount('group')),
  row('GET', '/groups/:id/transitiveMemberOf/microsoft.graph.group', readMemberOf, getTransitiveMemberOf('group')),
  row('GET', '/groups/:id/memberOf', readMemberOf, getGroupMemberOf),
  row('GET', '/groups/:id/membersWithLicenseErrors', readGroups, getMembersWithLicenseErrors),
  row('POST', '/groups/:id/assignLicense', licenseGroups, postGroupLicense),
  row('POST', '/groups/:id/microsoft.graph.assignLicense', licenseGroups, postGroupLicense),

  ...(['users', 'groups', 'directoryObjects'] as const).flatMap((kind) => {
    const of = { users: 'user', groups: 'group', directoryObjects: 'either' } as const;
    return ['', 'microsoft.graph.'].flatMap((prefix) => [
      row('POST', `/${kind}/:id/${prefix}checkMemberGroups`, readMemberOf, postCheckMember(of[kind], 'groupIds')),
      row('POST', `/${kind}/:id/${prefix}checkMemberObjects`, readMemberOf, postCheckMember(of[kind], 'ids')),
      row('POST', `/${kind}/:id/${prefix}getMemberGroups`, readMemberOf, postGetMember(of[kind])),
      row('POST', `/${kind}/:id/${prefix}getMemberObjects`, readMemberOf, postGetMember(of[kind])),
    ]);
  }),
  row('POST', '/directoryObjects/getByIds', readDeletedItems, postGetByIds),
  row('POST', '/directoryObjects/microsoft.graph.getByIds', readDeletedItems, postGetByIds),

  row('GET', '/roleManagement/directory/roleDefinitions', readRoles, getRoleDefinitions),
  row('GET', '/roleManagement/directory/roleDefinitions/:id', readRoles, getRoleDefinition),
  row('GET', '/roleManagement/directory/roleAssignments', readRoles, getRoleAssignments),
  row('POST', '/roleManagement/directory/roleAssignments', writeRoles, postRoleAssignment),
  row('GET', '/roleManagement/directory/roleAssignments/:id', readRoles, getRoleAssignment),
  row('DELETE', '/roleManagement/directory/roleAssignments/:id', writeRoles, removeRoleAssignment),

  row('GET', '/auditLogs/directoryAudits', readAudits, getDirectoryAudits),
  row('GET', '/auditLogs/directoryAudits/:id', readAudits, getDirectoryAudit),
  row('GET', '/directory/deletedItems/microsoft.graph.user', readUsers, getDeletedUsers),
  row('GET', '/directory/deletedItems/microsoft.graph.user/$count', readUsers, getDeletedUserCount),
  row('GET', '/directory/deletedItems/microsoft.graph.group', readGroups, getDeletedGroups),
  row('GET', '/directory/deletedItems/microsoft.graph.group/$count', readGroups, getDeletedGroupCount),
  row('GET', '/directory/deletedItems/:id', readDeletedItems, getDeletedItem),
  row('DELETE', '/directory/deletedItems/:id', hardDeleteItems, removeDeletedItem),
  row('POST', '/directory/deletedItems/:id/restore', restoreDeletedItems, postRestore),
  row('POST', '/directory/deletedItems/:id/microsoft.graph.restore', restoreDeletedItems, postRestore),
];

const v1Routes: readonly Route[] = [...directoryRoutes, ...meRoutes(directoryRoutes)];

/** The same under /beta, and what Graph has there only. */
const betaRoutes: readonly Route[] = [
  ...v1Routes.map((route) => ({ ...route, path: route.path.replace(/^\/v1\.0/, '/beta') })),
  ...['/groups', '/groups/:id'].map((path) => ({
    ...row('POST', `${path}/evaluateDynamicMembership`, evaluateRules, postEvaluateMembership),
    path: `/beta${path}/evaluateDynamicMembership`,
  })),
];

/** Everything that can be asked of Graph. */
export const graphRoutes: readonly Route[] = [...v1Routes, ...betaRoutes];

function row(method: Route['method'], path: string, permissions: Route['permissions'], handle: Route['handle']): Route {
  return { method, path: `/v1.0${path}`, permissions, handle };
}
