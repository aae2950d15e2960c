import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { badRequest } from '@allot/contract';
import {
  changeAccount,
  createAccount,
  createAccountLink,
  deleteAccount,
  type LinkedAccount,
  listAccounts,
  type NewAccount,
  readAccount,
} from '../operations/people/accounts.ts';
import { requireTenant } from '../operations/tenants/require-tenant.ts';
import { flag, readFields, readRequired, text } from './fields.ts';
import { pathId } from './path-id.ts';

/** Longest name that people sign in with, and longest name that they are shown by. */
const nameLengthMax = 256;

/** GET /me: who asks, and what they may do: of people by their roles, whatever the scopes of the token. */
export async function getCaller({ ctx, caller }: RouteRequest): Promise<RouteAnswer> {
  await requireTenant(ctx);
  const { kind, tenantId, displayName } = caller;
  if (caller.kind === 'application') {
    return ok({ kind, tenantId, id: caller.appId, displayName, permissions: [...caller.permissions] });
  }
  const { id, userPrincipalName, local, appId, scopes } = caller;
  const roles = caller.roles.map(({ role, groupId }) => ({
    roleDefinitionId: role.id,
    displayName: role.displayName,
    groupId,
    permissions: [...role.permissions],
  }));
  return ok({ kind, tenantId, id, displayName, userPrincipalName, local, appId, scopes: [...scopes], roles });
}

/** GET /accounts */
export const getAccounts = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok({ value: await listAccounts(ctx) });

/** GET /accounts/{id} */
export const getAccount = async (request: RouteRequest): Promise<RouteAnswer> =>
  ok(await readAccount(request.ctx, pathId(request)));

/** POST /accounts: `user`, or `signInName` and `displayName`; answers a one-time link. */
export async function postAccount(request: RouteRequest): Promise<RouteAnswer> {
  const account = await createAccount(request.ctx, readAccountBody(request.body));
  const location = `${request.root}/allot/v1/accounts/${account.id}`;
  return { status: 201, body: linked(request, account), headers: { location } };
}

/** PATCH /accounts/{id}: `enabled`; answers the account as it is now. */
export async function patchAccount(request: RouteRequest): Promise<RouteAnswer> {
  const { enabled } = readRequired(request.body, { enabled: flag }, ['enabled']);
  return ok(await changeAccount(request.ctx, pathId(request), enabled));
}

/** DELETE /accounts/{id} */
export async function removeAccount(request: RouteRequest): Promise<RouteAnswer> {
  await deleteAccount(request.ctx, pathId(request));
  return noContent;
}

/** POST /accounts/{id}/link: answers the account with a one-time link. */
export const postAccountLink = async (request: RouteRequest): Promise<RouteAnswer> =>
  ok(linked(request, await createAccountLink(request.ctx, pathId(request))));

function readAccountBody(body: unknown): NewAccount {
  const name = text(nameLengthMax);
  const { user, signInName, displayName } = readFields(body, { user: name, signInName: name, displayName: name });
  if (user !== undefined && signInName === undefined && displayName === undefined) return { user };
  if (user === undefined && signInName !== undefined) return { signInName, displayName: displayName ?? signInName };
  throw badRequest(
    'An account is that of a directory user, or of a local administrator.',
    'Send either user (id or user principal name), or signInName and displayName.',
  );
}

const linked = ({ root }: RouteRequest, { linkPath, ...account }: LinkedAccount) => ({
  ...account,
  link: `${root}${linkPath}`,
});
