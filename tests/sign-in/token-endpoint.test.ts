import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { decodeJwt, decodeProtectedHeader } from 'jose';
import { sql } from 'kysely';

import { applicationPermissions, createFirstApplication } from '../../packages/server/src/sign-in/index.ts';
import { testDatabase } from '../database.ts';
import { askForToken, createTenant, objectOf, startSignInServer } from './sign-in-server.ts';
import type { TokenAnswer } from './sign-in-server.ts';

const { db } = await testDatabase({ after });
const { url } = await startSignInServer({ after }, { db });
const tenant = await createTenant(db);
const other = await createTenant(db);
const { tenantId, clientId, clientSecret } = tenant;
const grant = { grant_type: 'client_credentials', scope: `${url}/.default` };
const credentials = { client_id: clientId, client_secret: clientSecret };

function basic(id: string, secret: string) {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

function assertToken({ status, body, headers }: TokenAnswer): string {
  assert.equal(status, 200, JSON.stringify(body));
  const { access_token: token, ...rest } = body;
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.ok(typeof token === 'string');
  return token;
}

function assertRefusal(
  { status, body }: TokenAnswer,
  expected: { status: number; error: string; code: number; says: RegExp },
): void {
  assert.deepEqual([status, body['error'], body['error_codes']], [expected.status, expected.error, [expected.code]]);
  assert.match(String(body['error_description']), new RegExp(`^AADSTS${expected.code}: .*${expected.says.source}`));
  assert.equal('access_token' in body, false);
}

test("a client with id and secret in the body gets a token with Entra's claims", async () => {
  const before = Math.floor(Date.now() / 1000);
  const token = assertToken(await askForToken(url, tenantId, { ...grant, ...credentials }));
  const { iat, nbf, exp, jti, ...claims } = decodeJwt(token);
  assert.deepEqual(claims, {
    iss: `${url}/${tenantId}/v2.0`,
    aud: url,
    tid: tenantId,
    sub: clientId,
    oid: clientId,
    appid: clientId,
    azp: clientId,
    client_id: clientId,
    app_displayname: 'Allot administration',
    idtyp: 'app',
    roles: [...applicationPermissions],
    ver: '2.0',
  });
  assert.ok(typeof iat === 'number' && iat >= before && iat <= before + 60);
  assert.deepEqual([nbf, exp, typeof jti], [iat, iat + 3599, 'string']);
  const { alg, typ, kid } = decodeProtectedHeader(token);
  assert.deepEqual([alg, typ, typeof kid], ['RS256', 'at+jwt', 'string']);
});

test('id and secret are taken as Basic authorization too', async () => {
  assertToken(await askForToken(url, tenantId, grant, basic(clientId, clientSecret)));
});

test('a tenant is named by its id or its initial domain, in any case', async () => {
  for (const name of [tenantId, tenantId.toUpperCase(), tenant.domain, tenant.domain.toUpperCase()]) {
    const token = assertToken(await askForToken(url, name, { ...grant, ...credentials }));
    assert.equal(decodeJwt(token)['tid'], tenantId);
  }
});

test('no two tenants can be named by the same domain', async () => {
  const twin = sql`
    insert into allot.tenant (tenant_id, display_name, initial_domain)
    values (gen_random_uuid(), 'Twin', ${tenant.domain.toUpperCase()})
  `;
  await assert.rejects(twin.execute(db), { code: '23505', constraint: 'tenant_initial_domain' });
});

test('the path is found in any case', async () => {
  const response = await fetch(`${url}/${tenantId}/OAuth2/V2.0/Token`, {
    method: 'POST',
    body: new URLSearchParams({ ...grant, ...credentials }),
  });
  assert.equal(response.status, 200);
});

test('the scope may drop the port, be that of Graph, or be missing', async () => {
  const scopes = [
    'https://127.0.0.1/.default',
    'https://graph.microsoft.com/.default',
    '00000003-0000-0000-c000-000000000000/.default',
  ];
  for (const scope of scopes) assertToken(await askForToken(url, tenantId, { ...grant, ...credentials, scope }));
  assertToken(await askForToken(url, tenantId, { grant_type: 'client_credentials', ...credentials }));
});

test('a scope or resource that is not served is refused with the one that is', async () => {
  const scope = 'https://vault.azure.net/.default';
  const says = new RegExp(`'${scope}' is not valid. Ask for '${url}/.default'`);
  const wrongScope = await askForToken(url, tenantId, { ...grant, ...credentials, scope });
  assertRefusal(wrongScope, { status: 400, error: 'invalid_scope', code: 1002012, says });
  const wrongResource = await askForToken(url, tenantId, {
    ...grant,
    ...credentials,
    resource: 'https://vault.azure.net',
  });
  assertRefusal(wrongResource, { status: 400, error: 'invalid_target', code: 500011, says: /not served here/ });
});

test('a wrong secret, an unknown client and the client of another tenant are refused alike', async () => {
  const expected = {
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    says: /has no application with this client id and secret/,
  };
  const wrong = [
    { client_id: clientId, client_secret: 'wrong' },
    { client_id: clientId, client_secret: `${clientSecret} ` },
    { client_id: clientId, client_secret: other.clientSecret },
    { client_id: other.clientId, client_secret: other.clientSecret },
    { client_id: 'not-a-uuid', client_secret: clientSecret },
  ];
  for (const pair of wrong) assertRefusal(await askForToken(url, tenantId, { ...grant, ...pair }), expected);
  const answer = await askForToken(url, tenantId, grant, basic(clientId, 'wrong'));
  assertRefusal(answer, expected);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm=/);
});

