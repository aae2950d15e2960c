import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeCertificate } from '../client-certificate.ts';
import { testServer } from '../server.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('microsoft-clients-program.ts', import.meta.url));

const tls = await makeCertificate({ after });
const { cert, key, bothFile } = await makeCertificate({ after });
const server = await testServer({ after }, { settings: { ALLOT_TLS_CERT: tls.certFile, ALLOT_TLS_KEY: tls.keyFile } });
const { baseUrl: url, tenantId, clientId, clientSecret } = server;

type Claims = Readonly<Record<string, unknown>>;

/** What the program prints. */
const seen: Readonly<Record<string, Claims>> = await (async () => {
  const domain = 'my-organization.onmicrosoft.example';
  const job = { url, tenantId, domain, clientId, clientSecret, certificate: { cert, key, bothFile } };
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: tls.certFile };
  const { stdout } = await run(process.execPath, [program, JSON.stringify(job)], { env });
  return JSON.parse(stdout);
})();

const claim = (name: string, ...names: readonly string[]): unknown[] => names.map((one) => seen[name]?.[one]);
const { certificate: signer, program: desktop } = seen['applications'] ?? {};

test('@azure/identity gets a token by secret and, by id and by domain of the tenant, by certificate', () => {
  assert.deepEqual(claim('secret', 'appid', 'idtyp', 'tid'), [clientId, 'app', tenantId]);
  for (const by of ['certificate by id', 'certificate by domain']) {
    assert.deepEqual(claim(by, 'appid', 'idtyp', 'roles'), [signer, 'app', ['User.Read.All']]);
  }
});

test('DeviceCodeCredential of @azure/identity gets a token when the person has signed in', () => {
  assert.deepEqual(claim('device', 'appid', 'idtyp', 'oid', 'preferred_username'), [
    desktop,
    'user',
    seen['person'],
    'ann@local.example',
  ]);
  assert.equal(seen['device']?.['scp'], 'User.Read Group.Read.All');
});

test('@azure/msal-node signs a person in with code and PKCE, on any port of the machine, caches and refreshes', () => {
  const names = ['oid', 'appid', 'scp', 'idtyp'];
  const expected = [seen['person'], desktop, 'User.Read Group.Read.All', 'user'];
  for (const token of ['authorization code', 'refreshed', 'refreshed again']) {
    assert.deepEqual(claim(token, ...names), expected, token);
  }
  assert.deepEqual(seen['account'], {
    name: 'ann@local.example',
    username: 'ann@local.example',
    homeAccountId: `${claim('device', 'oid').join('')}.${tenantId}`,
  });
  assert.equal(seen['from the cache'], true);
  assert.deepEqual([...claim('refreshed', 'isNew'), ...claim('refreshed again', 'isNew')], [true, true]);
});
