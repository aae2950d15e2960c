import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { commandLineClientId } from '../../packages/server/src/sign-in/first-party-clients.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { problemOf } from './browser.ts';
import { startOffice } from './office-with-people.ts';

const office = await startOffice({ after });
const { server, browser, askToken, submitSignIn, callAs } = office;
const { baseUrl, tenantId } = server;
const person = await office.addPerson('ann@local.example', [globalAdministratorId]);

async function askCode(): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${baseUrl}/${tenantId}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: commandLineClientId, scope: `${baseUrl}/.default offline_access openid` }),
  });
  return JSON.parse(await answer.text());
}

/** As Entra's clients ask, with the short name of the grant type. */
const poll = ({ device_code: code = '' }: Readonly<Record<string, string>>) =>
  askToken({ grant_type: 'device_code', client_id: commandLineClientId, device_code: code });

test('a device gets its tokens when a person has typed its code and signed in', async () => {
  const device = await askCode();
  assert.match(device['user_code'] ?? '', /^[B-Z]{4}-[B-Z]{4}$/);
  assert.equal(device['verification_uri'], `${baseUrl}/${tenantId}/oauth2/v2.0/deviceauth`);
  assert.match(device['message'] ?? '', /^To sign in, open .*deviceauth in a browser and type the code/);
  const waiting = await poll(device);
  assert.deepEqual([waiting.status, waiting.body['error']], [400, 'authorization_pending']);

  const who = browser();
  const form = await who.open(device['verification_uri'] ?? '');
  const wrong = await who.submit(form, { user_code: 'BBBB-BBBB' });
  assert.match(problemOf(wrong), /not known, too old, or used already/);
  const confirm = await who.submit(wrong, { user_code: (device['user_code'] ?? '').toLowerCase() });
  assert.match(confirm.html, /Allot command line[\s\S]*If somebody sent you this code, cancel/);
  const page = await who.submit(confirm, { confirm: 'yes' });
  const done = await submitSignIn(who, page, person);
  assert.match(done.html, /<h1>Signed in<\/h1>/);

  const { status, body } = await poll(device);
  assert.equal(status, 200);
  const me = await callAs(body['access_token'], 'GET', '/v1.0/me?$select=id,userPrincipalName');
  assert.deepEqual([me.body.id, me.body.userPrincipalName], [person.id, person.name]);
  const again = await poll(device);
  assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant']);
});

test('a code that is canceled is told to the device, and a code in the address is not filled in', async () => {
  const device = await askCode();
  const who = browser();
  const form = await who.open(`${device['verification_uri'] ?? ''}?user_code=${device['user_code'] ?? ''}`);
  assert.match(form.html, /name="user_code" type="text" autocomplete="off" value=""/);
  const confirm = await who.submit(form, { user_code: device['user_code'] ?? '' });
  assert.match(problemOf(await who.submit(confirm, { abort: 'yes' })), /^Canceled/);
  const { status, body } = await poll(device);
  assert.deepEqual([status, body['error']], [400, 'access_denied']);
});

test('a form that another site made is not taken', async () => {
  const device = await askCode();
  const who = browser();
  const form = await who.open(device['verification_uri'] ?? '');
  const forged = await who.submit(form, { user_code: device['user_code'] ?? '', xsrf: 'guessed' });
  assert.equal(forged.status, 400);
  assert.notEqual(problemOf(forged), '');
  assert.doesNotMatch(forged.html, /Is this your device/);
});