test('a client without a secret is told how to send one', async () => {
  const answer = await askForToken(url, tenantId, { ...grant, client_id: clientId });
  assertRefusal(answer, {
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    says: /'client_id' and 'client_secret', in the body or as Basic/,
  });
});

test('the hash that is stored is no secret', async () => {
  const { rows } = await sql<{ secret_hash: string }>`
    select secret_hash from allot.application where tenant_id = ${tenantId} and client_id = ${clientId}
  `.execute(db);
  const stored = rows[0]?.secret_hash ?? '';
  assert.match(stored, /^\$scrypt\$/);
  assert.equal(stored.includes(clientSecret), false);
  const answer = await askForToken(url, tenantId, { ...grant, client_id: clientId, client_secret: stored });
  assertRefusal(answer, { status: 401, error: 'invalid_client', code: 7000215, says: /has no application/ });
});

test('a new secret counts at once, though the old one was just used', async () => {
  const { clientId: id, clientSecret: secret } = await createFirstApplication(db, tenantId);
  const form = { ...grant, client_id: id, client_secret: secret };
  assertToken(await askForToken(url, tenantId, form));
  await sql`
    update allot.application set secret_hash = (
      select secret_hash from allot.application where tenant_id = ${tenantId} and client_id = ${clientId}
    ) where tenant_id = ${tenantId} and client_id = ${id}
  `.execute(db);
  assert.equal((await askForToken(url, tenantId, form)).status, 401);
  assertToken(await askForToken(url, tenantId, { ...form, client_secret: clientSecret }));
});

test('an unknown tenant is refused with a sentence that says what to do', async () => {
  for (const name of ['contoso.example', '00000000-0000-4000-8000-000000000000', 'common', "x'%20or%201=1"]) {
    const answer = await askForToken(url, name, { ...grant, ...credentials });
    assertRefusal(answer, {
      status: 400,
      error: 'invalid_request',
      code: 90002,
      says: /not found\. Put the id of a tenant .* in the address/,
    });
  }
});

test('a request that is not as it should be is refused with what is wrong', async () => {
  const ask = (form: Record<string, string>) => askForToken(url, tenantId, form);
  assertRefusal(await ask({ ...credentials }), {
    status: 400,
    error: 'invalid_request',
    code: 900144,
    says: /missing required parameter 'grant_type'/,
  });
  assertRefusal(await ask({}), {
    status: 400,
    error: 'invalid_request',
    code: 900144,
    says: /'client_id' and 'client_secret'/,
  });
  const password = await ask({ ...credentials, grant_type: 'password' });
  assertRefusal(password, {
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    says: /Send 'grant_type=client_credentials'/,
  });
});

test('a parameter said twice, credentials sent twice, and a body that is no form are refused', async () => {
  const address = `${url}/${tenantId}/oauth2/v2.0/token`;
  const form = new URLSearchParams({ ...grant, ...credentials });
  const twice = new URLSearchParams([...form, ['client_id', other.clientId]]);
  const json = { 'content-type': 'application/json' };
  const requests: RequestInit[] = [
    { body: twice },
    { body: form, headers: basic(clientId, clientSecret) },
    { body: JSON.stringify(Object.fromEntries(form)), headers: json },
    { body: new URLSearchParams({ ...Object.fromEntries(form), x: 'x'.repeat(60_000) }) },
  ];
  for (const request of requests) {
    const response = await fetch(address, { method: 'POST', ...request });
    const body = await response.json();
    assertRefusal(
      { status: response.status, headers: response.headers, body: objectOf(body) },
      { status: 400, error: 'invalid_request', code: 9002313, says: /Send a form: POST/ },
    );
  }
});

test('a refusal carries the id of the request and the one that the client made up', async () => {
  const id = '5b6c8f0e-2f1a-4f0e-9d53-0f6f3a1d7c22';
  const { body, headers } = await askForToken(url, tenantId, {}, { 'client-request-id': id });
  assert.deepEqual([body['trace_id'], body['correlation_id']], [headers.get('request-id'), id]);
});

test('parameters in the address are not taken', async () => {
  const query = new URLSearchParams({ ...grant, ...credentials });
  const response = await fetch(`${url}/${tenantId}/oauth2/v2.0/token?${query.toString()}`, { method: 'POST' });
  assert.equal(response.status, 400);
});
