import assert from 'node:assert/strict';
import { test } from 'node:test';

import { calculateJwkThumbprint, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';

import { sql } from 'kysely';

import { insertSigningKey, loadSigningKeys } from '@allot/store';

import { testDatabase } from '../database.ts';
import { createTenant, objectOf, startSignInServer, tokenOf } from './sign-in-server.ts';

async function whoStatus(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/who`, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
}

test('servers that issue the first token of a tenant at the same time use one key', async (t) => {
  const { db } = await testDatabase(t);
  const tenant = await createTenant(db);
  const baseUrl = 'https://licenses.example.com';
  const servers = await Promise.all([1, 2, 3].map(() => startSignInServer(t, { db, baseUrl })));
  const tokens = await Promise.all(servers.flatMap(({ url }) => [tokenOf(url, tenant), tokenOf(url, tenant)]));
  const stored = await loadSigningKeys(db, tenant.tenantId);
  assert.equal(stored.length, 1);
  assert.deepEqual(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)), new Set([stored[0]?.kid]));
  for (const { url } of servers) {
    for (const token of tokens) assert.equal(await whoStatus(url, token), 200);
  }
});

test('a server that starts later goes on with the key that is there, and old tokens stay good', async (t) => {
  const { db } = await testDatabase(t);
  const tenant = await createTenant(db);
  const baseUrl = 'https://licenses.example.com';
  const before = await startSignInServer(t, { db, baseUrl });
  const token = await tokenOf(before.url, tenant);
  const later = await startSignInServer(t, { db, baseUrl });
  assert.equal(await whoStatus(later.url, token), 200);
  assert.equal(decodeProtectedHeader(await tokenOf(later.url, tenant)).kid, decodeProtectedHeader(token).kid);
});

test('when there are two keys the newer one signs, and both are published and verify', async (t) => {
  const { db } = await testDatabase(t);
  const tenant = await createTenant(db);
  const baseUrl = 'https://licenses.example.com';
  const before = await startSignInServer(t, { db, baseUrl });
  const oldToken = await tokenOf(before.url, tenant);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  await insertSigningKey(db, tenant.tenantId, {
    generation: 2,
    kid,
    privateJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' },
  });

  const later = await startSignInServer(t, { db, baseUrl });
  const newToken = await tokenOf(later.url, tenant);
  assert.equal(decodeProtectedHeader(newToken).kid, kid);
  assert.equal(await whoStatus(later.url, oldToken), 200);
  const { keys } = objectOf(await (await fetch(`${later.url}/${tenant.tenantId}/discovery/v2.0/keys`)).json());
  assert.ok(Array.isArray(keys));
  assert.deepEqual(
    new Set(keys.map((key) => objectOf(key)['kid'])),
    new Set([kid, decodeProtectedHeader(oldToken).kid]),
  );
});

test('a key offered for a generation that has one changes nothing', async (t) => {
  const { db } = await testDatabase(t);
  const { tenantId } = await createTenant(db);
  const first = { generation: 1, kid: 'first', privateJwk: { kty: 'RSA' } };
  await insertSigningKey(db, tenantId, first);
  await insertSigningKey(db, tenantId, { generation: 1, kid: 'second', privateJwk: { kty: 'RSA' } });
  const loaded = await loadSigningKeys(db, tenantId);
  assert.deepEqual(
    loaded.map(({ generation, kid, privateJwk }) => ({ generation, kid, privateJwk })),
    [first],
  );
});

test('a key that has signed for a season is followed: the next is published first, and the old one stays a day', async (t) => {
  const { db } = await testDatabase(t);
  const tenant = await createTenant(db);
  const kidsAt = async (url: string) => {
    const { keys } = objectOf(await (await fetch(`${url}/${tenant.tenantId}/discovery/v2.0/keys`)).json());
    return Array.isArray(keys) ? keys.map((key) => objectOf(key)['kid']) : [];
  };
  const baseUrl = 'https://licenses.example.com';
  const first = await startSignInServer(t, { db, baseUrl });
  const oldToken = await tokenOf(first.url, tenant);
  const { kid: oldKid } = decodeProtectedHeader(oldToken);

  await sql`
    update allot.signing_key set signs_from = now() - interval '91 days' where tenant_id = ${tenant.tenantId}
  `.execute(db);
  const published = await startSignInServer(t, { db, baseUrl });
  assert.equal(decodeProtectedHeader(await tokenOf(published.url, tenant)).kid, oldKid);
  assert.equal((await kidsAt(published.url)).length, 2);

  await sql`
    update allot.signing_key set signs_from = now() - interval '2 hours'
    where tenant_id = ${tenant.tenantId} and generation = 2
  `.execute(db);
  const signing = await startSignInServer(t, { db, baseUrl });
  assert.notEqual(decodeProtectedHeader(await tokenOf(signing.url, tenant)).kid, oldKid);
  assert.equal(await whoStatus(signing.url, oldToken), 200);

  await sql`
    update allot.signing_key set signs_from = now() - interval '25 hours'
    where tenant_id = ${tenant.tenantId} and generation = 2
  `.execute(db);
  const later = await startSignInServer(t, { db, baseUrl });
  assert.deepEqual(await kidsAt(later.url), [decodeProtectedHeader(await tokenOf(later.url, tenant)).kid]);
});
