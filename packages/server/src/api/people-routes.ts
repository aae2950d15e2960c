import { nothing, one, type Route } from '../http/index.ts';
import {
  getApplication,
  getApplications,
  postApplication,
  postCertificate,
  postSecret,
  removeApplication,
  removeCertificateOf,
} from './applications.ts';
import {
  getAccount,
  getAccounts,
  getCaller,
  patchAccount,
  postAccount,
  postAccountLink,
  removeAccount,
} from './people.ts';
import { anyone, readAccounts, readApplications, writeAccounts, writeApplications } from './permissions.ts';
import { row } from './row.ts';

/** Who may sign in, and the applications that may ask. */
export const peopleRoutes: readonly Route[] = [
  row('GET', '/applications', readApplications, getApplications, {
    operation: 'listApplications',
    summary: 'Applications that may ask for tokens',
    answers: { 200: one('applications') },
  }),
  row('POST', '/applications', writeApplications, postApplication, {
    operation: 'createApplication',
    summary: 'Register an application; nobody gives a permission that they do not have',
    body: 'applicationToCreate',
    answers: { 201: one('application') },
  }),
  row('GET', '/applications/:id', readApplications, getApplication, {
    operation: 'getApplication',
    summary: 'One application',
    answers: { 200: one('application') },
  }),
  row('DELETE', '/applications/:id', writeApplications, removeApplication, {
    operation: 'deleteApplication',
    summary: 'Remove an application: its tokens are refused from then on',
    answers: { 204: nothing },
  }),
  row('POST', '/applications/:id/secret', writeApplications, postSecret, {
    operation: 'createApplicationSecret',
    summary: 'Give an application a new secret, which can be read only now',
    answers: { 200: one('applicationWithSecret') },
  }),
  row('POST', '/applications/:id/certificates', writeApplications, postCertificate, {
    operation: 'addApplicationCertificate',
    summary: 'Let an application sign in by a certificate',
    body: 'certificateToAdd',
    answers: { 200: one('application') },
  }),
  row('DELETE', '/applications/:id/certificates/:thumbprint', writeApplications, removeCertificateOf, {
    operation: 'removeApplicationCertificate',
    summary: 'Let an application sign in by a certificate no more',
    answers: { 200: one('application') },
  }),
  row('GET', '/me', anyone, getCaller, {
    operation: 'getCaller',
    summary: 'Who asks, and what they may do',
    answers: { 200: one('caller') },
  }),
  row('GET', '/accounts', readAccounts, getAccounts, {
    operation: 'listAccounts',
    summary: 'People who may sign in',
    answers: { 200: one('accounts') },
  }),
  row('POST', '/accounts', writeAccounts, postAccount, {
    operation: 'createAccount',
    summary: 'Let a directory user, or a local administrator, sign in; answers a one-time link',
    body: 'accountToCreate',
    answers: { 201: one('accountWithLink') },
  }),
  row('GET', '/accounts/:id', readAccounts, getAccount, {
    operation: 'getAccount',
    summary: 'One account',
    answers: { 200: one('account') },
  }),
  row('PATCH', '/accounts/:id', writeAccounts, patchAccount, {
    operation: 'updateAccount',
    summary: 'Let somebody sign in or not',
    body: 'accountToUpdate',
    answers: { 200: one('account') },
  }),
  row('DELETE', '/accounts/:id', writeAccounts, removeAccount, {
    operation: 'deleteAccount',
    summary: 'Remove an account',
    answers: { 204: nothing },
  }),
  row('POST', '/accounts/:id/link', writeAccounts, postAccountLink, {
    operation: 'createAccountLink',
    summary: 'Have somebody set password and authenticator again, by a new one-time link',
    answers: { 200: one('accountWithLink') },
  }),
];
