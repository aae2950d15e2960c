import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { decodeJwt } from 'jose';
import { sql } from 'kysely';

import { portalClientId } from '../../packages/server/src/sign-in/first-party-clients.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { problemOf } from './browser.ts';
import { password, personOf, secretOn, startOffice } from './office-with-people.ts';

const office = await startOffice({ after });
const { server, browser, begin, submitSignIn, redeem, refresh, callAs } = office;
const { baseUrl, tenantId } = server;

/** A name for each test: failures of one do not lock another out. */
let people = 0;
const newPerson = () => office.addPerson(`person${(people += 1)}@local.example`, [globalAdministratorId]);

test('the first start makes a link with which the first administrator sets up a sign-in, once', async () => {
  const path = server.running.installation.signInPath ?? '';
  assert.match(path, new RegExp(`^/${tenantId}/sign-in/link/[\\w-]{43}$`));
  const person = await office.useLink(path, '', `admin@my-organization.onmicrosoft.example`);
  const again = await browser().open(path);
  assert.equal(again.status, 410);
  assert.match(problemOf(again), /It was used, or is too old\. Ask an administrator/);
  const { access_token: token } = await office.signIn(person);
  const { body } = await callAs(token, 'GET', '/v1.0/me');
  assert.equal(body.userPrincipalName, 'admin@my-organization.onmicrosoft.example');
  assert.equal((await callAs(token, 'GET', '/v1.0/users')).status, 200);
});

test('a link takes a password that is long enough, twice the same, and the code that the app shows', async () => {
  const created = await server.call('POST', '/allot/v1/accounts', { signInName: 'picky', displayName: 'Picky' });
  const { link, ready }: { link: string; ready: boolean } = created.body;
  assert.equal(ready, false);
  const who = browser();
  const page = await who.open(link);
  const { code } = personOf('', '', secretOn(page));
  const good = { password, repeated: password, code: code() };
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ password: 'short', repeated: 'short' }, /at least 12 characters/],
    [{ repeated: `${password}!` }, /not the same/],
    [{ code: '000000' }, /not the one that the authenticator app shows/],
  ];
  for (const [wrong, says] of refused) {
    const answer = await who.submit(page, { ...good, ...wrong });
    assert.equal(answer.status, 400);
    assert.match(problemOf(answer), says);
  }
  const answers = await Promise.all([who.submit(page, good), who.submit(page, good)]);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 410]));
});

test('a person signs in with authorization code and PKCE, and the token says who it is in the words of Entra', async () => {
  const person = await newPerson();
  const who = browser();
  const { page, verifier } = await begin(who);
  assert.match(page.html, /Allot portal/);
  const back = await submitSignIn(who, page, person);
  const url = new URL(back.url);
  assert.equal(`${url.origin}${url.pathname}`, `${baseUrl}/portal/signed-in`);
  assert.equal(url.searchParams.get('state'), 'here');
  const { status, body } = await redeem(back, verifier);
  assert.equal(status, 200);
  const {
    iat,
    nbf,
    exp,
    jti,
    sub,
    iss,
    aud,
    client_id: _,
    ...claims
  } = decodeJwt<Record<string, unknown>>(body['access_token'] ?? '');
  assert.ok(iat !== undefined && nbf === iat && exp === iat + 3599 && jti !== undefined);
  assert.deepEqual([sub, iss, aud], [person.id, `${baseUrl}/${tenantId}/v2.0`, baseUrl]);
  assert.deepEqual(claims, {
    tid: tenantId,
    oid: person.id,
    name: person.name,
    preferred_username: person.name,
    upn: person.name,
    appid: portalClientId,
    azp: portalClientId,
    app_displayname: 'Allot portal',
    idtyp: 'user',
    scp: 'Directory.AccessAsUser.All User.Read',
    wids: [globalAdministratorId],
    ver: '2.0',
  });
  const identity = decodeJwt<Record<string, unknown>>(body['id_token'] ?? '');
  assert.deepEqual(
    ['oid', 'tid', 'name', 'preferred_username', 'ver'].map((name) => identity[name]),
    [person.id, tenantId, person.name, person.name, '2.0'],
  );
  // Who is signed in is not asked again.
  const second = await begin(who);
  assert.equal((await redeem(second.page, second.verifier)).status, 200);
});

test('pages of sign-in have no script and allow none, cannot be framed, and name their fields', async () => {
  const { page } = await begin(browser());
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(
    policy,
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:[^;]+; base-uri 'none'; frame-ancestors 'none'$/,
  );
  assert.doesNotMatch(page.html, /<script|\son\w+=|javascript:/i);
  for (const name of ['name', 'password', 'code']) {
    assert.match(page.html, new RegExp(`<label for="${name}">[^<]+</label>\\s*<input id="${name}" name="${name}"`));
  }
});

