import { many, one, plainText, type Route } from '../../http/index.ts';
import { postValidateGroup } from '../directory-objects.ts';
import {
  getGroup,
  getGroupCount,
  getGroups,
  getMembersWithLicenseErrors,
  getMembersWithLicenseErrorsCount,
  patchGroup,
  postGroup,
  removeGroup,
} from '../groups.ts';
import { postGroupLicense } from '../licenses.ts';
import {
  getGroupMemberOf,
  getGroupMemberOfCount,
  getMemberCount,
  getMemberReferences,
  getMembers,
  postMember,
  removeMemberReference,
} from '../members.ts';
import {
  getTransitiveMemberCount,
  getTransitiveMemberOf,
  getTransitiveMemberOfCount,
  getTransitiveMembers,
} from '../nested.ts';
import { getOwnerCount, getOwnerReferences, getOwners, postOwner, removeOwnerReference } from '../owners.ts';
import {
  createGroups,
  licenseGroups,
  readGroups,
  readMemberOf,
  readMembers,
  validateGroups,
  writeGroups,
  writeMembers,
} from '../permissions.ts';
import { getGroupByName, patchGroupByName, removeGroupByName } from '../unique-name.ts';
import { action, changed, ofCount, ofList, ofOne, ofReferences, ofRelation, relation, row, withExpand } from './row.ts';

const onlyUsersAndGroups = 'Members are users and groups: there are no devices, contacts and service principals.';

