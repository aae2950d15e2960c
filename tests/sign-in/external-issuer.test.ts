import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { readSettings, SettingsError } from '../../packages/server/src/settings/settings.ts';
import { testServer } from '../server.ts';

const audience = 'api://allot';
const keys = await generateKeyPair('RS256');
const strange = await generateKeyPair('RS256');
const asked: string[] = [];
let answers = true;

/** An issuer as any organization has one: discovery and keys. */
const issuerServer = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (!answers) return response.writeHead(500).end();
  void exportJWK(keys.publicKey).then((jwk) => {
    const documents = new Map<string, object>([
      ['/realm/.well-known/openid-configuration', { issuer, jwks_uri: `${issuer}/keys` }],
      ['/realm/keys', { keys: [{ ...jwk, kid: 'one', use: 'sig', alg: 'RS256' }] }],
    ]);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(documents.get(request.url ?? '') ?? {}));
  });
  return undefined;
});
await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
// `as`: it listens on a port.
const issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}/realm`;

const server = await testServer(
  { after },
  {
    settings: {
      ALLOT_OIDC_ISSUER: issuer,
      ALLOT_OIDC_AUDIENCE: audience,
      ALLOT_OIDC_ROLE_CLAIM: 'groups',
      ALLOT_OIDC_ROLES: 'it-admins=Global Administrator; license-desk = License Administrator',
    },
  },
);
server.database.beforeClose(async () => {
  issuerServer.closeAllConnections();
  await new Promise((resolve) => issuerServer.close(resolve));
});

const ann = { sub: 'ann-1', name: 'Ann', preferred_username: 'ann@corp.example' };

const sign = (claims: JWTPayload, { key = keys.privateKey, kid = 'one' } = {}): Promise<string> =>
  new SignJWT({ iss: issuer, aud: audience, ...ann, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuedAt()
    .setExpirationTime(claims.exp ?? '5 minutes')
    .sign(key);

const callWith = (token: string, path: string, method = 'GET', body?: unknown) =>
  server.call(method, path, body, { authorization: `Bearer ${token}` });

test('what a person may do is what the claim says, and the log names the person', async () => {
  const licenses = await sign({ groups: ['everybody', 'license-desk'] });
  const { body } = await callWith(licenses, '/allot/v1/me');
  assert.deepEqual(
    [body.displayName, body.userPrincipalName, body.roles.map((role: { displayName: string }) => role.displayName)],
    ['Ann', 'ann@corp.example', ['License Administrator']],
  );
  assert.equal((await callWith(licenses, '/v1.0/users')).status, 200);
  const group = { displayName: 'New', mailEnabled: false, mailNickname: 'new', securityEnabled: true };
  assert.equal((await callWith(licenses, '/v1.0/groups', 'POST', group)).status, 403);
  const everything = await sign({ groups: 'it-admins' });
  assert.equal((await callWith(everything, '/v1.0/groups', 'POST', group)).status, 201);
  const filter = encodeURIComponent("initiatedBy/user/userPrincipalName eq 'ann@corp.example'");
  const audits = await server.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=${filter}`);
  assert.deepEqual(
    audits.body.value.map((entry: { activityDisplayName: string; initiatedBy: { user: { id: string } } }) => [
      entry.activityDisplayName,
      entry.initiatedBy.user.id,
    ]),
    [['Add group', body.id]],
  );
  assert.equal((await callWith(await sign({ groups: ['everybody'] }), '/v1.0/users')).status, 403);
});

test('tokens of others, for others, too old, unsigned or signed by others are refused', async () => {
  const groups = 'it-admins';
  const refused = [
    await sign({ groups, aud: 'api://other' }),
    await sign({ groups, iss: `${issuer}/more` }),
    await sign({ groups, exp: Math.floor(Date.now() / 1000) - 120 }),
    await sign({ groups }, { key: strange.privateKey }),
    new UnsecuredJWT({ iss: issuer, aud: audience, ...ann, groups }).setIssuedAt().setExpirationTime('1h').encode(),
    (await sign({ groups })).replace(/\.[^.]+\./, `.${Buffer.from('{"iss":1}').toString('base64url')}.`),
  ];
  for (const token of refused) assert.equal((await callWith(token, '/v1.0/users')).status, 401, token);
});

test('a key that is not known does not make the issuer be asked again and again', async () => {
  const before = asked.length;
  for (let one = 0; one < 10; one += 1) {
    const token = await sign({ groups: 'it-admins' }, { key: strange.privateKey, kid: `unknown ${one}` });
    assert.equal((await callWith(token, '/v1.0/users')).status, 401);
  }
  assert.ok(asked.length - before <= 1, asked.slice(before).join());
});

test('while the issuer does not answer its people wait, and our own go on', async (t) => {
  answers = false;
  const later = await testServer(t, { settings: { ALLOT_OIDC_ISSUER: issuer, ALLOT_OIDC_AUDIENCE: audience } });
  const headers = { authorization: `Bearer ${await sign({ roles: ['Global Reader'] })}` };
  const { status, body } = await later.call('GET', '/v1.0/users', undefined, headers);
  assert.equal(status, 503);
  assert.match(body.error.innerError.advice, /look whether http:.* answers/);
  assert.equal((await later.call('GET', '/v1.0/users')).status, 200);
});

test('settings that cannot be meant are refused by name', () => {
  const wrong: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ ALLOT_OIDC_ISSUER: 'https://x.example' }, /ALLOT_OIDC_ISSUER and ALLOT_OIDC_AUDIENCE go together/],
    [{ ALLOT_OIDC_ISSUER: 'http://x.example', ALLOT_OIDC_AUDIENCE: 'a' }, /takes an https address/],
    [
      { ALLOT_OIDC_ISSUER: 'https://x.example', ALLOT_OIDC_AUDIENCE: 'a', ALLOT_OIDC_ROLES: 'x=King' },
      /ALLOT_OIDC_ROLES takes value=Role.*not "x=King"/,
    ],
  ];
  for (const [values, says] of wrong) {
    assert.throws(
      () => readSettings(values),
      (error) => error instanceof SettingsError && says.test(error.message),
    );
  }
});
