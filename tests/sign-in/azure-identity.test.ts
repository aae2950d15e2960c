import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { decodeJwt } from 'jose';

import { testDatabase } from '../database.ts';
import { createTenant, objectOf, startSignInServer } from './sign-in-server.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('azure-identity-program.ts', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'allot-certificate-'));
after(() => rm(folder, { recursive: true }));
const certificate = join(folder, 'certificate.pem');
const { db } = await testDatabase({ after });
const { url } = await startSignInServer({ after }, { db, tls: await makeCertificate() });
const tenant = await createTenant(db);

/** A certificate for 127.0.0.1 that nobody has signed; @azure/identity insists on https. */
async function makeCertificate(): Promise<{ cert: string; key: string }> {
  const keyFile = join(folder, 'key.pem');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', keyFile, '-out', certificate];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files]);
  return { cert: await readFile(certificate, 'utf8'), key: await readFile(keyFile, 'utf8') };
}

async function askAzureIdentity(
  settings: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const all = {
    authorityHost: url,
    tenant: tenant.tenantId,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    scope: `${url}/.default`,
    ...settings,
  };
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
  const { stdout } = await run(process.execPath, [program, JSON.stringify(all)], { env });
  return objectOf(JSON.parse(stdout));
}

test('@azure/identity gets a token, by tenant id and by domain, and its scope may be Graph', async () => {
  const scopes = [`${url}/.default`, 'https://graph.microsoft.com/.default'];
  const [byId, byDomain] = await Promise.all([
    askAzureIdentity({ scope: scopes[0] ?? '' }),
    askAzureIdentity({ tenant: tenant.domain, scope: scopes[1] ?? '' }),
  ]);
  for (const { token, expiresOnTimestamp, error } of [byId, byDomain]) {
    assert.equal(error, undefined);
    const { tid, appid, exp } = decodeJwt<{ tid?: unknown; appid?: unknown }>(String(token));
    assert.deepEqual([tid, appid], [tenant.tenantId, tenant.clientId]);
    assert.ok(Math.abs(Number(exp) * 1000 - Number(expiresOnTimestamp)) < 60_000);
  }
});

test('@azure/identity shows its user the sentence of a refusal', async () => {
  const { error } = await askAzureIdentity({ clientSecret: 'wrong' });
  assert.match(String(error), /AADSTS7000215: Tenant .* has no application with this client id and secret/);
});