/** Groups, by id or by the name that somebody gave them, who is in them and who owns them. */
export const groupRoutes: readonly Route[] = [
  row('GET', '/groups', readGroups, getGroups, {
    operation: 'listGroups',
    summary: 'Groups of the organization',
    query: [...ofList, withExpand],
    answers: { 200: many('group') },
  }),
  row('POST', '/groups', createGroups, postGroup, {
    operation: 'createGroup',
    summary: 'Create a group, with its first members and owners',
    body: 'groupToCreate',
    answers: { 201: one('group') },
    differs: 'A property that this directory does not keep is refused. Nobody becomes an owner unasked.',
  }),
  row('GET', '/groups/$count', readGroups, getGroupCount, {
    operation: 'countGroups',
    summary: 'How many groups there are',
    query: ofCount,
    answers: { 200: plainText },
  }),
  ...action('/groups/validateProperties', validateGroups, postValidateGroup, {
    operation: 'validateNewGroup',
    summary: 'Whether a new group could have a name and a mail nickname',
    body: 'validateProperties',
    ...changed,
    differs: 'There is no naming policy: values are checked, and whether another group has the mail nickname.',
  }),
  row('GET', '/groups/:id', readGroups, getGroup, {
    operation: 'getGroup',
    summary: 'One group',
    query: [...ofOne, withExpand],
    answers: { 200: one('group') },
  }),
  row('PATCH', '/groups/:id', writeMembers, patchGroup, {
    operation: 'updateGroup',
    summary: 'Change properties of a group, or add members and owners',
    body: 'groupToUpdate',
    ...changed,
    differs: 'Adding members alone needs the permission for members only.',
  }),
  row('DELETE', '/groups/:id', writeGroups, removeGroup, {
    operation: 'deleteGroup',
    summary: 'Delete a group, which can be restored for 30 days',
    query: ['removeLicenses'],
    answers: { 202: { kind: 'nothing' }, 204: { kind: 'nothing' } },
    differs:
      'With removeLicenses=true also a group that has licenses: they are taken from its members first, and the answer is 202 until that is done.',
  }),
  row('GET', '/groups/uniqueName=:uniqueName', readGroups, getGroupByName, {
    operation: 'getGroupByUniqueName',
    summary: 'One group, by the name that somebody gave it',
    query: ofOne,
    answers: { 200: one('group') },
  }),
  row('PATCH', '/groups/uniqueName=:uniqueName', writeGroups, patchGroupByName, {
    operation: 'upsertGroup',
    summary: 'Change the group of this name; with Prefer: create-if-missing create it if there is none',
    body: 'groupToUpdate',
    answers: { 201: one('group'), 204: { kind: 'nothing' } },
  }),
  row('DELETE', '/groups/uniqueName=:uniqueName', writeGroups, removeGroupByName, {
    operation: 'deleteGroupByUniqueName',
    summary: 'Delete the group of this name',
    ...changed,
  }),

  ...relation('/groups/:id/members', readMembers, {
    operation: 'Members',
    summary: 'Direct members of a group',
    schema: 'directoryObject',
    query: ofRelation,
    castQuery: ofList,
    list: getMembers,
    count: getMemberCount,
    all: 'all',
    casts: { user: 'users', group: 'groups' },
    differs: onlyUsersAndGroups,
  }),
  row('GET', '/groups/:id/members/$ref', readMembers, getMemberReferences, {
    operation: 'listMemberReferences',
    summary: 'References to the direct members of a group',
    query: ofReferences,
    answers: { 200: many('reference') },
  }),
  row('POST', '/groups/:id/members/$ref', writeMembers, postMember, {
    operation: 'addMember',
    summary: 'Make a user or a group a member of a group',
    body: 'reference',
    ...changed,
  }),
  row('DELETE', '/groups/:id/members/:memberId/$ref', writeMembers, removeMemberReference, {
    operation: 'removeMember',
    summary: 'Take a member out of a group',
    ...changed,
  }),
  ...relation('/groups/:id/transitiveMembers', readMembers, {
    operation: 'TransitiveMembers',
    summary: 'Members of a group and of the groups nested in it',
    schema: 'directoryObject',
    query: ofRelation,
    castQuery: ofList,
    list: getTransitiveMembers,
    count: getTransitiveMemberCount,
    all: 'all',
    casts: { user: 'users', group: 'groups' },
    differs: onlyUsersAndGroups,
  }),
  ...relation('/groups/:id/memberOf', readMemberOf, {
    operation: 'GroupMemberOf',
    summary: 'Groups that a group is directly in',
    schema: 'directoryObject',
    query: ofList,
    list: () => getGroupMemberOf,
    count: () => getGroupMemberOfCount,
    all: 'all',
    casts: { group: 'all' },
  }),
  ...relation('/groups/:id/transitiveMemberOf', readMemberOf, {
    operation: 'GroupTransitiveMemberOf',
    summary: 'Groups that a group is in, directly or through other groups',
    schema: 'directoryObject',
    query: ofList,
    list: () => getTransitiveMemberOf('group'),
    count: () => getTransitiveMemberOfCount('group'),
    all: 'all',
    casts: { group: 'all' },
  }),

  ...relation('/groups/:id/owners', readMembers, {
    operation: 'Owners',
    summary: 'Owners of a group',
    schema: 'directoryObject',
    query: ofRelation,
    list: () => getOwners,
    count: () => getOwnerCount,
    all: 'all',
    casts: { user: 'all' },
    differs: 'Owners are users: there are no service principals.',
  }),
  row('GET', '/groups/:id/owners/$ref', readMembers, getOwnerReferences, {
    operation: 'listOwnerReferences',
    summary: 'References to the owners of a group',
    query: ofReferences,
    answers: { 200: many('reference') },
  }),
  row('POST', '/groups/:id/owners/$ref', writeGroups, postOwner, {
    operation: 'addOwner',
    summary: 'Make a user an owner of a group',
    body: 'reference',
    ...changed,
  }),
  row('DELETE', '/groups/:id/owners/:ownerId/$ref', writeGroups, removeOwnerReference, {
    operation: 'removeOwner',
    summary: 'Take an owner from a group that has others',
    ...changed,
  }),

  ...relation('/groups/:id/membersWithLicenseErrors', readGroups, {
    operation: 'MembersWithLicenseErrors',
    summary: 'Users whom a group could not license',
    schema: 'user',
    query: ofList,
    list: () => getMembersWithLicenseErrors,
    count: () => getMembersWithLicenseErrorsCount,
    all: 'all',
    casts: {},
  }),
  ...action('/groups/:id/assignLicense', licenseGroups, postGroupLicense, {
    operation: 'assignGroupLicense',
    summary: 'Give products to a group, or take them; accepted, and settled in the background',
    body: 'assignLicense',
    answers: { 202: one('group') },
  }),
  ...action('/groups/:id/validateProperties', validateGroups, postValidateGroup, {
    operation: 'validateGroup',
    summary: 'Whether a group could have another name and mail nickname',
    body: 'validateProperties',
    ...changed,
    differs: 'There is no naming policy: values are checked, and whether another group has the mail nickname.',
  }),
];