test('a wrong name, password or code is refused alike, and a code is taken once', async () => {
  const person = await newPerson();
  const who = browser();
  const { page } = await begin(who);
  const code = person.code();
  const wrong = [
    { name: 'nobody@local.example', password, code },
    { name: person.name, password: 'something else', code },
    { name: person.name, password, code: '000000' },
  ];
  const said: string[] = [];
  for (const fields of wrong) {
    const answer = await who.submit(page, { ...fields, action: 'sign-in' });
    assert.equal(answer.status, 400);
    said.push(problemOf(answer));
  }
  assert.equal(new Set(said).size, 1);
  assert.match(said[0] ?? '', /^Name, password and code do not belong together/);
  const fields = { name: person.name.toUpperCase(), password, code, action: 'sign-in' };
  assert.match((await who.submit(page, fields)).url, /code=/);
  const replay = browser();
  const answer = await replay.submit((await begin(replay)).page, fields);
  assert.equal(problemOf(answer), said[0]);
});

test('after five failures a name is locked, longer each time, and the right password does not help', async () => {
  const person = await newPerson();
  const who = browser();
  const { page } = await begin(who);
  const wrong = { name: person.name, password: 'wrong', code: '000000', action: 'sign-in' };
  const answers = await Promise.all(Array.from({ length: 12 }, () => who.submit(page, wrong)));
  const locked = answers.filter((answer) => /Too many attempts/.test(problemOf(answer)));
  assert.equal(locked.length, 12 - 5);
  const right = { name: person.name, password, action: 'sign-in' };
  assert.match(
    problemOf(await who.submit(page, { ...right, code: person.code() })),
    /^Too many attempts for this name\. Try again after/,
  );

  const lockSeconds = async () => {
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from locked_until - last_at)::integer as seconds from allot.sign_in_attempt
      where tenant_id = ${tenantId} and name_hash = sha256(convert_to(${person.name}, 'UTF8'))
    `.execute(server.database.db);
    return rows[0]?.seconds;
  };
  const letTimePass = () =>
    sql`
    update allot.sign_in_attempt set locked_until = now() - interval '1 second'
    where tenant_id = ${tenantId} and name_hash = sha256(convert_to(${person.name}, 'UTF8'))
  `.execute(server.database.db);
  const seconds: unknown[] = [await lockSeconds()];
  for (let more = 0; more < 6; more += 1) {
    await letTimePass();
    await who.submit(page, wrong);
    seconds.push(await lockSeconds());
  }
  assert.deepEqual(seconds, [30, 60, 120, 240, 480, 900, 900]);
  await letTimePass();
  assert.match((await who.submit(page, { ...right, code: person.code() })).url, /code=/);
  assert.equal(await lockSeconds(), undefined);
});

test('a code used twice ends what the first use gave', async () => {
  const person = await newPerson();
  const who = browser();
  const { page, verifier } = await begin(who);
  const back = await submitSignIn(who, page, person);
  const first = await redeem(back, verifier);
  assert.equal(first.status, 200);
  const second = await redeem(back, verifier);
  assert.deepEqual([second.status, second.body['error']], [400, 'invalid_grant']);
  assert.equal((await refresh(first.body['refresh_token'] ?? '')).status, 400);
});

test('a refresh token is good once, and one that comes again ends all that followed from it', async () => {
  const first = await office.signIn(await newPerson());
  const second = await refresh(first['refresh_token'] ?? '');
  assert.equal(second.status, 200);
  assert.equal((await callAs(second.body['access_token'], 'GET', '/v1.0/me')).status, 200);
  const stolen = await refresh(first['refresh_token'] ?? '');
  assert.equal(stolen.status, 400);
  assert.match(stolen.body['error_description'] ?? '', /^AADSTS70008: .* Sign in again\./);
  assert.equal((await refresh(second.body['refresh_token'] ?? '')).status, 400);
});

test('of a refresh token used twice at the same moment at most one use is good', async () => {
  const tokens = await office.signIn(await newPerson());
  const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(tokens['refresh_token'] ?? '')));
  assert.ok(answers.filter(({ status }) => status === 200).length <= 1);
});

test('a wrong verifier gets no token, and a request without PKCE no page', async () => {
  const person = await newPerson();
  const who = browser();
  const { page } = await begin(who);
  const back = await submitSignIn(who, page, person);
  const { status, body } = await redeem(back, 'a'.repeat(43));
  assert.deepEqual([status, body['error']], [400, 'invalid_grant']);
  const without = await begin(browser(), { code_challenge: '', code_challenge_method: '' });
  assert.match(without.page.url, /error=invalid_request/);
});

test('nobody is sent to an address that is not registered', async () => {
  for (const uri of ['https://evil.example/', `${baseUrl}/portal/signed-in/more`, `${baseUrl}.evil.example/`]) {
    const { page } = await begin(browser(), { redirect_uri: uri });
    assert.equal(page.status, 400);
    assert.match(problemOf(page), /redirect URI of the request is not one of those registered/);
  }
});

test('a sign-in belongs to the browser that began it, and to forms of this site', async () => {
  const person = await newPerson();
  const { page } = await begin(browser());
  const stranger = await submitSignIn(browser(), page, person);
  assert.equal(stranger.status, 400);
  assert.match(problemOf(stranger), /begun in another browser/);
  const who = browser();
  const own = await begin(who);
  const forged = await who.submit(own.page, { action: 'cancel' }, { origin: 'https://evil.example' });
  assert.equal(forged.status, 403);
});

test('who cancels is sent back with the reason', async () => {
  const who = browser();
  const { page } = await begin(who);
  assert.match((await who.submit(page, { action: 'cancel' })).url, /\?error=access_denied&.*state=here/);
});

test('signing out ends the session, and the tokens of the portal with it', async () => {
  const person = await newPerson();
  const who = browser();
  const { page, verifier } = await begin(who);
  const { body } = await redeem(await submitSignIn(who, page, person), verifier);
  const ask = await who.open(`/${tenantId}/oauth2/v2.0/logout`);
  assert.match(ask.html, /Sign out of Allot\?/);
  assert.match((await who.submit(ask, { logout: 'yes' })).html, /Signed out/);
  assert.equal((await refresh(body['refresh_token'] ?? '')).status, 400);
  assert.match((await begin(who)).page.html, /name="password"/);
});

test('a new one-time link lets in who forgot the password, and ends every session', async () => {
  const person = await newPerson();
  const old = await office.signIn(person);
  const { body } = await server.call('POST', `/allot/v1/accounts/${person.id}/link`);
  assert.equal((await refresh(old['refresh_token'] ?? '')).status, 200);
  const newly = await office.useLink(String(body.link), person.id, person.name);
  const who = browser();
  const { page } = await begin(who);
  assert.match(problemOf(await submitSignIn(who, page, person)), /do not belong together/);
  assert.match((await submitSignIn(who, page, newly)).url, /code=/);
});

test('who is disabled is out at once: token, session and refresh token', async () => {
  const person = await newPerson();
  const tokens = await office.signIn(person);
  assert.equal((await callAs(tokens['access_token'], 'GET', '/v1.0/me')).status, 200);
  const changed = await server.call('PATCH', `/allot/v1/accounts/${person.id}`, { enabled: false });
  assert.equal(changed.body.enabled, false);
  const { status, body } = await callAs(tokens['access_token'], 'GET', '/v1.0/me');
  assert.equal(status, 401);
  assert.match(body.error.message, /gone or disabled/);
  assert.equal((await refresh(tokens['refresh_token'] ?? '')).status, 400);
});

test('an application gets no more in the name of a person than it was given', async () => {
  const person = await newPerson();
  const redirect = 'http://localhost:4999/back';
  const { body: application } = await server.call('POST', '/allot/v1/applications', {
    displayName: 'Reports',
    publicClient: true,
    redirectUris: [redirect],
    delegatedPermissions: ['User.Read', 'Group.Read.All'],
  });
  const ask = (scope: string) => ({ client_id: String(application.id), redirect_uri: redirect, scope });
  const refused = await begin(browser(), ask('openid User.ReadWrite.All'));
  assert.match(
    decodeURIComponent(refused.page.url),
    /error=invalid_scope.*'Reports'.*may.not.ask.for.*User\.ReadWrite\.All/,
  );
  const who = browser();
  const { page, verifier } = await begin(who, ask('openid https://graph.microsoft.com/group.read.all'));
  const more = { client_id: String(application.id), redirect_uri: redirect };
  const { body } = await redeem(await submitSignIn(who, page, person), verifier, more);
  assert.equal(decodeJwt<{ scp?: string }>(body['access_token'] ?? '').scp, 'Group.Read.All');
  assert.equal((await callAs(body['access_token'], 'GET', '/v1.0/groups')).status, 200);
  const denied = await callAs(body['access_token'], 'GET', '/v1.0/users');
  assert.equal(denied.status, 403);
  assert.match(denied.body.error.innerError.advice, /delegated permissions, ask for it as a scope/);
});
