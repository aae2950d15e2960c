import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { decodeJwt, errors, jwtVerify } from 'jose';
import type { JWTHeaderParameters } from 'jose';

import type { Address } from './address.ts';
import { issuerOf } from './address.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { Caller } from './caller.ts';
import type { VerifyExternalToken } from './external-issuer.ts';
import type { Keyrings } from './keyrings.ts';
import { TokenRefused } from './refusals.ts';
import type { LoadPersonCaller } from './people/load-caller.ts';
import { accessTokenType, bearerOf } from './token-claims.ts';
import type { Bearer } from './token-claims.ts';

/** Tokens remembered as verified, until they expire: looking one up takes 4 µs, checking a signature fifty times that. */
const verifiedTokensMax = 10_000;
/** By how much the clocks of two servers may differ. */
const clockToleranceSeconds = 30;
const tokenLengthMax = 16 * 1024;

/** What is needed of a request; a FastifyRequest is one. */
export type TokenCarrier = {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: { readonly rawHeaders: readonly string[] };
};

export type VerifyToken = (request: TokenCarrier) => Promise<Caller>;

/**
 * Makes the function that tells who calls, from the token in the Authorization header. It throws `TokenRefused`
 * unless the token is one that this installation issued: RS256 by a key of the tenant it names, our issuer and
 * audience, in its time, every claim said once.
 *
 * It does not ask whether the application still exists or still has its permissions: like Entra's, a token is good
 * until it expires (`tokenLifetimeSeconds`). People are looked up with each request, by `loadPerson`. Tokens of the
 * external issuer are for the function that comes with it.
 */
export function createTokenVerifier(
  address: Address,
  keyrings: Keyrings,
  loadPerson: LoadPersonCaller,
  external?: { readonly issuer: string; readonly verify: VerifyExternalToken },
): VerifyToken {
  const verified = new BoundedCache<Bearer>(verifiedTokensMax);

  const callerOf = async (bearer: Bearer): Promise<Caller> => {
    if (bearer.kind === 'application') return bearer;
    const person = await loadPerson(bearer);
    if (person === undefined) throw refusal(address, 'The account of this token is gone or disabled.', 'invalid_token');
    return person;
  };

  return async (request) => {
    const token = readToken(request, address);
    if (external !== undefined && issuerIn(token) === external.issuer)
      return explained(address, external.verify(token));
    const key = hash('sha256', token, 'base64');
    const known = verified.get(key);
    if (known !== undefined) return callerOf(known);
    const { bearer, expiresAtMs } = await verify(token, address, keyrings);
    verified.set(key, bearer, expiresAtMs);
    return callerOf(bearer);
  };
}

function readToken({ url, headers, raw }: TokenCarrier, address: Address): string {
  if (/[?&]access_token=/i.test(url)) {
    throw refusal(address, 'Access token found in the URL, where logs keep it.', 'invalid_request');
  }
  const { authorization } = headers;
  if (authorization === undefined || authorization === '') throw refusal(address, 'Access token is empty.');
  if (raw.rawHeaders.filter((name, at) => at % 2 === 0 && /^authorization$/i.test(name)).length > 1) {
    throw refusal(address, 'There are several Authorization headers.', 'invalid_request');
  }
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1];
  if (token === undefined || token.length > tokenLengthMax) {
    throw refusal(address, 'JWT is not well formed.', 'invalid_token');
  }
  return token;
}

async function verify(token: string, address: Address, keyrings: Keyrings) {
  const tenantId = tenantOf(token);
  if (tenantId === undefined) throw refusal(address, 'Access token names no tenant.', 'invalid_token');
  try {
    const { payload } = await jwtVerify(token, (header) => keyOf(header, tenantId, keyrings), {
      algorithms: ['RS256'],
      typ: accessTokenType,
      issuer: issuerOf(address, tenantId),
      audience: address.base,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'nbf', 'iat'],
    });
    const bearer = saysEachClaimOnce(token) && payload.aud === address.base ? bearerOf(payload) : undefined;
    if (bearer === undefined) throw new errors.JWTInvalid('claims');
    return { bearer, expiresAtMs: Number(payload.exp) * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refusal(address, explain(error), 'invalid_token');
    throw error;
  }
}

async function explained(address: Address, caller: Promise<Caller>): Promise<Caller> {
  try {
    return await caller;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refusal(address, explain(error), 'invalid_token');
    throw error;
  }
}

/** Read before the signature is checked, only to know who is to be asked for keys. */
function issuerIn(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Read before the signature is checked, only to know whose keys to check it with. */
function tenantOf(token: string): string | undefined {
  try {
    const { tid } = decodeJwt<{ tid?: unknown }>(token);
    return typeof tid === 'string' && uuid.test(tid) ? tid : undefined;
  } catch {
    return undefined;
  }
}

async function keyOf({ kid }: JWTHeaderParameters, tenantId: string, keyrings: Keyrings) {
  const key = kid === undefined ? undefined : await keyrings.verifyingKey(tenantId, kid);
  if (key === undefined) throw new errors.JWKSNoMatchingKey();
  return key;
}

/**
 * A claim that is there twice means one thing to us and perhaps another to a proxy before us. The tokens we issue
 * are written by JSON.stringify, so they come back the same when read and written again; with a claim twice, not.
 */
function saysEachClaimOnce(token: string): boolean {
  return token.split('.', 2).every((part) => {
    const json = Buffer.from(part, 'base64url').toString();
    const value: unknown = JSON.parse(json);
    return JSON.stringify(value) === json;
  });
}

/** In the words that Graph uses, as far as it has some. */
function explain(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'Access token validation failure. Invalid audience.';
    if (error.claim === 'iss') return 'Access token validation failure. Invalid issuer.';
    if (error.claim === 'nbf') return 'Lifetime validation failed, the token is not yet valid.';
    return `Access token validation failure. Invalid claim '${error.claim}'.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'Access token validation failure. Invalid algorithm.';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return 'Access token validation failure. Invalid signature.';
  }
  return 'Access token validation failure. It is not an access token of this installation.';
}

function refusal(address: Address, problem: string, error?: 'invalid_request' | 'invalid_token'): TokenRefused {
  const message =
    `${problem} Get a token from POST ${address.base}/{tenant}/oauth2/v2.0/token and send it once, as ` +
    `'Authorization: Bearer {token}'.`;
  const challenge = [
    'Bearer realm=""',
    `authorization_uri="${address.base}/common/oauth2/v2.0/authorize"`,
    'client_id="00000003-0000-0000-c000-000000000000"',
    ...(error === undefined ? [] : [`error="${error}"`, `error_description="${message}"`]),
  ];
  return new TokenRefused(message, challenge.join(', '));
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
