import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

const office = await startOffice({ after }, { ALLOT_DEMO: 'on' });
const { server } = office;
const { visitor } = await startBrowser({ after });
const admin = await office.addPerson('ada@local.example', [globalAdministratorId]);
const ada = await visitor();
await enterPortal(ada.page, server.baseUrl, admin);
const { page } = ada;

const open = async (path: string): Promise<void> => {
  await page.setViewportSize({ width: 1360, height: 850 });
  await page.goto(`${server.baseUrl}/portal${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const go = (name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
const button = (name: string, where: Pick<Page | Locator, 'getByRole'> = page) =>
  where.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
/** What is shown once is closed by its button only. */
const shownOnce = () => page.getByRole('alertdialog');
const focused = (): Promise<string | null> => page.evaluate('document.activeElement.textContent');

test('the overview shows seats with their trend, what ends soon and what changed, and leads to what needs attention', async () => {
  await open('/');
  await page.getByText('6 groups could not license all their members.').waitFor();
  const products = page.getByRole('table', { name: 'Products' });
  await products.getByRole('img', { name: /^Visio Plan 2: / }).waitFor();
  await products.getByText('50 of 50 seats used · 0 free · 17 waiting').waitFor();
  await page.getByRole('table', { name: 'Subscriptions that end soon' }).getByText('Office 365 E1').waitFor();
  await page.getByRole('link', { name: 'See groups with errors' }).click();
  await page.waitForURL(/\/portal\/group-errors$/);
});

test('the keyboard goes on at the heading of a new page, and finds a product from anywhere', async () => {
  await open('/');
  await go('Settings');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  assert.deepEqual([await focused(), await page.title()], ['Settings', 'Settings – Allot']);
  await page.getByRole('combobox', { name: 'Search' }).focus();
  await page.keyboard.type('visio plan 2');
  await page.getByRole('option', { name: 'Visio Plan 2' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/portal\/products\//);
  await page.locator('h1:focus').waitFor();
  const search = page.getByRole('combobox', { name: 'Search' });
  await search.fill('nobody is called this');
  await page.getByText('Nothing found for “nobody is called this”.').waitFor();
});

test('a setting says what it changes before it is saved, and the audit log tells its old and new value', async () => {
  await open('/settings');
  await page.getByLabel('Warning lasts').fill('45');
  await page.getByText('1 unsaved change').waitFor();
  await button('Review and save…').click();
  await dialog().getByText('Warning period: 30 days → 45 days').waitFor();
  await dialog().getByText('Nobody’s licenses change by this.').waitFor();
  await button('Save', dialog()).click();
  await page.getByText('Saved.').waitFor();
  const { body } = await server.call('GET', '/allot/v1/settings');
  assert.equal(body.warningPeriod, 'P45D');

  await go('Audit log');
  await page.getByRole('link', { name: 'Update settings' }).first().click();
  const row = dialog().getByRole('row').filter({ hasText: 'Warning period' });
  await row.waitFor();
  assert.deepEqual(await row.getByRole('cell').allInnerTexts(), ['P30D', 'P45D']);
  assert.match(page.url(), /entry=[0-9a-f-]{36}/);
  await button('Close', dialog()).click();
});

test('the audit log is filtered in the address, names products, and shows everything that one change did', async () => {
  await open('/audit?activity=Change+user+license');
  await page.getByRole('link', { name: 'Change user license', exact: true }).first().click();
  await dialog().getByRole('cell', { name: 'Visio Plan 2' }).waitFor();
  await dialog().getByRole('link', { name: 'Show all of it in the table' }).click();
  await page.waitForURL(/correlation=/);
  await page.getByRole('table', { name: 'Audit log' }).getByText('Update subscription').first().waitFor();
  await page.goBack();
  await page.waitForURL(/activity=Change\+user\+license/);
});

test('somebody is invited, gets a role for one group and loses it, and is disabled', async () => {
  await open('/settings?tab=people');
  await button('Invite somebody').click();
  await page.getByRole('radio', { name: 'Somebody who is not in the directory' }).click();
  await page.getByLabel('Sign-in name').fill('ben@local.example');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ben');
  await button('Invite', dialog()).click();
  const link = page.getByRole('textbox', { name: 'One-time link' });
  assert.match(await link.inputValue(), /\/sign-in\/link\/\S+$/);
  await button('Close', shownOnce()).click();

  const row = page.getByRole('row').filter({ hasText: 'ben@local.example' });
  await row.getByText('No role: sees nothing').waitFor();
  await button('Actions for Ben', row).click();
  await page.getByRole('menuitem', { name: 'Assign a role' }).click();
  await dialog().getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /^License Administrator/ }).click();
  await page.getByRole('radio', { name: 'For one group only' }).click();
  await dialog().getByRole('combobox', { name: 'Group' }).pressSequentially('License - Visio');
  await page.getByRole('option', { name: /License - Visio/ }).click();
  await button('Assign', dialog()).click();
  await row.getByRole('link', { name: 'License - Visio' }).waitFor();
  await button('Remove License Administrator from Ben', row).click();
  await button('Remove', dialog()).click();
  await row.getByText('No role: sees nothing').waitFor();

  await button('Actions for Ben', row).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await button('Disable', dialog()).click();
  await row.getByText('Disabled').waitFor();
});

test('an application gets its permissions and a secret that is shown once, and is removed', async () => {
  await open('/settings?tab=applications');
  await button('Register an application').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Reports');
  await page.getByRole('checkbox', { name: 'User.Read.All' }).click();
  await button('Register', dialog()).click();
  const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
  await button('Close', shownOnce()).click();
  const card = page.getByRole('group', { name: 'Reports' });
  const { body } = await server.call('GET', '/allot/v1/applications');
  const { id } = body.value.find(({ displayName }: { displayName: string }) => displayName === 'Reports');
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  const scope = 'https://graph.microsoft.com/.default';
  const tokenOf = () =>
    fetch(`${server.baseUrl}/${server.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, scope }),
    });
  assert.equal((await tokenOf()).status, 200);
  await button('Remove', card).click();
  await button('Remove', dialog()).click();
  // Behind an open dialog the page is hidden from roles.
  await dialog().waitFor({ state: 'detached' });
  await card.waitFor({ state: 'detached' });
  assert.equal((await tokenOf()).status, 401);
});

