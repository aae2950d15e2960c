import type { Route } from '../http/index.ts';
import {
  getApplication,
  getApplications,
  postApplication,
  postCertificate,
  postSecret,
  removeApplication,
  removeCertificateOf,
} from './applications.ts';
import { getPlans, getProducts, getRules, putPlan, putProduct, putRules } from './catalogue.ts';
import { getCheck } from './check.ts';
import { getSeats, getUserHistory } from './history.ts';
import { postGroups, postProducts, postUsers } from './imports.ts';
import {
  getAddresses,
  getExplanation,
  getGroupErrors,
  getProcessing,
  getSummary,
  getWaiting,
  postLicensePreview,
  postReprocess,
  putAddresses,
} from './licensing.ts';
import {
  getAccount,
  getAccounts,
  getCaller,
  patchAccount,
  postAccount,
  postAccountLink,
  removeAccount,
} from './people.ts';
import {
  anyone,
  importFiles,
  readAccounts,
  readApplications,
  readLicensing,
  readOrganization,
  readUsers,
  writeAccounts,
  writeApplications,
  writeGroupLicensing,
  writeOrganization,
  writeUsers,
} from './permissions.ts';
import { postRulePreview } from './rules.ts';
import { getGroupLicensing, getSettings, patchGroupLicensing, patchSettings } from './settings.ts';
import {
  getSubscription,
  getSubscriptions,
  patchSubscription,
  postSubscription,
  removeSubscription,
} from './subscriptions.ts';

/** Everything that can be asked under /allot/v1. */
export const apiRoutes: readonly Route[] = [
  row('GET', '/summary', readOrganization, getSummary),
  row('GET', '/processing', readLicensing, getProcessing),
  row('GET', '/waiting', readLicensing, getWaiting),
  row('GET', '/check', readLicensing, getCheck),
  row('GET', '/seats', readOrganization, getSeats),

  row('GET', '/settings', readOrganization, getSettings),
  row('PATCH', '/settings', writeOrganization, patchSettings),

  row('GET', '/groups/:id/licensing', readLicensing, getGroupLicensing),
  row('PATCH', '/groups/:id/licensing', writeGroupLicensing, patchGroupLicensing),
  row('POST', '/groups/:id/licensing/preview', readLicensing, postLicensePreview),
  row('POST', '/groups/:id/reprocess', writeGroupLicensing, postReprocess),
  row('GET', '/groups/:id/errors', readLicensing, getGroupErrors),

  row('POST', '/rules/preview', readLicensing, postRulePreview),

  row('GET', '/users/:id/explanation', readLicensing, getExplanation),
  row('GET', '/users/:id/history', readLicensing, getUserHistory),
  row('GET', '/users/:id/addresses', readUsers, getAddresses),
  row('PUT', '/users/:id/addresses', writeUsers, putAddresses),

  row('GET', '/subscriptions', readOrganization, getSubscriptions),
  row('POST', '/subscriptions', writeOrganization, postSubscription),
  row('GET', '/subscriptions/:id', readOrganization, getSubscription),
  row('PATCH', '/subscriptions/:id', writeOrganization, patchSubscription),
  row('DELETE', '/subscriptions/:id', writeOrganization, removeSubscription),

  row('GET', '/catalogue/products', readOrganization, getProducts),
  row('PUT', '/catalogue/products/:id', writeOrganization, putProduct),
  row('GET', '/catalogue/plans', readOrganization, getPlans),
  row('PUT', '/catalogue/plans/:id', writeOrganization, putPlan),
  row('GET', '/catalogue/rules', readOrganization, getRules),
  row('PUT', '/catalogue/rules', writeOrganization, putRules),

  row('GET', '/applications', readApplications, getApplications),
  row('POST', '/applications', writeApplications, postApplication),
  row('GET', '/applications/:id', readApplications, getApplication),
  row('DELETE', '/applications/:id', writeApplications, removeApplication),
  row('POST', '/applications/:id/secret', writeApplications, postSecret),
  row('POST', '/applications/:id/certificates', writeApplications, postCertificate),
  row('DELETE', '/applications/:id/certificates/:thumbprint', writeApplications, removeCertificateOf),

  row('GET', '/me', anyone, getCaller),
  row('GET', '/accounts', readAccounts, getAccounts),
  row('POST', '/accounts', writeAccounts, postAccount),
  row('GET', '/accounts/:id', readAccounts, getAccount),
  row('PATCH', '/accounts/:id', writeAccounts, patchAccount),
  row('DELETE', '/accounts/:id', writeAccounts, removeAccount),
  row('POST', '/accounts/:id/link', writeAccounts, postAccountLink),

  row('POST', '/imports/products', importFiles, postProducts),
  row('POST', '/imports/users', importFiles, postUsers),
  row('POST', '/imports/groups', importFiles, postGroups),
];

function row(method: Route['method'], path: string, permissions: Route['permissions'], handle: Route['handle']): Route {
  return { method, path: `/allot/v1${path}`, permissions, handle };
}
