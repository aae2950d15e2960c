import { many, one, plainText, type Route } from '../../http/index.ts';
import { getLicenseDetail, getLicenseDetails, postUserLicense, postUserReprocess } from '../licenses.ts';
import { getUserMemberOf, getUserMemberOfCount } from '../members.ts';
import { getTransitiveMemberOf, getTransitiveMemberOfCount } from '../nested.ts';
import { getOwnedObjectCount, getOwnedObjects } from '../owners.ts';
import {
  deleteUsers,
  licenseUsers,
  readLicenses,
  readMemberOf,
  readUsers,
  reprocessUsers,
  writeUsers,
} from '../permissions.ts';
import {
  getDirectReportCount,
  getDirectReports,
  getManager,
  getManagerReference,
  putManager,
  removeManager,
} from '../reporting-line.ts';
import { getUser, getUserCount, getUsers, patchUser, postUser, removeUser } from '../users.ts';
import { action, changed, ofCount, ofList, ofOne, ofRelation, relation, row, withExpand } from './row.ts';

/** Users, their reporting line, what they are in and own, and their licenses. */
export const userRoutes: readonly Route[] = [
  row('GET', '/users', readUsers, getUsers, {
    operation: 'listUsers',
    summary: 'Users of the organization',
    query: [...ofList, withExpand],
    answers: { 200: many('user') },
  }),
  row('POST', '/users', writeUsers, postUser, {
    operation: 'createUser',
    summary: 'Create a user',
    body: 'userToCreate',
    answers: { 201: one('user') },
    differs: 'passwordProfile is accepted and kept nowhere. A property that this directory does not keep is refused.',
  }),
  row('GET', '/users/$count', readUsers, getUserCount, {
    operation: 'countUsers',
    summary: 'How many users there are',
    query: ofCount,
    answers: { 200: plainText },
  }),
  row('GET', '/users/:id', readUsers, getUser, {
    operation: 'getUser',
    summary: 'One user, by id or user principal name',
    query: [...ofOne, withExpand],
    answers: { 200: one('user') },
  }),
  row('PATCH', '/users/:id', writeUsers, patchUser, {
    operation: 'updateUser',
    summary: 'Change properties of a user',
    body: 'userToUpdate',
    ...changed,
  }),
  row('DELETE', '/users/:id', deleteUsers, removeUser, {
    operation: 'deleteUser',
    summary: 'Delete a user, who can be restored for 30 days',
    ...changed,
  }),

  row('GET', '/users/:id/manager', readUsers, getManager, {
    operation: 'getManager',
    summary: 'The manager of a user',
    query: ofOne,
    answers: { 200: one('user') },
  }),
  row('GET', '/users/:id/manager/$ref', readUsers, getManagerReference, {
    operation: 'getManagerReference',
    summary: 'The reference to the manager of a user',
    query: [],
    answers: { 200: one('reference') },
  }),
  row('PUT', '/users/:id/manager/$ref', writeUsers, putManager, {
    operation: 'setManager',
    summary: 'Give a user a manager',
    body: 'reference',
    ...changed,
  }),
  row('DELETE', '/users/:id/manager/$ref', writeUsers, removeManager, {
    operation: 'removeManager',
    summary: 'Take the manager from a user',
    ...changed,
  }),
  ...relation('/users/:id/directReports', readUsers, {
    operation: 'DirectReports',
    summary: 'Users whom a user manages',
    schema: 'directoryObject',
    query: ofRelation,
    list: () => getDirectReports,
    count: () => getDirectReportCount,
    all: 'all',
    casts: { user: 'all' },
  }),

  ...relation('/users/:id/memberOf', readMemberOf, {
    operation: 'UserMemberOf',
    summary: 'Groups that a user is directly in',
    schema: 'directoryObject',
    query: ofList,
    list: () => getUserMemberOf,
    count: () => getUserMemberOfCount,
    all: 'all',
    casts: { group: 'all' },
    differs: 'Groups only: there are no directory roles and no administrative units.',
  }),
  ...relation('/users/:id/transitiveMemberOf', readMemberOf, {
    operation: 'UserTransitiveMemberOf',
    summary: 'Groups that a user is in, directly or through other groups',
    schema: 'directoryObject',
    query: ofList,
    list: () => getTransitiveMemberOf('user'),
    count: () => getTransitiveMemberOfCount('user'),
    all: 'all',
    casts: { group: 'all' },
    differs: 'Groups only: there are no directory roles and no administrative units.',
  }),
  ...relation('/users/:id/ownedObjects', readMemberOf, {
    operation: 'OwnedObjects',
    summary: 'Groups that a user owns',
    schema: 'directoryObject',
    query: ofList,
    list: () => getOwnedObjects,
    count: () => getOwnedObjectCount,
    all: 'all',
    casts: { group: 'all' },
    differs: 'Groups only: there are no applications and no devices.',
  }),

  row('GET', '/users/:id/licenseDetails', readLicenses, getLicenseDetails, {
    operation: 'listLicenseDetails',
    summary: 'Products that a user has, with the service plans of each',
    query: ofOne,
    answers: { 200: many('licenseDetails') },
  }),
  row('GET', '/users/:id/licenseDetails/:detailsId', readLicenses, getLicenseDetail, {
    operation: 'getLicenseDetails',
    summary: 'One product that a user has',
    query: ofOne,
    answers: { 200: one('licenseDetails') },
  }),
  ...action('/users/:id/assignLicense', licenseUsers, postUserLicense, {
    operation: 'assignUserLicense',
    summary: 'Give products to a user directly, or take them',
    body: 'assignLicense',
    answers: { 200: one('user') },
  }),
  ...action('/users/:id/reprocessLicenseAssignment', reprocessUsers, postUserReprocess, {
    operation: 'reprocessUserLicenses',
    summary: 'Decide the licenses of a user again',
    answers: { 200: one('user') },
  }),
];
