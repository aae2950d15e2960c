import { many, nothing, one, type Route } from '../http/index.ts';
import {
  getPlans,
  getProducts,
  getRules,
  putPlan,
  putProduct,
  putRules,
  removePlan,
  removeProduct,
} from './catalogue.ts';
import { getChanges } from './changes.ts';
import { getCheck } from './check.ts';
import { getGroupErrors, getGroupErrorUsers, getGroupsInError, getUsersInError } from './errors-of-licensing.ts';
import { getSeatSeries, getSeats, getUserHistory } from './history.ts';
import { postGroups, postProducts, postUsers } from './imports.ts';
import {
  getAddresses,
  getExtensions,
  getExplanation,
  getProcessing,
  getSummary,
  getWaiting,
  postReprocess,
  postAddressesPreview,
  putAddresses,
} from './licensing.ts';
import {
  anyone,
  importFiles,
  readLicensing,
  readOrganization,
  readUsers,
  writeGroupLicensing,
  writeOrganization,
  writeUsers,
} from './permissions.ts';
import { peopleRoutes } from './people-routes.ts';
import {
  postLicensePreview,
  postMembersPreview,
  postUserChangePreview,
  postUserDeletionPreview,
  postUsersPreview,
} from './previews.ts';
import { row } from './row.ts';
import { getRuleProperties, postRuleCheck, postRulePreview } from './rules.ts';
import { getGroupLicensing, getSettings, patchGroupLicensing, patchSettings } from './settings.ts';
import {
  getSubscription,
  getSubscriptions,
  patchSubscription,
  postSubscription,
  removeSubscription,
} from './subscriptions.ts';

const shownFirst = ['dryRun', 'preview'] as const;

