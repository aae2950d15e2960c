import { randomUUID } from 'node:crypto';
import { ApiError, badRequest, notFound } from '@allot/contract';
import {
  type Activity,
  endSessions,
  findPerson,
  type Handle,
  insertAccount,
  insertAudit,
  listPersons,
  lockRoles,
  type Person,
  removePeople,
  selectUser,
  setAccountEnabled,
} from '@allot/store';
import { createOneTimeLink } from '../../sign-in/people/one-time-link.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { hasAdministrator, keepOneAdministrator } from './keep-one-administrator.ts';
import { peopleEntry } from './people-entry.ts';

/** Somebody who may sign in. */
export interface Account {
  /** Object id; of a directory user the user's. */
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  /** Nobody's user in the directory. */
  readonly local: boolean;
  /** False also while the user is disabled in the directory. */
  readonly enabled: boolean;
  /** Whether password and authenticator are set; otherwise a one-time link sets them. */
  readonly ready: boolean;
}

/** A directory user by id or user principal name, or a local administrator of a new name. */
export type NewAccount = { readonly user: string } | { readonly signInName: string; readonly displayName: string };

/** An account and the path of a link with which its person sets password and authenticator, once. */
export interface LinkedAccount extends Account {
  readonly linkPath: string;
}

export async function listAccounts(ctx: Context): Promise<readonly Account[]> {
  return (await listPersons(ctx.db, ctx.tenantId)).map(accountOf);
}

/** @throws ApiError 404 */
export async function readAccount(ctx: Context, id: string): Promise<Account> {
  return accountOf(await personOf(ctx.db, ctx.tenantId, id));
}

/** @throws ApiError 404 for an unknown user, 409 for somebody who has an account already */
export function createAccount(ctx: Context, asked: NewAccount): Promise<LinkedAccount> {
  return inTransaction(ctx, async (trx) => {
    const id = 'user' in asked ? await userIdOf(trx, ctx.tenantId, asked.user) : randomUUID();
    const names = 'user' in asked ? { signInName: null, displayName: null } : asked;
    if (!(await insertAccount(trx, ctx.tenantId, { id, ...names }))) throw taken();
    await audit(trx, ctx, 'Add account', id);
    return withLink(trx, ctx, id);
  });
}

/** Makes a new one-time link; what the person signed in with goes on until the link is used. @throws ApiError 404 */
export function createAccountLink(ctx: Context, id: string): Promise<LinkedAccount> {
  return inTransaction(ctx, async (trx) => {
    await audit(trx, ctx, 'Add one-time link', id);
    return withLink(trx, ctx, id);
  });
}

/** Enables or disables an account; who is disabled is signed out everywhere. @throws ApiError 404, or 400 for the last one */
export function changeAccount(ctx: Context, id: string, enabled: boolean): Promise<Account> {
  return underLock(ctx, async (trx) => {
    await audit(trx, ctx, enabled ? 'Enable account' : 'Disable account', id);
    await setAccountEnabled(trx, ctx.tenantId, id, enabled);
    if (!enabled) await endSessions(trx, ctx.tenantId, id);
    return accountOf(await personOf(trx, ctx.tenantId, id));
  });
}

/** The person may not sign in any more, and has no roles. A directory user stays one. @throws ApiError 404, or 400 */
export function deleteAccount(ctx: Context, id: string): Promise<void> {
  return underLock(ctx, async (trx) => {
    await audit(trx, ctx, 'Delete account', id);
    await removePeople(trx, ctx.tenantId, [id]);
  });
}

const underLock = <T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> =>
  inTransaction(ctx, async (trx) => {
    await lockRoles(trx, ctx.tenantId);
    const before = await hasAdministrator(trx, ctx.tenantId);
    const result = await run(trx);
    await keepOneAdministrator(trx, ctx.tenantId, before);
    return result;
  });

async function userIdOf(trx: Handle, tenantId: string, ref: string): Promise<string> {
  const user = await selectUser(trx, tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  return user.id;
}

async function withLink(trx: Handle, ctx: Context, id: string): Promise<LinkedAccount> {
  const account = accountOf(await personOf(trx, ctx.tenantId, id));
  if (!account.enabled) {
    throw badRequest(
      'The account is disabled.',
      'Enable the account, and the user in the directory, first.',
      'AccountDisabled',
    );
  }
  return { ...account, linkPath: await createOneTimeLink(trx, ctx.tenantId, id) };
}

async function personOf(db: Handle, tenantId: string, id: string): Promise<Person> {
  const person = await findPerson(db, tenantId, id);
  if (person === undefined) throw notFound(id);
  return person;
}

async function audit(trx: Handle, ctx: Context, activity: Activity, id: string): Promise<void> {
  const { displayName } = await personOf(trx, ctx.tenantId, id);
  const target = { id, displayName, type: 'User' } as const;
  await insertAudit(trx, ctx.tenantId, [peopleEntry(ctx, activity, 'UserManagement', target)]);
}

const accountOf = ({ id, signInName, displayName, local, enabled, passwordHash }: Person): Account => ({
  id,
  signInName,
  displayName,
  local,
  enabled,
  ready: passwordHash !== null,
});

const taken = (): ApiError =>
  new ApiError(409, 'Request_ResourceExists', 'There is an account with this name or for this user already.', {
    advice: 'List the accounts; make a one-time link for the one that is there, or choose another name.',
  });
