import { hkdfSync } from 'node:crypto';

import type { JWK } from 'jose';
import { interactionPolicy } from 'oidc-provider';
import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';

import { findPerson } from '@allot/store';
import type { Handle } from '@allot/store';

import type { Address } from './address.ts';
import { resourceScopes } from './delegated-scopes.ts';
import { endsWithSessionProperty } from './model-adapter.ts';
import { confirmDevicePage, deviceDonePage, signedOutPage, signOutPage, userCodePage } from './pages/device-pages.ts';
import type { Page } from './pages/page.ts';
import { problemPage } from './pages/sign-in-pages.ts';
import { tokenLifetimeSeconds } from './token-claims.ts';

/** How long somebody is signed in without coming back, and tokens can be refreshed without being used: seconds. */
const sessionSecondsMax = 24 * 60 * 60;
const refreshTokenSecondsMax = 30 * 24 * 60 * 60;
/** How long a sign-in that was begun may take. */
const interactionSecondsMax = 60 * 60;
const deviceCodeSecondsMax = 15 * 60;
const authorizationCodeSecondsMax = 60;

export type PeopleParts = {
  readonly db: Handle;
  readonly tenantId: string;
  readonly address: Address;
  readonly privateJwks: readonly JWK[];
};

export const peopleLifetimes = {
  Session: sessionSecondsMax,
  Grant: refreshTokenSecondsMax,
  Interaction: interactionSecondsMax,
  RefreshToken: refreshTokenSecondsMax,
  DeviceCode: deviceCodeSecondsMax,
  AuthorizationCode: authorizationCodeSecondsMax,
  IdToken: tokenLifetimeSeconds,
} as const;

/** What the provider needs to sign people in: who they are, how they are asked, and how long that lasts. */
export function peopleConfiguration(parts: PeopleParts) {
  const { db, tenantId, address } = parts;
  return {
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub', 'oid', 'tid', 'ver'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: (ctx) => endsWithSession(ctx.oidc.client),
    findAccount: async (_ctx, id) => {
      const person = await findPerson(db, tenantId, id);
      if (!person?.enabled) return undefined;
      const { displayName: name, signInName } = person;
      const claims = { sub: id, oid: id, tid: tenantId, ver: '2.0', name, preferred_username: signInName };
      return { accountId: id, claims: () => claims };
    },
    loadExistingGrant,
    interactions: {
      policy: promptPolicy(),
      url: (_ctx, { uid }) => `${address.path}/${tenantId}/sign-in/${uid}`,
    },
    cookies: {
      keys: cookieKeys(parts.privateJwks),
      // One host serves several tenants, and a person may be signed in to more than one.
      names: { session: `allot_session_${tenantId}`, interaction: 'allot_sign_in', resume: 'allot_resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
  } satisfies Configuration;
}

export const peopleFeatures = {
  deviceFlow: {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    userCodeInputSource: (ctx, _form, out, error) => {
      const problem = out === undefined && error === undefined ? undefined : codeProblem(error);
      show(ctx, userCodePage(ctx.oidc.urlFor('code_verification'), secretOf(ctx), problem));
    },
    userCodeConfirmSource: (ctx, _form, client, _deviceInfo, userCode) => {
      const action = ctx.oidc.urlFor('code_verification');
      const clientName = client.clientName ?? client.clientId;
      show(ctx, confirmDevicePage({ action, secret: secretOf(ctx), userCode, clientName }));
    },
    successSource: (ctx) => {
      const client = ctx.oidc.client;
      show(ctx, deviceDonePage(client?.clientName ?? 'The program'));
    },
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx) => show(ctx, signOutPage(ctx.oidc.urlFor('end_session_confirm'), secretOf(ctx), returnOf(ctx))),
    postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage()),
  },
} satisfies Configuration['features'];

export function show(ctx: KoaContextWithOIDC, { html, headers }: Page): void {
  ctx.set({ ...headers });
  ctx.body = html;
}

/** An error that a browser is shown. */
export function showProblem(ctx: KoaContextWithOIDC, sentence: string): void {
  show(ctx, problemPage('That did not work', sentence));
}

/** Nobody is asked to consent: administrators decide what applications may ask for. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider, account, resourceServers = {} } = ctx.oidc;
  if (client === undefined || account === undefined) return undefined;
  const known = session?.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  if (found?.accountId === account.accountId) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope('openid profile offline_access');
  for (const resource of Object.keys(resourceServers)) grant.addResourceScope(resource, resourceScopes.join(' '));
  await grant.save();
  return grant;
}

function promptPolicy() {
  const { base, Check, Prompt } = interactionPolicy;
  const policy = base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new Check('account_gone', 'The account is gone or disabled', ({ oidc }) =>
        oidc.session?.accountId !== undefined && oidc.account === undefined
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    );
  // Entra's clients ask for these; both are answered by signing in.
  policy.add(new Prompt({ name: 'select_account', requestable: true }));
  policy.add(new Prompt({ name: 'consent', requestable: true }));
  return policy;
}

/** What signs cookies, made from the keys that sign tokens: as secret, as many, and known to every server. */
const cookieKeys = (privateJwks: readonly JWK[]): Buffer[] =>
  privateJwks.map(({ d = '', kid = '' }) => Buffer.from(hkdfSync('sha256', d, kid, 'allot cookies', 32)));

function endsWithSession(client: Client | undefined): boolean {
  // Our own property, written by model-adapter.ts.
  return (client as { [endsWithSessionProperty]?: boolean } | undefined)?.[endsWithSessionProperty] === true;
}

const secretOf = ({ oidc }: KoaContextWithOIDC): string => {
  const secret: unknown = oidc.session?.state?.['secret'];
  return typeof secret === 'string' ? secret : '';
};

/** Where an application wants people back who have signed out: an address that it is registered with. */
const returnOf = ({ oidc }: KoaContextWithOIDC): string | undefined => {
  const address: unknown = oidc.session?.state?.['postLogoutRedirectUri'];
  return typeof address === 'string' ? URL.parse(address)?.origin : undefined;
};

function codeProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NoCodeError':
      return 'Type the code that the program shows.';
    case 'AbortedError':
      return 'Canceled. The program was told; start it again to get a new code.';
    case 'NotFoundError':
    case 'ExpiredError':
    case 'AlreadyUsedError':
      return 'This code is not known, too old, or used already. Start the program again to get a new one.';
    default:
      return 'That did not work. Start the program again to get a new code, and allow cookies for this address.';
  }
}
