import { many, one, plainText, type Route } from '../../http/index.ts';
import { getCompanySubscription, getCompanySubscriptions } from '../company-subscriptions.ts';
import {
  getDeletedGroupCount,
  getDeletedGroups,
  getDeletedItem,
  getDeletedUserCount,
  getDeletedUsers,
  postRestore,
  removeDeletedItem,
} from '../deleted-items.ts';
import { getDirectoryAudit, getDirectoryAudits } from '../directory-audits.ts';
import { getDirectoryObject, postValidateProperties, removeDirectoryObject } from '../directory-objects.ts';
import { getSubscribedSku, getSubscribedSkus } from '../licenses.ts';
import { postCheckMember, postGetByIds, postGetMember } from '../nested.ts';
import { getOrganization, getOrganizations } from '../organization.ts';
import {
  hardDeleteItems,
  readAudits,
  readDeletedItems,
  readGroups,
  readMemberOf,
  readOrganization,
  readSkus,
  readUsers,
  restoreDeletedItems,
  validateGroups,
} from '../permissions.ts';
import { action, changed, ofCount, ofList, ofOne, row } from './row.ts';

/** Whose memberships are asked for. */
const askedOf = {
  users: { of: 'user', word: 'User' },
  groups: { of: 'group', word: 'Group' },
  directoryObjects: { of: 'either', word: 'Object' },
} as const;