test('a product list says where it is wrong, then what it changes, and is imported when one agrees', async () => {
  const head =
    'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n';
  const rowOf = (id: string) => `Whiteboard Plus,WHITEBOARD_PLUS,${id},WHITEBOARD_P,${id},Whiteboard Plus\n`;
  const choose = (id: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'products.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(head + rowOf(id)),
    });
  await open('/catalogue?tab=import');
  await choose('no-id');
  const wrong = page.getByRole('table', { name: 'Places in the file' }).getByRole('row');
  await wrong.nth(1).waitFor();
  assert.deepEqual((await wrong.nth(1).getByRole('cell').allInnerTexts()).slice(0, 2), ['2', 'GUID']);
  await choose('6b9ec8f0-34a5-4b7a-8f0e-0f4a3b9b1d11');
  await page.getByText('New products: 1 · changed: 0 · unchanged: 0').waitFor();
  await page.getByText('Nobody’s licenses change by this.').waitFor();
  await button('Import exactly this').click();
  await page.getByText('Imported: 1 new and 0 changed products.').waitFor();
  await page.getByRole('tab', { name: 'Products' }).click();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('whiteboard plus');
  await page.getByRole('link', { name: 'Whiteboard Plus' }).click();
  await dialog().getByText('WHITEBOARD_PLUS').waitFor();
});

test('who has no role is told what to do, and who may no longer sign in is led to sign in again', async () => {
  const person = await office.addPerson('eve@local.example');
  const eve = await visitor();
  await enterPortal(eve.page, server.baseUrl, person, '/groups');
  await eve.page.getByRole('heading', { name: 'You have no role yet' }).waitFor();
  await office.giveRole(person.id, globalAdministratorId);
  await button('Look again', eve.page).click();
  await eve.page.getByRole('table', { name: 'Groups' }).waitFor();
  await server.call('PATCH', `/allot/v1/accounts/${person.id}`, { enabled: false });
  // Nothing is clicked: the page hears of it by itself.
  await eve.page.getByRole('dialog', { name: 'Your sign-in has ended' }).waitFor();
  await server.call('PATCH', `/allot/v1/accounts/${person.id}`, { enabled: true });
  await button('Sign in on this page', eve.page.getByRole('dialog')).click();
  await eve.page.getByLabel('Password').waitFor();
});

for (const path of [
  '/',
  '/audit',
  '/settings',
  '/settings?tab=people',
  '/settings?tab=applications',
  '/catalogue',
  '/catalogue?tab=plans',
  '/catalogue?tab=rules',
  '/catalogue?tab=import',
]) {
  test(`${path} is for everybody: nothing serious in light or dark, and no scrolling sideways`, async () => {
    await open(path);
    await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
    await assertAccessible(page, path);
  });
}

test('no page asked for what its own security policy forbids', () => assert.deepEqual(ada.complaints, []));
