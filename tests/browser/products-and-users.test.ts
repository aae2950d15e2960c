import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { globalAdministratorId, roles } from '../../packages/server/src/sign-in/roles.ts';
import { password, type SignInPerson, startOffice } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';

const desk = { width: 1360, height: 850 };
const office = await startOffice({ after }, { ALLOT_DEMO: 'on' });
const { server } = office;
await server.settled();
const { visitor } = await startBrowser({ after });
const page = await pageOf(await office.addPerson('ann@local.example', [globalAdministratorId]));

async function pageOf({ name, code }: SignInPerson): Promise<Page> {
  const someone = await visitor();
  after(() => assert.deepEqual(someone.complaints, []));
  const { page: own } = someone;
  await own.setViewportSize(desk);
  await own.goto(`${server.baseUrl}/portal/`);
  await own.getByLabel('Name').fill(name);
  await own.getByLabel('Password').fill(password);
  await own.getByLabel('Code of the authenticator app').fill(code());
  await own.getByRole('button', { name: 'Sign in' }).click();
  await own.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return own;
}

const visit = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
const dialog = () => page.getByRole('dialog');
const press = (name: string, where: Page | Locator = page) => where.getByRole('button', { name, exact: true }).click();
const openTab = (name: string | RegExp) => page.getByRole('tab', { name }).click();

