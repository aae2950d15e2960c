import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, test } from 'node:test';

import {
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  generateKeyPair,
  importJWK,
  UnsecuredJWT,
} from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { sql } from 'kysely';

import { loadSigningKeys } from '@allot/store';

import { applicationPermissions } from '../../packages/server/src/sign-in/index.ts';
import { testDatabase } from '../database.ts';
import { createTenant, objectOf, startSignInServer, tokenOf } from './sign-in-server.ts';
import type { TestTenant } from './sign-in-server.ts';

const { db } = await testDatabase({ after });
const { url } = await startSignInServer({ after }, { db });
const tenant = await createTenant(db);
const other = await createTenant(db);

const good = await tokenOf(url, tenant);
const goodClaims: Readonly<Record<string, unknown>> = decodeJwt(good);
const { kid = '' } = decodeProtectedHeader(good);
const ourKey = await signingKeyOf(tenant);
await tokenOf(url, other);
const otherKid = (await loadSigningKeys(db, other.tenantId))[0]?.kid ?? '';
const otherKey = await signingKeyOf(other);

async function signingKeyOf({ tenantId }: TestTenant): Promise<CryptoKey> {
  const [key] = await loadSigningKeys(db, tenantId);
  // A private RSA key, since nothing else is made.
  return (await importJWK(key?.privateJwk as JWK, 'RS256')) as CryptoKey;
}

type Forgery = {
  readonly header?: object;
  readonly claims?: object;
  readonly text?: string;
  readonly key?: CryptoKey | Uint8Array;
};

/** The good token with something else in it, signed with our key unless another is given. */
function forge({ header, claims, text, key = ourKey }: Forgery): Promise<string> {
  const payload = text ?? JSON.stringify({ ...goodClaims, ...claims });
  return new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...header })
    .sign(key);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function assertRefused(token: string, says: RegExp): Promise<void> {
  // Twice: a refusal must not be remembered as anything else.
  for (let time = 0; time < 2; time += 1) {
    const response = await fetch(`${url}/who`, { headers: bearer(token) });
    const { code, message } = objectOf(await response.json());
    assert.deepEqual([response.status, code], [401, 'InvalidAuthenticationToken'], String(message));
    assert.match(String(message), says);
    assert.match(
      String(message),
      /Get a token from POST .*\/oauth2\/v2\.0\/token and send it once, as 'Authorization: Bearer/,
    );
    assert.match(
      response.headers.get('www-authenticate') ?? '',
      /^Bearer realm="", .*error="invalid_token", error_description=/,
    );
  }
}

test('the caller is the application that the token was issued to, with its permissions', async () => {
  const response = await fetch(`${url}/who`, { headers: bearer(good) });
  assert.deepEqual(await response.json(), {
    kind: 'application',
    tenantId: tenant.tenantId,
    appId: tenant.clientId,
    displayName: 'Allot administration',
    permissions: [...applicationPermissions],
  });
});

test('the good token signed once more is good, so that what follows is refused for what was changed', async () => {
  const headers = bearer(await forge({}));
  assert.equal((await fetch(`${url}/who`, { headers })).status, 200);
});

test('the scheme is found in any case', async () => {
  for (const scheme of ['bearer', 'BEARER']) {
    assert.equal((await fetch(`${url}/who`, { headers: { authorization: `${scheme} ${good}` } })).status, 200);
  }
});

test('a request without a token is told where to get one', async () => {
  const response = await fetch(`${url}/who`);
  const { code, message } = objectOf(await response.json());
  assert.deepEqual([response.status, code], [401, 'InvalidAuthenticationToken']);
  assert.match(String(message), /^Access token is empty\. Get a token from POST/);
  const challenge = response.headers.get('www-authenticate');
  assert.equal(
    challenge,
    `Bearer realm="", authorization_uri="${url}/common/oauth2/v2.0/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
  );
});

test('what is no token is refused', async () => {
  const { authorization } = bearer(good);
  for (const header of [
    'Bearer',
    'Bearer x',
    'Bearer a.b',
    `Basic ${btoa('a:b')}`,
    good,
    `${authorization}, ${authorization}`,
    `${authorization}.x`,
  ]) {
    const response = await fetch(`${url}/who`, { headers: { authorization: header } });
    assert.equal(response.status, 401, header);
    assert.match(String(objectOf(await response.json())['message']), /^JWT is not well formed/);
  }
  await assertRefused('e30.e30.e30', /^Access token names no tenant/);
  await assertRefused('a.b.c', /^Access token names no tenant/);
});

test('a token in the URL is refused, even beside a good one in the header', async () => {
  for (const headers of [{}, bearer(good)]) {
    const response = await fetch(`${url}/who?access_token=${good}`, { headers });
    assert.equal(response.status, 401);
    assert.match(
      String(objectOf(await response.json())['message']),
      /^Access token found in the URL, where logs keep it/,
    );
  }
});

test('two Authorization headers are refused, even if both hold the same token', async () => {
  const headers = ['Host', new URL(url).host, 'Authorization', `Bearer ${good}`, 'Authorization', `Bearer ${good}`];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/who`, { headers }, resolve).on('error', reject).end();
  });
  const { message } = objectOf(await json(response));
  assert.equal(response.statusCode, 401);
  assert.match(String(message), /^There are several Authorization headers/);
});

test('a token that is not signed is refused', async () => {
  await assertRefused(new UnsecuredJWT({ ...goodClaims }).encode(), /Access token validation failure/);
  const [header = '', payload = ''] = good.split('.');
  await assertRefused(`${header}.${payload}.`, /Invalid signature/);
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid })).toString('base64url');
  await assertRefused(`${none}.${payload}.`, /Invalid algorithm/);
  await assertRefused(`${none}.${payload}.${good.split('.')[2]}`, /Invalid algorithm/);
});