/** Everything that can be asked under /allot/v1. */
export const apiRoutes: readonly Route[] = [
  row('GET', '/summary', readOrganization, getSummary, {
    operation: 'getSummary',
    summary: 'The organization at a glance',
    answers: { 200: one('summary') },
  }),
  row('GET', '/processing', readLicensing, getProcessing, {
    operation: 'getProcessing',
    summary: 'What is accepted and not settled yet; pending 0: nothing',
    answers: { 200: one('processing') },
  }),
  row('GET', '/changes', anyone, getChanges, {
    operation: 'waitForChanges',
    summary: 'How far the organization is; with since, as soon as something has changed, or after 25 seconds',
    query: ['since'],
    answers: { 200: one('changes') },
  }),
  row('GET', '/waiting', readLicensing, getWaiting, {
    operation: 'listWaiting',
    summary: 'Who waits for seats of a product, in the order in which they are given',
    query: ['skuId', '$top', '$skiptoken'],
    requiredQuery: ['skuId'],
    answers: { 200: many('waitingUser') },
  }),
  row('GET', '/check', readLicensing, getCheck, {
    operation: 'check',
    summary: 'Everything counted again from what is stored',
    answers: { 200: one('checkResult') },
  }),
  row('GET', '/seats', readOrganization, getSeats, {
    operation: 'listSeats',
    summary: 'Seats of each product, now or at an instant',
    query: ['at'],
    answers: { 200: many('seats') },
  }),
  row('GET', '/seats/series', readOrganization, getSeatSeries, {
    operation: 'listSeatSeries',
    summary: 'Seats of a product, or of all, over a time',
    query: ['skuId', 'from', 'to', 'points'],
    answers: { 200: many('seatSeries') },
  }),

  row('GET', '/settings', readOrganization, getSettings, {
    operation: 'getSettings',
    summary: 'Settings of the organization',
    answers: { 200: one('settings') },
  }),
  row('PATCH', '/settings', writeOrganization, patchSettings, {
    operation: 'updateSettings',
    summary: 'Change settings of the organization',
    query: shownFirst,
    body: 'settingsToChange',
    answers: { 200: one('settings', 'cataloguePreview') },
  }),

  row('GET', '/groups/:id/licensing', readLicensing, getGroupLicensing, {
    operation: 'getGroupLicensing',
    summary: 'How a group licenses its members, and how far it is',
    answers: { 200: one('groupLicensing') },
  }),
  row('PATCH', '/groups/:id/licensing', writeGroupLicensing, patchGroupLicensing, {
    operation: 'updateGroupLicensing',
    summary: 'Change how a group licenses its members',
    query: ['dryRun'],
    body: 'groupLicensingToChange',
    answers: { 200: one('groupLicensing', 'planEffect') },
  }),
  row('POST', '/groups/:id/licensing/preview', readLicensing, postLicensePreview, {
    operation: 'previewGroupLicense',
    summary: 'What a change of the licenses of a group would do; nothing is changed',
    body: 'assignLicense',
    answers: { 200: one('planEffect') },
  }),
  row('POST', '/groups/:id/members/preview', readLicensing, postMembersPreview, {
    operation: 'previewMembers',
    summary: 'What adding members to a group and removing others would do to licenses; nothing is changed',
    body: 'membersToPreview',
    answers: { 200: one('planEffect') },
  }),
  row('POST', '/groups/:id/reprocess', writeGroupLicensing, postReprocess, {
    operation: 'reprocessGroup',
    summary: 'Decide the licenses of all members of a group again',
    answers: { 202: nothing },
  }),
  row('GET', '/groups/:id/errors', readLicensing, getGroupErrors, {
    operation: 'listGroupErrors',
    summary: 'Errors of a group, folded by cause',
    answers: { 200: many('groupErrorCause') },
  }),
  row('GET', '/groups/:id/errors/users', readLicensing, getGroupErrorUsers, {
    operation: 'listGroupErrorUsers',
    summary: 'Users concerned by one cause of the errors of a group, and what helps each',
    query: ['error', 'skuId', '$top', '$skiptoken'],
    requiredQuery: ['error', 'skuId'],
    answers: { 200: many('userInError') },
  }),
  row('GET', '/groups/errors', readLicensing, getGroupsInError, {
    operation: 'listGroupsInError',
    summary: 'Groups from which users have errors, those with the most users first',
    query: ['$top', '$skiptoken'],
    answers: { 200: many('groupInError') },
  }),
  row('POST', '/users/licensing/preview', readLicensing, postUsersPreview, {
    operation: 'previewUserLicenses',
    summary: 'What a direct assignment to some users would do; nothing is changed',
    body: 'usersToPreview',
    answers: { 200: one('userLicensePreview') },
  }),
  row('POST', '/users/changes/preview', readLicensing, postUserChangePreview, {
    operation: 'previewUserChange',
    summary:
      'What the same change of some users, such as their usage location, would do to licenses; nothing is changed',
    body: 'userChangeToPreview',
    answers: { 200: one('planEffect') },
  }),
  row('POST', '/users/:id/addresses/preview', readLicensing, postAddressesPreview, {
    operation: 'previewAddresses',
    summary: 'What other mail addresses of a user would do to licenses; nothing is changed',
    body: 'addresses',
    answers: { 200: one('planEffect') },
  }),
  row('POST', '/users/deletion/preview', readLicensing, postUserDeletionPreview, {
    operation: 'previewUserDeletion',
    summary: 'What deleting some users would do to licenses; nothing is changed',
    body: 'usersToDelete',
    answers: { 200: one('planEffect') },
  }),
  row('GET', '/users/errors', readLicensing, getUsersInError, {
    operation: 'listUsersInError',
    summary: 'Users whose own licenses are in error; with source=any also those with an error from a group',
    query: ['source', '$top', '$skiptoken'],
    answers: { 200: many('userInError') },
  }),

  row('POST', '/rules/preview', readLicensing, postRulePreview, {
    operation: 'previewRule',
    summary: 'What a membership rule would do; nothing is changed',
    body: 'ruleToPreview',
    answers: { 200: one('rulePreview') },
  }),
  row('POST', '/rules/check', readLicensing, postRuleCheck, {
    operation: 'checkRule',
    summary: 'Whether a text is a membership rule, and if not, where and why; nothing is changed',
    body: 'ruleToCheck',
    answers: { 200: one('ruleCheck') },
  }),
  row('GET', '/rules/properties', readLicensing, getRuleProperties, {
    operation: 'listRuleProperties',
    summary: 'What membership rules can ask for, and with which operators',
    answers: { 200: many('ruleProperty') },
  }),

  row('GET', '/users/:id/explanation', readLicensing, getExplanation, {
    operation: 'explainUser',
    summary: 'Why a user has which license from which source, and why not',
    answers: { 200: many('explanation') },
  }),
  row('GET', '/users/:id/history', readLicensing, getUserHistory, {
    operation: 'getUserHistory',
    summary: 'What a user had and which change made it so, or what the user had at an instant',
    query: ['at'],
    answers: { 200: one('userHistory', 'userAtInstant') },
  }),
  row('GET', '/users/:id/addresses', readUsers, getAddresses, {
    operation: 'getAddresses',
    summary: 'Mail addresses of a user',
    answers: { 200: one('userAddresses') },
  }),
  row('GET', '/users/:id/extensions', readUsers, getExtensions, {
    operation: 'listExtensions',
    summary: 'The directory extensions that a user has; they are changed as properties of the user',
    answers: { 200: many('directoryExtension') },
  }),
  row('PUT', '/users/:id/addresses', writeUsers, putAddresses, {
    operation: 'setAddresses',
    summary: 'Set the mail addresses of a user',
    body: 'addresses',
    answers: { 204: nothing },
  }),

  row('GET', '/subscriptions', readOrganization, getSubscriptions, {
    operation: 'listSubscriptions',
    summary: 'Where seats come from',
    answers: { 200: many('subscription') },
  }),
  row('POST', '/subscriptions', writeOrganization, postSubscription, {
    operation: 'createSubscription',
    summary: 'Add seats of a product',
    query: ['dryRun'],
    body: 'subscriptionToCreate',
    answers: { 200: one('planEffect'), 201: one('subscription') },
  }),
  row('GET', '/subscriptions/:id', readOrganization, getSubscription, {
    operation: 'getSubscription',
    summary: 'One subscription',
    answers: { 200: one('subscription') },
  }),
  row('PATCH', '/subscriptions/:id', writeOrganization, patchSubscription, {
    operation: 'updateSubscription',
    summary: 'Change the seats, the status or the time of a subscription',
    query: ['dryRun'],
    body: 'subscriptionToChange',
    answers: { 200: one('subscription', 'planEffect') },
  }),
  row('DELETE', '/subscriptions/:id', writeOrganization, removeSubscription, {
    operation: 'deleteSubscription',
    summary: 'Take the seats of a subscription away; users keep what they have',
    query: ['dryRun'],
    answers: { 200: one('planEffect'), 204: nothing },
  }),

  row('GET', '/catalogue/products', readOrganization, getProducts, {
    operation: 'listProducts',
    summary: 'All products of the catalogue',
    answers: { 200: many('product') },
  }),
  row('PUT', '/catalogue/products/:id', writeOrganization, putProduct, {
    operation: 'setProduct',
    summary: 'Define a product, or change it',
    query: shownFirst,
    body: 'productToSet',
    answers: { 200: one('product', 'cataloguePreview'), 201: one('product') },
  }),
  row('DELETE', '/catalogue/products/:id', writeOrganization, removeProduct, {
    operation: 'deleteProduct',
    summary: 'Delete a product that nobody has or had and that has no subscription',
    query: shownFirst,
    answers: { 200: one('cataloguePreview'), 204: nothing },
  }),
  row('GET', '/catalogue/plans', readOrganization, getPlans, {
    operation: 'listPlans',
    summary: 'All service plans of the catalogue',
    answers: { 200: many('plan') },
  }),
  row('PUT', '/catalogue/plans/:id', writeOrganization, putPlan, {
    operation: 'setPlan',
    summary: 'Define a service plan, or change it',
    query: shownFirst,
    body: 'planToSet',
    answers: { 200: one('plan', 'cataloguePreview'), 201: one('plan') },
  }),
  row('DELETE', '/catalogue/plans/:id', writeOrganization, removePlan, {
    operation: 'deletePlan',
    summary: 'Delete a service plan that no product and no rule of the catalogue names',
    query: shownFirst,
    answers: { 200: one('cataloguePreview'), 204: nothing },
  }),
  row('GET', '/catalogue/rules', readOrganization, getRules, {
    operation: 'getRules',
    summary: 'Which service plans exclude and which need each other',
    answers: { 200: one('catalogueRules') },
  }),
  row('PUT', '/catalogue/rules', writeOrganization, putRules, {
    operation: 'setRules',
    summary: 'Say which service plans exclude and which need each other',
    query: shownFirst,
    body: 'catalogueRulesToSet',
    answers: { 200: one('catalogueRules', 'cataloguePreview') },
  }),

  row('POST', '/imports/products', importFiles, postProducts, {
    operation: 'importProducts',
    summary: 'Import a list of products',
    query: ['skipBad', ...shownFirst],
    body: 'file',
    answers: { 200: one('productImportResult') },
  }),
  row('POST', '/imports/users', importFiles, postUsers, {
    operation: 'importUsers',
    summary: 'Import a file of users',
    query: ['skipBad', 'dryRun', 'map'],
    body: 'file',
    answers: { 200: one('importResult') },
  }),
  row('POST', '/imports/groups', importFiles, postGroups, {
    operation: 'importGroups',
    summary: 'Import a file of groups',
    query: ['skipBad', 'dryRun'],
    body: 'file',
    answers: { 200: one('importResult') },
  }),
  ...peopleRoutes,
];