/** The organization, what it bought, objects of either kind, those that are deleted, and the audit log. */
export const directoryRoutes: readonly Route[] = [
  row('GET', '/organization', readOrganization, getOrganizations, {
    operation: 'listOrganizations',
    summary: 'The organization, as a list of one',
    query: ['$select', '$top'],
    answers: { 200: many('organization') },
  }),
  row('GET', '/organization/:id', readOrganization, getOrganization, {
    operation: 'getOrganization',
    summary: 'The organization',
    query: ofOne,
    answers: { 200: one('organization') },
  }),
  row('GET', '/subscribedSkus', readSkus, getSubscribedSkus, {
    operation: 'listSubscribedSkus',
    summary: 'Products that the organization has, with their seats',
    query: ofOne,
    answers: { 200: many('subscribedSku') },
  }),
  row('GET', '/subscribedSkus/:id', readSkus, getSubscribedSku, {
    operation: 'getSubscribedSku',
    summary: 'One product that the organization has',
    query: ofOne,
    answers: { 200: one('subscribedSku') },
  }),
  row('GET', '/directory/subscriptions', readSkus, getCompanySubscriptions, {
    operation: 'listCompanySubscriptions',
    summary: 'Subscriptions that seats come from',
    query: ['$select', '$filter', '$top', '$skiptoken'],
    answers: { 200: many('companySubscription') },
    differs:
      'commerceSubscriptionId is the id. A subscription that is to come is Suspended. totalLicenses and ownerId cannot be filtered by.',
  }),
  row('GET', '/directory/subscriptions/:id', readSkus, getCompanySubscription, {
    operation: 'getCompanySubscription',
    summary: 'One subscription',
    query: ofOne,
    answers: { 200: one('companySubscription') },
  }),
  row('GET', '/directory/subscriptions/commerceSubscriptionId=:id', readSkus, getCompanySubscription, {
    operation: 'getCompanySubscriptionByCommerceId',
    summary: 'One subscription, by its other key',
    query: ofOne,
    answers: { 200: one('companySubscription') },
  }),

  ...action('/directoryObjects/getByIds', readDeletedItems, postGetByIds, {
    operation: 'getObjectsByIds',
    summary: 'The users and groups with these ids that there are',
    body: 'getByIds',
    answers: { 200: many('directoryObject') },
  }),
  ...action('/directoryObjects/validateProperties', validateGroups, postValidateProperties, {
    operation: 'validateProperties',
    summary: 'Whether a new group could have a name and a mail nickname',
    body: 'validateProperties',
    ...changed,
    differs: 'There is no naming policy: values are checked, and whether another group has the mail nickname.',
  }),
  row('GET', '/directoryObjects/:id', readDeletedItems, getDirectoryObject, {
    operation: 'getDirectoryObject',
    summary: 'A user or a group',
    query: ofOne,
    answers: { 200: one('directoryObject') },
  }),
  row('DELETE', '/directoryObjects/:id', hardDeleteItems, removeDirectoryObject, {
    operation: 'deleteDirectoryObject',
    summary: 'Delete a user or a group, which can be restored for 30 days',
    ...changed,
  }),
  ...(['users', 'groups', 'directoryObjects'] as const).flatMap((kind) => {
    const { of, word } = askedOf[kind];
    return [
      ...action(`/${kind}/:id/checkMemberGroups`, readMemberOf, postCheckMember(of, 'groupIds'), {
        operation: `check${word}MemberGroups`,
        summary: `Which of these groups a ${of === 'either' ? 'user or group' : of} is in, directly or through others`,
        body: 'checkMemberGroups',
        answers: { 200: many('text') },
      }),
      ...action(`/${kind}/:id/checkMemberObjects`, readMemberOf, postCheckMember(of, 'ids'), {
        operation: `check${word}MemberObjects`,
        summary: `Which of these objects a ${of === 'either' ? 'user or group' : of} is in, directly or through others`,
        body: 'checkMemberObjects',
        answers: { 200: many('text') },
        differs: 'Groups only: there are no directory roles and no administrative units.',
      }),
      ...action(`/${kind}/:id/getMemberGroups`, readMemberOf, postGetMember(of), {
        operation: `get${word}MemberGroups`,
        summary: `All groups that a ${of === 'either' ? 'user or group' : of} is in, directly or through others`,
        body: 'getMemberGroups',
        answers: { 200: many('text') },
      }),
      ...action(`/${kind}/:id/getMemberObjects`, readMemberOf, postGetMember(of), {
        operation: `get${word}MemberObjects`,
        summary: `All objects that a ${of === 'either' ? 'user or group' : of} is in, directly or through others`,
        body: 'getMemberObjects',
        answers: { 200: many('text') },
        differs: 'Groups only: there are no directory roles and no administrative units.',
      }),
    ];
  }),

  row('GET', '/directory/deletedItems/microsoft.graph.user', readUsers, getDeletedUsers, {
    operation: 'listDeletedUsers',
    summary: 'Deleted users who can be restored',
    query: ofList,
    answers: { 200: many('user') },
  }),
  row('GET', '/directory/deletedItems/microsoft.graph.user/$count', readUsers, getDeletedUserCount, {
    operation: 'countDeletedUsers',
    summary: 'How many deleted users can be restored',
    query: ofCount,
    answers: { 200: plainText },
  }),
  row('GET', '/directory/deletedItems/microsoft.graph.group', readGroups, getDeletedGroups, {
    operation: 'listDeletedGroups',
    summary: 'Deleted groups that can be restored',
    query: ofList,
    answers: { 200: many('group') },
  }),
  row('GET', '/directory/deletedItems/microsoft.graph.group/$count', readGroups, getDeletedGroupCount, {
    operation: 'countDeletedGroups',
    summary: 'How many deleted groups can be restored',
    query: ofCount,
    answers: { 200: plainText },
  }),
  row('GET', '/directory/deletedItems/:id', readDeletedItems, getDeletedItem, {
    operation: 'getDeletedItem',
    summary: 'A deleted user or group that can be restored',
    query: ofOne,
    answers: { 200: one('directoryObject') },
  }),
  row('DELETE', '/directory/deletedItems/:id', hardDeleteItems, removeDeletedItem, {
    operation: 'deleteDeletedItem',
    summary: 'Delete a deleted user or group for good',
    ...changed,
  }),
  ...action('/directory/deletedItems/:id/restore', restoreDeletedItems, postRestore, {
    operation: 'restoreDeletedItem',
    summary: 'Bring a deleted user or group back',
    body: 'restore',
    answers: { 200: one('directoryObject') },
    differs:
      'Addresses that another user has now are restored and shown as an error: autoReconcileProxyConflict is refused.',
  }),

  row('GET', '/auditLogs/directoryAudits', readAudits, getDirectoryAudits, {
    operation: 'listDirectoryAudits',
    summary: 'Entries of the audit log, the newest first',
    query: ['$select', '$filter', '$orderby', '$top', '$skiptoken'],
    answers: { 200: many('directoryAudit') },
  }),
  row('GET', '/auditLogs/directoryAudits/:id', readAudits, getDirectoryAudit, {
    operation: 'getDirectoryAudit',
    summary: 'One entry of the audit log',
    query: ofOne,
    answers: { 200: one('directoryAudit') },
  }),
];