test('a token signed with our public key as if it were a shared secret is refused', async () => {
  const [stored] = await loadSigningKeys(db, tenant.tenantId);
  const { kty, n, e } = objectOf(stored?.privateJwk);
  const publicKey = (await importJWK({ kty, n, e } as JWK, 'RS256', { extractable: true })) as CryptoKey; // an RSA key
  const secret = Buffer.from(await exportSPKI(publicKey));
  await assertRefused(await forge({ header: { alg: 'HS256' }, key: secret }), /Invalid algorithm/);
});

test('a token signed by another key is refused, whichever key it names', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  for (const named of [kid, otherKid, 'unknown', '', "'; --"]) {
    await assertRefused(await forge({ key: privateKey, header: { kid: named } }), /Invalid signature/);
  }
  const { privateKey: curve, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { kty: 'EC', spki: await exportSPKI(publicKey) };
  await assertRefused(await forge({ key: curve, header: { alg: 'ES256', jwk } }), /Invalid algorithm/);
});

test('a token whose claims were changed after it was signed is refused', async () => {
  const [header, , signature] = good.split('.');
  const more = Buffer.from(JSON.stringify({ ...goodClaims, app_displayname: 'Somebody else' })).toString('base64url');
  await assertRefused(`${header}.${more}.${signature}`, /Invalid signature/);
});

test('the key of one tenant signs for no other', async () => {
  const foreign = { tid: other.tenantId, iss: `${url}/${other.tenantId}/v2.0` };
  await assertRefused(await forge({ claims: foreign }), /Invalid signature/);
  await assertRefused(await forge({ claims: foreign, header: { kid: otherKid } }), /Invalid signature/);
  await assertRefused(
    await forge({ claims: { tid: other.tenantId }, key: otherKey, header: { kid: otherKid } }),
    /Invalid issuer/,
  );
  const nobody = '00000000-0000-4000-8000-000000000000';
  await assertRefused(await forge({ claims: { tid: nobody, iss: `${url}/${nobody}/v2.0` } }), /Invalid signature/);
});

test('a token of another issuer or for another audience is refused', async () => {
  const { tenantId } = tenant;
  for (const iss of [
    undefined,
    'https://login.example',
    `${url}/${other.tenantId}/v2.0`,
    `${url}/${tenantId}/v2.0/`,
    [`${url}/${tenantId}/v2.0`],
  ]) {
    await assertRefused(await forge({ claims: { iss } }), /Invalid issuer/);
  }
  for (const aud of [undefined, 'https://login.example', `${url}/`, 'https://graph.microsoft.com']) {
    await assertRefused(await forge({ claims: { aud } }), /Invalid audience/);
  }
  await assertRefused(
    await forge({ claims: { aud: [url, 'https://login.example'] } }),
    /not an access token of this installation/,
  );
});

test('a token before or after its time is refused', async () => {
  const now = Math.floor(Date.now() / 1000);
  await assertRefused(
    await forge({ claims: { iat: now - 7200, nbf: now - 7200, exp: now - 3600 } }),
    /the token is expired/,
  );
  await assertRefused(await forge({ claims: { exp: now - 31 } }), /the token is expired/);
  await assertRefused(await forge({ claims: { nbf: now + 3600 } }), /the token is not yet valid/);
  await assertRefused(await forge({ claims: { exp: undefined } }), /Invalid claim 'exp'/);
  await assertRefused(await forge({ claims: { nbf: undefined } }), /not yet valid/);
  await assertRefused(await forge({ claims: { exp: 'tomorrow' } }), /Invalid claim 'exp'/);
});

test('a token that says a claim twice is refused', async () => {
  const once1 = JSON.stringify(goodClaims);
  const twice = `{"roles":[],${once1.slice(1)}`;
  assert.deepEqual(JSON.parse(twice), goodClaims);
  await assertRefused(await forge({ text: twice }), /not an access token of this installation/);
  await assertRefused(
    await forge({ text: `${once1.slice(0, -1)},"appid":"${tenant.clientId}"}` }),
    /not an access token of this installation/,
  );
});

test('a token of another kind is refused, though our key signed it', async () => {
  for (const typ of ['JWT', 'logout+jwt', undefined])
    await assertRefused(await forge({ header: { typ } }), /Invalid claim 'typ'/);
  const strange = [
    { idtyp: 'user' },
    { idtyp: undefined },
    { azp: other.clientId },
    { appid: undefined },
    { roles: 'User.Read.All' },
    { roles: undefined },
  ];
  for (const claims of strange)
    await assertRefused(await forge({ claims }), /not an access token of this installation/);
});

test('a permission that is not on the list is not one', async () => {
  const headers = bearer(await forge({ claims: { roles: ['Mail.Read', 'User.Read.All', 7, 'user.readwrite.all'] } }));
  const { permissions } = objectOf(await (await fetch(`${url}/who`, { headers })).json());
  assert.deepEqual(permissions, ['User.Read.All']);
});

test('a route is closed to a caller who has none of its permissions, and open to one who has', async () => {
  await sql`
    update allot.application set permissions = array['User.Read.All'] where tenant_id = ${other.tenantId}
  `.execute(db);
  const refused = await fetch(`${url}/licenses`, { headers: bearer(await tokenOf(url, other)) });
  const { code, message } = objectOf(await refused.json());
  assert.deepEqual(
    [refused.status, code, message],
    [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  );
  const open = await fetch(`${url}/licenses`, { headers: bearer(good) });
  assert.deepEqual([open.status, await open.text()], [200, 'licenses']);
});
