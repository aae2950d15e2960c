import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { run } from '../../packages/cli/src/run.ts';
import { memoryIo } from '../../packages/cli/src/testing/memory-io.ts';
import { portalClientId } from '../../packages/server/src/sign-in/first-party-clients.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { password, personOf, secretOfLetters, type SignInPerson, startOffice } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser, type Visitor } from './browser.ts';

const office = await startOffice({ after });
const { server } = office;
const { visitor } = await startBrowser({ after });

/** Where the portal sends people to sign in. */
const authorizeUrl = `${server.baseUrl}/${server.tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({
  client_id: portalClientId,
  response_type: 'code',
  redirect_uri: `${server.baseUrl}/portal/signed-in`,
  scope: 'openid profile',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
  state: 'here',
}).toString()}`;

async function fillSignIn(page: Page, { name, code }: SignInPerson, word = password): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(word);
  await page.getByLabel('Code of the authenticator app').fill(code());
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const alertOf = (page: Page) => page.getByRole('alert').innerText();

/** After each page: nothing that its own security policy forbids. */
const assertQuiet = ({ complaints }: Visitor) => assert.deepEqual(complaints, []);

test('a new person opens the one-time link, sets password and authenticator, signs in, and signs out', async () => {
  const name = 'ann@local.example';
  const { body } = await server.call('POST', '/allot/v1/accounts', { signInName: name, displayName: 'Ann' });
  const { id, link }: { id: string; link: string } = body;
  await office.giveRole(id, globalAdministratorId);
  const ann = await visitor();
  const { page } = ann;

  await page.goto(link);
  await assertAccessible(page, 'the page of a one-time link');
  assert.equal(await page.title(), 'Set up your sign-in – Allot');
  const person = personOf(id, name, secretOfLetters(await page.locator('code').innerText()));
  const save = async (word: string, repeated: string, code: string) => {
    await page.getByLabel('New password', { exact: true }).fill(word);
    await page.getByLabel('New password again').fill(repeated);
    await page.getByLabel('Code of the authenticator app').fill(code);
    await page.getByRole('button', { name: 'Save' }).click();
  };
  await save('short', 'short', '000000');
  assert.equal(await alertOf(page), 'Choose a password of at least 12 characters.');
  await assertAccessible(page, 'the page of a one-time link with a mistake');
  await save(password, `${password}!`, '000000');
  assert.equal(await alertOf(page), 'The two passwords are not the same. Type the password twice.');
  await save(password, password, 'no code');
  assert.match(await alertOf(page), /^The code is not the one that the authenticator app shows now\./);
  await save(password, password, person.code());
  assert.equal(await page.getByRole('heading').innerText(), 'Done');
  await assertAccessible(page, 'the page after a one-time link');
  await page.goto(link);
  assert.match(await alertOf(page), /^It was used, or is too old\./);
  await assertAccessible(page, 'the page of a used link');

  await page.goto(authorizeUrl);
  await assertAccessible(page, 'the page of sign-in');
  await fillSignIn(page, { ...person, code: () => '000000' }, 'a wrong password');
  assert.match(await alertOf(page), /^Name, password and code do not belong together\./);
  assert.equal(await page.getByLabel('Name').inputValue(), name);
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  await assertAccessible(page, 'the page of sign-in with a mistake');
  await fillSignIn(page, person);
  await page.waitForURL(/\/portal\/signed-in\?/);
  assert.equal(new URL(page.url()).searchParams.get('state'), 'here');

  await page.goto(`${server.baseUrl}/${server.tenantId}/oauth2/v2.0/logout`);
  await assertAccessible(page, 'the page of sign-out');
  await page.getByRole('button', { name: 'Sign out' }).click();
  assert.equal(await page.getByRole('heading').innerText(), 'Signed out');
  await assertAccessible(page, 'the page after sign-out');
  await page.goto(authorizeUrl);
  assert.equal(await page.getByRole('heading').innerText(), 'Sign in');
  assertQuiet(ann);
});

test('by keyboard alone a person signs in, and the keyboard begins where something is to be typed', async () => {
  const person = await office.addPerson('kim@local.example');
  const kim = await visitor();
  const { page } = kim;
  await page.goto(authorizeUrl);
  for (const text of [person.name, person.password, person.code()]) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/portal\/signed-in\?/);
  assertQuiet(kim);
});

test('who guesses is locked out, and told until when', async () => {
  const someone = await visitor();
  const { page } = someone;
  await page.goto(authorizeUrl);
  const guess = () => fillSignIn(page, personOf('', 'ben@local.example', Buffer.alloc(20)), 'a guess');
  for (let tries = 0; tries < 5; tries += 1) {
    await guess();
    assert.match(await alertOf(page), /^Name, password and code do not belong together\./);
  }
  await guess();
  assert.match(await alertOf(page), /^Too many attempts for this name\. Try again after \d\d:\d\d:\d\d \(UTC\)/);
  await assertAccessible(page, 'the page of who is locked out');
  assertQuiet(someone);
});

test('who cancels goes back to the application with an error', async () => {
  const someone = await visitor();
  const { page } = someone;
  await page.goto(authorizeUrl);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(/\/portal\/signed-in\?.*error=access_denied/);
  assertQuiet(someone);
});

test('allot login: the code is typed, the program is named before the password, and the command goes on', async () => {
  const person = await office.addPerson('dora@local.example', [globalAdministratorId]);
  const folder = await mkdtemp(join(tmpdir(), 'allot-person-'));
  after(() => rm(folder, { recursive: true }));
  const io = memoryIo({ env: { XDG_CONFIG_HOME: folder }, folder });
  const login = run(['login', '--server', server.baseUrl, '--tenant', server.tenantId], io);
  while (!/type the code (\S+)/.test(io.written.out)) await new Promise((done) => setTimeout(done, 10));
  const [, address = '', code = ''] = /Open (\S+)\nand type the code (\S+)/.exec(io.written.out) ?? [];

  const dora = await visitor();
  const { page } = dora;
  await page.goto(address);
  await assertAccessible(page, 'the page of a code');
  await page.getByLabel('Code').fill('BBBB-BBBB');
  await page.getByRole('button', { name: 'Next' }).click();
  assert.match(await alertOf(page), /^This code is not known/);
  await assertAccessible(page, 'the page of a code that is wrong');
  await page.getByLabel('Code').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Next' }).click();
  assert.equal(await page.getByRole('heading').innerText(), 'Is this your device?');
  assert.ok(await page.getByText(code).isVisible());
  assert.ok(await page.getByText('If somebody sent you this code, cancel.').isVisible());
  await assertAccessible(page, 'the page that asks whose device it is');
  await page.getByRole('button', { name: 'Go on' }).click();
  await fillSignIn(page, person);
  assert.equal(await page.getByRole('heading').innerText(), 'Signed in');
  await assertAccessible(page, 'the page after a code');
  assert.equal(await login, 0, io.written.err);
  assert.match(io.written.out, /You are signed in\./);
  assertQuiet(dora);
});
