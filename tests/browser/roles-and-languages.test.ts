import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { globalAdministratorId, roles } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';
import { walkOn } from './walk.ts';

const office = await startOffice({ after }, { ALLOT_DEMO: 'on' });
const { server } = office;
await server.settled();
const { visitor } = await startBrowser({ after });
const idOf = async (path: string): Promise<string> => String((await server.call('GET', path)).body.value[0].id);
const ids = {
  group: await idOf(`/v1.0/groups?$filter=displayName eq 'License - Office 365 E3'`),
  otherGroup: await idOf(`/v1.0/groups?$filter=displayName eq 'License - Visio'`),
  user: await idOf(`/v1.0/users?$filter=userPrincipalName eq 'mia.obrien@contoso.example'`),
  product: '6fd2c87f-b296-42f0-b197-1e91e994b900',
};

/** What is offered on which page, by the name of the button. */
const offers = {
  'license groups': [`/groups/${ids.group}`, 'Assign licenses'],
  'delete groups': [`/groups/${ids.group}`, 'Delete group'],
  'change members': [`/groups/${ids.group}?tab=members`, 'Add members'],
  'change groups': [`/groups/${ids.group}?tab=properties`, 'Add owners'],
  'license users': [`/users/${ids.user}`, 'Assign licenses'],
  'delete users': [`/users/${ids.user}`, 'Delete user'],
  'change users': [`/users/${ids.user}?tab=profile`, 'Save'],
  'change the catalogue': ['/catalogue', 'Add product'],
  'change settings': ['/settings', 'Review and save…'],
  'invite people': ['/settings?tab=people', 'Invite somebody'],
} as const;
type Offer = keyof typeof offers;

const ofGroups: readonly Offer[] = ['license groups', 'delete groups', 'change members', 'change groups'];
const ofUsers: readonly Offer[] = ['license users', 'delete users', 'change users'];
/** By hand from what Entra's roles may do, not from the tables of the product. */
const expected: Readonly<Record<string, readonly Offer[]>> = {
  'Global Administrator': [...ofGroups, ...ofUsers, 'change settings', 'change the catalogue', 'invite people'],
  'Global Reader': [],
  'License Administrator': ['license groups', 'license users'],
  'Groups Administrator': ofGroups,
  'User Administrator': [...ofGroups, ...ofUsers],
  'Directory Readers': [],
  'Directory Writers': [...ofGroups, ...ofUsers],
};

async function offered(page: Page): Promise<Offer[]> {
  const walk = walkOn(page);
  const found: Offer[] = [];
  for (const [offer, [path, name]] of Object.entries(offers) as [Offer, (typeof offers)[Offer]][]) {
    await walk.to(path);
    // The tabs are there as soon as the page knows what it shows.
    await page.getByRole('main').getByRole('tab').first().waitFor();
    await walk.untilRead();
    if ((await page.getByRole('button', { name, exact: true }).count()) > 0) found.push(offer);
  }
  return found;
}

