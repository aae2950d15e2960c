import { createHash } from 'node:crypto';

import { ApiError } from '@allot/contract';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';

import { findFirstTenant, findTenantByIdOrDomain } from '@allot/store';
import type { Handle } from '@allot/store';

import { BoundedCache } from './bounded-cache.ts';
import type { PersonCaller } from './caller.ts';
import { roleById, roles } from './roles.ts';
import type { Role } from './roles.ts';

/** An OpenID Connect issuer of the organization's own, whose tokens are believed here. */
export type ExternalIssuer = {
  /** As it stands in `iss`, and before `/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** What `aud` must name. */
  readonly audience: string;
  /** The claim that says what a person may do: a text or a list of texts. */
  readonly roleClaim: string;
  /** Which of its values is which role, by Entra's name or id; a value that is not here stands for itself. */
  readonly roles: ReadonlyMap<string, string>;
  /** Whose people they are: a tenant by id or initial domain; undefined: the first one. */
  readonly tenant: string | undefined;
};

/** Tells who calls with a token of the issuer. Throws jose's errors for a token that is not good. */
export type VerifyExternalToken = (token: string) => Promise<PersonCaller>;

/** Signatures that others can check without being able to make them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 30;
/** Keys are read again after this time, and once more at most so often when a token names one that is not known. */
const keysAgeMs = 10 * 60 * 1000;
const keysRereadMs = 30 * 1000;
const discoveryAgeMs = 60 * 60 * 1000;
/** After a failure the issuer is left alone for so long. */
const failureAgeMs = 5 * 1000;
const answerMsMax = 5 * 1000;
/** Nobody's discovery document is longer. */
const discoveryBytesMax = 256 * 1024;
const verifiedTokensMax = 10_000;

export function createExternalVerifier(db: Handle, external: ExternalIssuer): VerifyExternalToken {
  const keysOf = createDiscovery(external.issuer);
  const verified = new BoundedCache<PersonCaller>(verifiedTokensMax);

  return async (token) => {
    const known = verified.get(createHash('sha256').update(token).digest('base64'));
    if (known !== undefined) return known;
    const keys = await keysOf();
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      issuer: external.issuer,
      audience: external.audience,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'iat', 'sub'],
    }).catch((error: unknown) => {
      throw isNetworkFailure(error) ? unreachable(external.issuer, error) : error;
    });
    const caller = callerOf(payload, external, await tenantIdOf(db, external));
    verified.set(createHash('sha256').update(token).digest('base64'), caller, Number(payload.exp) * 1000);
    return caller;
  };
}

type Keys = ReturnType<typeof createRemoteJWKSet>;

/** Makes the function that finds the issuer's keys; asked again when discovery is old, or failed a while ago. */
function createDiscovery(issuer: string): () => Promise<Keys> {
  let found: { readonly keys: Promise<Keys>; readonly until: number } | undefined;
  return () => {
    if (found !== undefined && Date.now() < found.until) return found.keys;
    const keys = discover(issuer);
    const current = { keys, until: Date.now() + discoveryAgeMs };
    found = current;
    keys.catch(() => {
      if (found === current) found = { keys, until: Date.now() + failureAgeMs };
    });
    return keys;
  };
}

async function discover(issuer: string): Promise<Keys> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  let document: unknown;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(answerMsMax), redirect: 'error' });
    const text = await answer.text();
    if (!answer.ok || text.length > discoveryBytesMax) throw new Error(`${address} answered ${answer.status}`);
    document = JSON.parse(text);
  } catch (error) {
    throw unreachable(issuer, error);
  }
  const { issuer: named, jwks_uri: uri } = { ...(document as { issuer?: unknown; jwks_uri?: unknown }) };
  const url = typeof uri === 'string' ? URL.parse(uri) : null;
  if (named !== issuer || url === null) {
    throw unreachable(issuer, new Error(`${address} is the discovery document of another issuer, or names no keys`));
  }
  return createRemoteJWKSet(url, {
    cacheMaxAge: keysAgeMs,
    cooldownDuration: keysRereadMs,
    timeoutDuration: answerMsMax,
  });
}

async function tenantIdOf(db: Handle, { tenant }: ExternalIssuer): Promise<string> {
  const found = tenant === undefined ? await findFirstTenant(db) : await findTenantByIdOrDomain(db, tenant);
  if (found !== undefined) return found.tenantId;
  throw new Error(`There is no tenant '${tenant ?? ''}'. Set ALLOT_OIDC_TENANT to the id or domain of one.`);
}

function callerOf(payload: JWTPayload, external: ExternalIssuer, tenantId: string): PersonCaller {
  const text = (name: string): string | undefined => {
    const value = payload[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const subject = payload.sub ?? '';
  const userPrincipalName = text('preferred_username') ?? text('email') ?? subject;
  return {
    kind: 'person',
    tenantId,
    id: idOfSubject(external.issuer, subject),
    displayName: text('name') ?? userPrincipalName,
    userPrincipalName,
    local: true,
    appId: text('azp') ?? text('client_id') ?? external.audience,
    // The issuer gives tokens for this audience to whom it wants; what counts here are the roles.
    scopes: new Set(['Directory.AccessAsUser.All', 'User.Read']),
    roles: rolesIn(payload[external.roleClaim], external.roles).map((role) => ({ role, groupId: null })),
  };
}

function rolesIn(claim: unknown, names: ReadonlyMap<string, string>): readonly Role[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  const found = values.flatMap((value) =>
    typeof value === 'string' ? (roleNamed(names.get(value) ?? value) ?? []) : [],
  );
  return [...new Set(found)];
}

/** A role by Entra's name or id, in any case. */
export const roleNamed = (name: string): Role | undefined =>
  roleById(name.toLowerCase()) ?? roles.find(({ displayName }) => displayName.toLowerCase() === name.toLowerCase());

/** One person keeps one id: a UUID (version 8) made of issuer and subject, which together are a person for good. */
function idOfSubject(issuer: string, subject: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The keys could not be read; every other error of jose is about the token. */
const isNetworkFailure = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC';

const unreachable = (issuer: string, cause: unknown): ApiError =>
  Object.assign(
    new ApiError(503, 'ServiceUnavailable', 'The issuer of this token cannot be asked for its keys at the moment.', {
      advice: `Try again in a few seconds. The operator should look whether ${issuer} answers.`,
      headers: { 'retry-after': '5' },
    }),
    { cause },
  );
