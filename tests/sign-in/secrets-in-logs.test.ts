import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { base32 } from '../../packages/server/src/sign-in/people/totp.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { testDatabase } from '../database.ts';
import { callerOf, freePort, ready, runProgram } from '../durability/program.ts';
import { actionsAt, password } from './office-with-people.ts';

const database = await testDatabase({ after });
const data = await mkdtemp(join(tmpdir(), 'allot-secrets-'));
database.beforeClose(() => rm(data, { recursive: true, force: true }));
const port = String(await freePort());
const program = runProgram({ after: database.beforeClose }, ['serve'], {
  env: {
    ALLOT_DATA: data,
    ALLOT_PORT: port,
    ALLOT_DEMO: 'off',
    ALLOT_LOG_LEVEL: 'debug',
    DATABASE_URL: database.databaseUrl,
  },
});
await program.says(ready);
const credentials: Readonly<Record<string, string>> = JSON.parse(
  await readFile(join(data, 'credentials.json'), 'utf8'),
);
const { baseUrl = '', tenantId = '', clientId = '', clientSecret = '' } = credentials;
const call = await callerOf(data);
const office = actionsAt({ baseUrl, tenantId, call });

/** Everything that lets somebody in, by what it is; and what somebody sent who hoped so. */
const secrets = new Map<string, string>([['client secret', clientSecret]]);

test('signing in and out, rightly and wrongly, leaves no secret in the log, whatever its level', async () => {
  const ann = await office.addPerson('ann@local.example', [globalAdministratorId]);
  secrets.set('password', password).set('secret of the authenticator', base32(ann.totpSecret));
  const who = office.browser();
  const { page, verifier } = await office.begin(who);
  await office.submitSignIn(who, page, { ...ann, password: 'a password that is wrong', code: () => '123123' });
  const back = await office.submitSignIn(who, page, ann);
  const code = new URL(back.url).searchParams.get('code') ?? '';
  const { body: tokens } = await office.redeem(back, verifier);
  const { body: renewed } = await office.refresh(tokens['refresh_token'] ?? '');
  await office.redeem(back, verifier);
  for (const [name, token] of Object.entries({ ...tokens, ...renewed }))
    if (name.endsWith('_token')) secrets.set(`${name} ${token.slice(-6)}`, token);
  secrets.set('wrong password', 'a password that is wrong').set('authorization code', code).set('verifier', verifier);

  await office.askToken({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: 'wrong-client-secret',
  });
  secrets.set('wrong client secret', 'wrong-client-secret');
  const accessToken = tokens['access_token'] ?? '';
  await fetch(`${baseUrl}/v1.0/users?access_token=${accessToken}`);
  await fetch(`${baseUrl}/v1.0/users`, { headers: { authorization: `Bearer ${accessToken}x` } });
  await fetch(`${baseUrl}/${tenantId}/oauth2/v2.0/logout?id_token_hint=${tokens['id_token'] ?? ''}`);
});

test('nor does what fails halfway because the database does not answer as it should', async () => {
  const { body } = await call('POST', '/allot/v1/accounts', { signInName: 'ben', displayName: 'Ben' });
  const link = String(body.link);
  secrets.set('one-time link', link.slice(link.lastIndexOf('/') + 1));
  const { body: application } = await call('POST', '/allot/v1/applications', { displayName: 'App', permissions: [] });
  const { body: made } = await call('POST', `/allot/v1/applications/${application.id}/secret`);
  secrets.set('secret of an application', made.secret);
  const who = office.browser();
  const opened = await who.open(link);
  const { page } = await office.begin(office.browser());
  const tables = ['account', 'account_link', 'application', 'oidc_model', 'tenant'];
  const rename = async (from: string, to: string) => {
    for (const table of tables)
      await sql`alter table ${sql.table(`allot.${table}${from}`)} rename to ${sql.id(`${table}${to}`)}`.execute(
        database.db,
      );
  };
  await rename('', '_away');
  try {
    await who.submit(opened, {
      password: 'the new password of Ben',
      repeated: 'the new password of Ben',
      code: '000000',
    });
    await who.open(link);
    await office.browser().submit(page, { name: 'ben', password: 'another password', code: '456456' });
    await office.askToken({
      grant_type: 'client_credentials',
      client_id: String(application.id),
      client_secret: made.secret,
    });
    await call('GET', '/v1.0/users?access_token=token-in-the-address');
  } finally {
    await rename('_away', '');
  }
  secrets.set('new password', 'the new password of Ben').set('other password', 'another password');
  secrets.set('token in an address', 'token-in-the-address');
});

test('the log tells of what went wrong, and of no secret', async () => {
  await program.stop();
  const { err, out } = program.printed;
  assert.match(err, /A token was refused/);
  assert.match(err, /"level":50/);
  const found = [...secrets].filter(([, secret]) => secret.length < 6 || err.includes(secret) || out.includes(secret));
  assert.deepEqual(
    found.map(([name]) => name),
    [],
  );
  assert.doesNotMatch(err, /BEGIN [A-Z ]*PRIVATE KEY|"d":"/);
});
