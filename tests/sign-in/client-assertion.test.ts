import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { after, test } from 'node:test';
import { SignJWT } from 'jose';
import { sql } from 'kysely';
import { makeCertificate } from '../client-certificate.ts';
import { startOffice } from './office-with-people.ts';

const { server, askToken } = await startOffice({ after });
const { baseUrl, tenantId } = server;
const tokenEndpoint = `${baseUrl}/${tenantId}/oauth2/v2.0/token`;
const first = await makeCertificate({ after });
const second = await makeCertificate({ after });
const { body: application } = await server.call('POST', '/allot/v1/applications', {
  displayName: 'Reports',
  permissions: ['User.Read.All'],
});
const path = `/allot/v1/applications/${application.id}`;
const register = (cert: string) => server.call('POST', `${path}/certificates`, { certificate: cert });
const thumbprintOf = (cert: string): string =>
  Buffer.from(new X509Certificate(cert).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
assert.equal((await register(first.cert)).status, 200);

/** As MSAL makes it. */
const assertion = ({ key, cert }: { readonly key: string; readonly cert: string }, claims: object = {}) =>
  new SignJWT({ iss: application.id, sub: application.id, aud: tokenEndpoint, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprintOf(cert) })
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(createPrivateKey(key));

const ask = (clientAssertion: string, more: Readonly<Record<string, string>> = {}) =>
  askToken({
    grant_type: 'client_credentials',
    client_id: application.id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion,
    scope: `${baseUrl}/.default`,
    ...more,
  });

test('an assertion that a registered certificate signs is good, once', async () => {
  const good = await assertion(first);
  assert.equal((await ask(good)).status, 200);
  const again = await ask(good);
  assert.deepEqual([again.status, again.body['error']], [401, 'invalid_client']);
  assert.match(
    again.body['error_description'] ?? '',
    /AADSTS700027: .*Register the certificate, and sign each assertion anew/,
  );
});

test('an assertion by another certificate, of another, for another or without an id is refused', async () => {
  const refused = [
    await assertion(second),
    await assertion(first, { iss: randomUUID() }),
    await assertion(first, { sub: randomUUID() }),
    await assertion(first, { aud: 'https://login.microsoftonline.com/common/oauth2/v2.0/token' }),
    await assertion(first, { jti: undefined }),
    'a.b.c',
  ];
  for (const one of refused) {
    const { status, body } = await ask(one);
    assert.ok(status === 400 || status === 401, JSON.stringify(body));
    assert.equal(body['access_token'], undefined);
  }
});

test('a second certificate follows the first: both are good until the first is removed', async () => {
  const { body } = await register(second.cert);
  assert.deepEqual(
    new Set(body.certificates.map(({ thumbprint }: { thumbprint: string }) => thumbprint)),
    new Set([thumbprintOf(first.cert), thumbprintOf(second.cert)]),
  );
  assert.equal((await register(second.cert)).status, 400);
  for (const one of [first, second]) assert.equal((await ask(await assertion(one))).status, 200);
  assert.equal((await server.call('DELETE', `${path}/certificates/${thumbprintOf(first.cert)}`)).status, 200);
  assert.equal((await ask(await assertion(first))).status, 401);
  assert.equal((await ask(await assertion(second))).status, 200);
});

test('a secret beside a certificate is good as well, and a certificate whose time is over is not', async () => {
  const form = { grant_type: 'client_credentials', client_id: application.id, scope: `${baseUrl}/.default` };
  const bySecret = async (secret: string) => (await askToken({ ...form, client_secret: secret })).status;
  assert.equal(await bySecret('guessed'), 401);
  const { body } = await server.call('POST', `${path}/secret`);
  assert.equal(await bySecret(body.secret), 200);
  const { body: newer } = await server.call('POST', `${path}/secret`);
  assert.equal(await bySecret(body.secret), 401);
  assert.equal(await bySecret(newer.secret), 200);
  assert.equal((await ask(await assertion(second))).status, 200);
  await sql`
    update allot.application_certificate set expires_at = now() where tenant_id = ${tenantId}
  `.execute(server.database.db);
  assert.equal((await ask(await assertion(second))).status, 401);
});

test('what is no certificate, too weak, or a private key alone is refused with what to send', async () => {
  const weak = await makeCertificate({ after }, '-newkey', 'rsa:1024');
  for (const text of ['x', first.key, weak.cert]) {
    const { status, body } = await register(text);
    assert.equal(status, 400);
    assert.match(body.error.innerError.advice, /RSA key of at least 2048 bits, in PEM/);
  }
});

test('an application that is deleted gets no more tokens', async () => {
  assert.equal((await server.call('DELETE', path)).status, 204);
  assert.equal((await server.call('GET', path)).status, 404);
  assert.equal((await ask(await assertion(second))).status, 401);
});
