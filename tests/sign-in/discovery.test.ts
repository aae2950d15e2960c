import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { testDatabase } from '../database.ts';
import { createTenant, objectOf, startSignInServer, tokenOf } from './sign-in-server.ts';

const { db } = await testDatabase({ after });
const { url } = await startSignInServer({ after }, { db });
const tenant = await createTenant(db);
const { tenantId, domain } = tenant;

async function read(address: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(address);
  assert.equal(response.status, 200, address);
  return objectOf(await response.json());
}

test('discovery of a tenant leads to its issuer, token endpoint and keys, by id or by domain', async () => {
  for (const name of [tenantId, domain, domain.toUpperCase()]) {
    const document = await read(`${url}/${name}/v2.0/.well-known/openid-configuration`);
    assert.deepEqual(
      [
        'issuer',
        'token_endpoint',
        'authorization_endpoint',
        'jwks_uri',
        'grant_types_supported',
        'token_endpoint_auth_methods_supported',
      ].map((property) => document[property]),
      [
        `${url}/${tenantId}/v2.0`,
        `${url}/${tenantId}/oauth2/v2.0/token`,
        `${url}/${tenantId}/oauth2/v2.0/authorize`,
        `${url}/${tenantId}/discovery/v2.0/keys`,
        ['authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
        ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      ],
    );
  }
});

test('a third party verifies a token with what discovery says', async () => {
  const { issuer, jwks_uri: keys } = await read(`${url}/${tenantId}/v2.0/.well-known/openid-configuration`);
  const token = await tokenOf(url, tenant);
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(String(keys))), {
    issuer: String(issuer),
    audience: url,
  });
  assert.equal(payload['tid'], tenantId);
});

test('published keys have no private part', async () => {
  const { keys } = await read(`${url}/${tenantId}/discovery/v2.0/keys`);
  assert.ok(Array.isArray(keys) && keys.length === 1);
  assert.deepEqual(Object.keys(objectOf(keys[0])).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('two tenants have different keys', async () => {
  const other = await createTenant(db);
  const keys = createRemoteJWKSet(new URL(`${url}/${other.tenantId}/discovery/v2.0/keys`));
  await assert.rejects(jwtVerify(await tokenOf(url, tenant), keys), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('an unknown tenant has no discovery, and the answer says what to do', async () => {
  for (const path of ['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys']) {
    const response = await fetch(`${url}/nobody.example/${path}`);
    const body = objectOf(await response.json());
    assert.deepEqual([response.status, body['error'], body['error_codes']], [400, 'invalid_request', [90002]]);
    assert.match(String(body['error_description']), /^AADSTS90002: Tenant 'nobody\.example' not found\. Put the id/);
  }
});

test('MSAL is told that an authority here is known by one name', async () => {
  const host = new URL(url).host;
  const query = new URLSearchParams({
    'api-version': '1.1',
    authorization_endpoint: `${url}/${domain}/oauth2/v2.0/authorize`,
  });
  assert.deepEqual(await read(`${url}/common/discovery/instance?${query.toString()}`), {
    tenant_discovery_endpoint: `${url}/${domain}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
});

test('MSAL is told that an authority elsewhere is not known here', async () => {
  for (const endpoint of ['', 'nonsense', url, 'https://login.example/x/oauth2/v2.0/authorize']) {
    const query = new URLSearchParams(endpoint === '' ? {} : { authorization_endpoint: endpoint });
    const response = await fetch(`${url}/common/discovery/instance?${query.toString()}`);
    const body = objectOf(await response.json());
    assert.deepEqual([response.status, body['error']], [400, 'invalid_instance']);
  }
});

test('behind a proxy every address given out is the configured one, whatever the request says', async (t) => {
  const baseUrl = 'https://licenses.example.com/allot';
  const behind = await startSignInServer(t, { db, baseUrl });
  const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp', forwarded: 'host=evil.example' };
  const response = await fetch(`${behind.url}/${tenantId}/v2.0/.well-known/openid-configuration`, { headers });
  const document = objectOf(await response.json());
  assert.equal(document['issuer'], `${baseUrl}/${tenantId}/v2.0`);
  assert.equal(document['token_endpoint'], `${baseUrl}/${tenantId}/oauth2/v2.0/token`);
  assert.equal(document['jwks_uri'], `${baseUrl}/${tenantId}/discovery/v2.0/keys`);
  const who = await fetch(`${behind.url}/who`, {
    headers: { authorization: `Bearer ${await tokenOf(behind.url, tenant)}` },
  });
  assert.equal(who.status, 200);
});