/** The page of a user, found by what somebody types into the list. */
async function openUser(name: string): Promise<void> {
  await visit('Users');
  await page.getByRole('searchbox', { name: 'Filter' }).fill(name);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function openProduct(name: string): Promise<void> {
  await visit('Products');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** And back to the size of a desk. */
async function assertForEverybody(name: string): Promise<void> {
  await assertAccessible(page, name);
  await page.setViewportSize(desk);
}

/** What a user has, product by product. */
const licenseOf = (product: string) => page.getByRole('group', { name: product, exact: true });

test('whoever clicks on a row right after typing goes to its page and is not called back by the filter', async () => {
  // The page takes longer to come than the filter waits for the next key.
  const held = Promise.withResolvers<undefined>();
  await page.route(/\/assets\/User-[^/]+\.js/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await visit('Users');
  await page.getByRole('link', { name: 'Abigail Miller', exact: true }).waitFor();
  const filtered = page.waitForRequest(/Abigail%20M/);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail M');
  await page.getByRole('link', { name: 'Abigail Miller', exact: true }).click();
  await filtered;
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 500))');
  held.resolve(undefined);
  await page.getByRole('heading', { level: 1, name: 'Abigail Miller' }).waitFor();
  await page.goBack();
  assert.equal(await page.getByRole('searchbox', { name: 'Filter' }).inputValue(), 'Abigail M');
});

test('a row stays under the pointer that is pressed on it, also when the list becomes another meanwhile', async () => {
  await visit('Users');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail');
  const count = page.getByRole('status').getByText(/^\d+ rows$/);
  await count.waitFor();
  const before = await count.innerText();
  const third = page.getByRole('link', { name: 'Abigail Miller', exact: true });
  await third.hover();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail M');
  await page.mouse.down();
  await count.filter({ hasNotText: before }).waitFor();
  await page.mouse.up();
  await page.getByRole('heading', { level: 1, name: 'Abigail Miller' }).waitFor();
});

test('seats added to a subscription go to those who wait, as the dialog said', async () => {
  await openProduct('Office 365 E3');
  await openTab('Waiting line (40)');
  const first = page.getByRole('table', { name: 'Waiting line' }).getByRole('row').nth(1);
  assert.match(await first.innerText(), /^1\s/);
  await openTab('Subscriptions');
  await press('Change seats');
  await dialog().getByRole('spinbutton', { name: 'Seats' }).fill('470');
  await dialog()
    .getByText(/^\d+ users? gets? Office 365 E3/)
    .first()
    .waitFor();
  await dialog().getByRole('row', { name: 'Office 365 E3 460 470 0' }).waitFor();
  await assertForEverybody('the dialog that changes seats');
  await press('Save', dialog());
  await page.getByText('470 of 470 seats used').waitFor();
  await openTab('Waiting line (30)');
  await assertForEverybody('a product');
  assert.match(page.url(), /tab=waiting/);
});

test('a license is assigned to chosen users once its effect was seen, refused to whom it cannot be given, and removed again', async () => {
  await visit('Users');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail');
  for (const name of ['Abigail King', 'Abigail Lee', 'Abigail Miller'])
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await press('Assign licenses');
  await dialog().getByRole('checkbox', { name: 'Enterprise Mobility + Security E3' }).check();
  await dialog().getByText('2 users get Enterprise Mobility + Security E3').waitFor();
  await dialog().getByText('Accepted for 2 of 3 users').waitFor();
  await dialog()
    .getByText(/cannot be done for user with invalid usage location/)
    .waitFor();
  await assertForEverybody('the dialog that assigns licenses');
  await press('Assign', dialog());
  await dialog().getByText('Done for 2; refused for 1.').waitFor();
  await dialog().getByRole('link', { name: 'Abigail Lee' }).waitFor();
  await press('Close', dialog());

  await openProduct('Enterprise Mobility + Security E3');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail Miller');
  const row = page.getByRole('row', { name: /Abigail Miller/ });
  await row.getByText('Direct').waitFor();
  await row.getByRole('checkbox').check();
  await press('Remove direct licenses');
  await dialog().getByText('1 user loses Enterprise Mobility + Security E3 from this source').waitFor();
  await press('Remove', dialog());
  await dialog().getByText('Done for 1; refused for 0.').waitFor();
  await press('Close', dialog());
  await row.waitFor({ state: 'detached' });
});

test('a service of a direct license is switched off on the page of the user, and the history tells who did it', async () => {
  await openUser('Abigail King');
  const license = licenseOf('Enterprise Mobility + Security E3');
  await press('6 of 6 services on', license);
  await license.getByRole('switch', { name: 'Microsoft Intune (Plan 1)', exact: true }).click();
  await press('Review and save', license);
  await dialog().getByText('1 service is lost').waitFor();
  await press('Save', dialog());
  await license.getByRole('button', { name: '5 of 6 services on' }).waitFor();
  await assertForEverybody('the licenses of a user');
  await openTab('History');
  const change = page.getByRole('list', { name: 'History' }).getByRole('listitem').first();
  await change.getByText(/by ann@local\.example/).waitFor();
  await change.getByText(/1 service off: Microsoft Intune \(Plan 1\)/).waitFor();
});

test('a user who is in error for the usage location has the license once the location is right', async () => {
  await visit('Users');
  await page.getByRole('switch', { name: 'In error' }).click();
  await page.getByRole('link', { name: 'Fang Wang', exact: true }).click();
  const license = licenseOf('Microsoft Teams Phone Standard');
  await license.getByText('Usage location isn’t allowed').waitFor();
  await openTab('Profile');
  await assertForEverybody('the profile of a user');
  const location = page.getByRole('combobox', { name: 'Usage location' });
  await location.click();
  await location.pressSequentially('United Ki');
  await page.getByRole('option', { name: 'United Kingdom' }).click();
  await press('Save');
  await page.getByText('Saved').waitFor();
  await openTab('Licenses');
  await license.getByText('Active', { exact: true }).waitFor();
  assert.equal(await license.getByText('Usage location isn’t allowed').count(), 0);
});

test('a user is created, deleted, and restored', async () => {
  await visit('Users');
  await press('Create user');
  await dialog().getByLabel('Name', { exact: false }).first().fill('Zoe Newcomer');
  await dialog().getByLabel('User principal name').fill('zoe.newcomer@contoso.example');
  await press('Create user', dialog());
  await page.getByRole('heading', { level: 1, name: 'Zoe Newcomer' }).waitFor();
  await page.getByText('This user has no licenses.').waitFor();
  await press('Delete user');
  await press('Delete user', dialog());
  await page.getByRole('link', { name: 'Deleted users' }).click();
  await page
    .getByRole('row', { name: /Zoe Newcomer/ })
    .getByRole('button', { name: 'Restore' })
    .click();
  await press('Restore', dialog());
  await page.getByText('Nobody is deleted.').waitFor();
  await openUser('Zoe Newcomer');
});

test('whoever may only read is offered nothing that changes licenses', async () => {
  const readerRole = roles.find(({ displayName }) => displayName === 'Global Reader');
  assert.ok(readerRole);
  const reader = await pageOf(await office.addPerson('rae@local.example', [readerRole.id]));
  await reader.getByRole('link', { name: 'Users', exact: true }).click();
  await reader.getByRole('link', { name: 'Abigail King', exact: true }).click();
  await reader.getByRole('heading', { level: 1, name: 'Abigail King' }).waitFor();
  for (const name of ['Assign licenses', 'Remove licenses', 'Reprocess', 'Delete user'])
    assert.equal(await reader.getByRole('button', { name, exact: true }).count(), 0, name);
});