for (const { id, displayName } of roles) {
  test(`${displayName} is offered what the role may do, and nothing else`, async () => {
    const { page, complaints } = await visitor();
    const person = await office.addPerson(`${displayName.replaceAll(' ', '.').toLowerCase()}@local.example`, [id]);
    await enterPortal(page, server.baseUrl, person);
    assert.deepEqual((await offered(page)).toSorted(), expected[displayName]?.toSorted());
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test('a role for one group offers what it may do there, and nothing elsewhere', async () => {
  const { page } = await visitor();
  const readers = roles.find(({ displayName }) => displayName === 'Directory Readers')?.id ?? '';
  const administrators = roles.find(({ displayName }) => displayName === 'Groups Administrator')?.id ?? '';
  const person = await office.addPerson('one.group@local.example', [readers], [administrators, ids.group]);
  await enterPortal(page, server.baseUrl, person, `/groups/${ids.group}`);
  await page.getByRole('button', { name: 'Assign licenses', exact: true }).waitFor();
  await walkOn(page).to(`/groups/${ids.otherGroup}`);
  await page.getByRole('heading', { level: 1, name: 'License - Visio' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Assign licenses', exact: true }).count(), 0);
  await page.context().close();
});

const { page: ada } = await visitor();
const admin = await office.addPerson('ada@local.example', [globalAdministratorId]);
await enterPortal(ada, server.baseUrl, admin);
const walk = walkOn(ada);

const inError = (await server.call('GET', '/allot/v1/users/errors?source=any&$top=100')).body.value;

const everyPage = {
  overview: '/',
  products: '/products',
  product: `/products/${ids.product}`,
  subscriptions: `/products/${ids.product}?tab=subscriptions`,
  groups: '/groups',
  groupErrors: '/group-errors',
  group: `/groups/${ids.group}`,
  members: `/groups/${ids.group}?tab=members`,
  rule: `/groups/${ids.group}?tab=rule`,
  properties: `/groups/${ids.group}?tab=properties`,
  users: '/users',
  user: `/users/${ids.user}`,
  profile: `/users/${ids.user}?tab=profile`,
  history: `/users/${ids.user}?tab=history`,
  audit: '/audit',
  catalogue: '/catalogue',
  rules: '/catalogue?tab=rules',
  settings: '/settings',
} as const;

const textsOf = (language: string, page: string): Readonly<Record<string, string>> =>
  JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../packages/portal/src/text', language.toLowerCase(), `${page}.json`),
      'utf8',
    ),
  );

/** Pages whose heading is the same in each organization: it is in the texts of the same name. */
const named: readonly string[] = ['overview', 'products', 'groups', 'users', 'audit'];

const languages = [
  ['fr', 'Français'],
  ['nl', 'Nederlands'],
  ['zh-Hant', '繁體中文'],
  ['en', 'English'],
] as const;

async function choose(language: string, name: string): Promise<void> {
  await ada.locator('header').getByRole('button').last().click();
  await ada.getByRole('menuitemradio', { name, exact: true }).click();
  await ada.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

for (const [language, name] of languages) {
  test(`every page speaks ${name}, chosen in the menu and kept`, async () => {
    await ada.setViewportSize({ width: 1360, height: 850 });
    await choose(language, name);
    await ada.reload();
    await ada.getByRole('heading', { level: 1 }).waitFor();
    const known = JSON.stringify(textsOf(language, 'frame'));
    for (const [page, path] of Object.entries(everyPage)) {
      await walk.to(path);
      assert.equal(await ada.evaluate('document.documentElement.lang'), language, page);
      const navigation = await ada.locator('nav').innerText();
      for (const word of navigation.split('\n').filter((line) => line.trim() !== ''))
        assert.ok(known.includes(word), word);
      // A text that is missing shows its key.
      assert.doesNotMatch(
        await ada.locator('body').innerText(),
        /\b[a-z]+(?:\.[a-z][A-Za-z]+)+_?(?:one|other)?\b(?<!\.example|\.com)$/m,
        page,
      );
      if (!named.includes(page)) continue;
      const heading = await ada.getByRole('heading', { level: 1 }).innerText();
      assert.ok(Object.values(textsOf(language, page)).includes(heading), `${page}: ${heading}`);
    }
  });
}

for (const [language, name] of languages) {
  test(`what the server says is said in ${name}: reasons, roles and refusals`, async () => {
    await choose(language, name);
    const main = ada.getByRole('main');
    const [reasons, roleWords, problems] = ['reasons', 'roles', 'problems'].map((page) => textsOf(language, page));
    for (const error of new Set<string>(inError.map((one: { error: string }) => one.error))) {
      const { id } = inError.find((one: { error: string }) => one.error === error);
      await walk.to(`/users/${id}`);
      await main
        .getByText(reasons?.[`error_${error}`] ?? error)
        .first()
        .waitFor();
      const { body } = await server.call('GET', `/allot/v1/users/${id}/explanation`);
      if (language === 'en') continue;
      const said = await main.innerText();
      for (const { sentence } of body.value) assert.ok(!said.includes(sentence), sentence);
    }
    await walk.to('/settings?tab=people');
    await main
      .getByText(roleWords?.['Global Administrator'] ?? '')
      .first()
      .waitFor();
    await walk.to('/users/00000000-0000-4000-8000-000000000000');
    const refused = language === 'en' ? /does not exist/ : (problems?.['Request_ResourceNotFound'] ?? '');
    await ada.getByRole('alert').getByText(refused).waitFor();
  });
}

for (const [page, path] of Object.entries(everyPage)) {
  test(`the page ${page} is for everybody: nothing serious in light or dark, and no scrolling sideways`, async () => {
    await ada.setViewportSize({ width: 1360, height: 850 });
    await walk.to(path);
    await assertAccessible(ada, page);
  });
}
