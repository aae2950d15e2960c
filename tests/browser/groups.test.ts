import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildPortal } from '../../packages/portal/build/build-portal.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { testServer } from '../server.ts';
import { actionsAt } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

await buildPortal();
const server = await testServer({ after }, { demo: true });
const { page, complaints } = await (await startBrowser({ after })).visitor();

// What does not come within this, does not come.
page.setDefaultTimeout(15_000);

before(async () => {
  const ann = await actionsAt(server).addPerson('ann@local.example', [globalAdministratorId]);
  await enterPortal(page, server.baseUrl, ann);
});

const dialogIsGone = (of: Page) => of.getByRole('dialog').waitFor({ state: 'detached' });
const cause = (name: RegExp) => page.getByRole('article', { name });

/** From the list of groups with errors to the page of one of them. */
async function openGroupWithErrors(name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Groups with errors' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

async function openGroup(name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByLabel('Filter').fill(name);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

const idOnPage = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

test('users where a service is not offered get a usage location, all at once, and then their license', async () => {
  await openGroupWithErrors('License - Teams Phone');
  await assertAccessible(page, 'the page of a group with errors');
  await cause(/Microsoft Teams Phone/)
    .getByRole('button', { name: /^Set location/ })
    .click();
  await page.getByRole('combobox', { name: 'Usage location' }).click();
  await page.getByRole('option', { name: 'Germany' }).click();
  await page.getByRole('button', { name: 'Set for 9 users' }).click();
  await dialogIsGone(page);
  // Five seats were free: four of the nine wait for one now.
  await cause(/Not enough licenses/).waitFor();
  const id = idOnPage();
  await cause(/Not enough licenses/)
    .getByRole('button', { name: /^Add seats/ })
    .click();
  await page.getByRole('button', { name: /^Add \d+ seats?$/ }).click();
  await dialogIsGone(page);
  await cause(/Not enough licenses/).waitFor({ state: 'detached' });
  await server.settled();
  const left = await server.call('GET', `/allot/v1/groups/${id}/errors`);
  assert.deepEqual(left.body.value, []);
});

test('a service that conflicts is disabled in the group after the consequences are seen', async () => {
  await openGroupWithErrors('License - Office 365 E3');
  const conflict = cause(/Conflicting service plans/);
  await conflict.getByRole('button', { name: /^\d+ users$/ }).click();
  await conflict.getByRole('table', { name: 'Users concerned by this cause' }).waitFor();
  await conflict
    .getByRole('button', { name: /^Disable.*this group$/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'What this will do' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await dialogIsGone(page);
  await conflict.waitFor({ state: 'detached' });
  await page.getByText('28 of 32 services on').waitFor();
});

test('members are found, added and removed', async () => {
  await openGroup('Project Aurora');
  await page.getByRole('tab', { name: 'Members', exact: true }).click();
  await page.getByRole('tab', { name: 'Users (34)' }).waitFor();
  await page.getByRole('button', { name: 'Add members' }).click();
  await page.getByRole('combobox', { name: 'Users and groups' }).fill('zoé garnier');
  await page.getByRole('option', { name: /^Zoé Garnier/ }).click();
  await page.getByRole('button', { name: 'Add 1 member' }).click();
  await page.getByRole('tab', { name: 'Users (35)' }).waitFor();
  await page.getByLabel('Filter').fill('Zoé Garnier');
  await page.getByRole('checkbox', { name: 'Select Zoé Garnier' }).check();
  await page.getByRole('button', { name: 'Remove 1 member' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove 1 member' }).click();
  await page.getByRole('tab', { name: 'Users (34)' }).waitFor();
});

test('a group that gives licenses is deleted with them, after the consequences are seen', async () => {
  await openGroup('License - Visio');
  const id = idOnPage();
  await page.getByRole('button', { name: 'Delete group' }).click();
  await page.getByRole('heading', { name: 'What this will do' }).waitFor();
  await page.getByRole('checkbox', { name: 'Take the licenses from the members, then delete the group' }).check();
  await page.getByRole('button', { name: 'Remove licenses and delete' }).click();
  await page.getByText('This group is deleted.').waitFor();
  assert.equal((await server.call('GET', `/v1.0/groups/${id}`)).status, 404);
});

test('a group is created with a rule, which is mended, tried, previewed and saved, and has its members', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('button', { name: 'Create group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Sales by rule');
  await page.getByRole('radio', { name: 'Found by a rule' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Create group' }).click();
  await page.getByRole('button', { name: 'Let a rule decide' }).click();

  const rule = page.getByRole('textbox', { name: 'Rule' });
  await rule.fill('user.departmnt -eq "Sales"');
  await rule.press('Escape');
  await page.getByRole('button', { name: 'Write user.department' }).click();
  await rule.press('Escape');
  await page.getByText('The rule can be read.').waitFor();
  assert.equal(await rule.inputValue(), 'user.department -eq "Sales"');

  await page.getByRole('combobox', { name: 'Users' }).fill('denise johnson');
  await page.getByRole('option', { name: /^Denise Johnson/ }).click();
  await page.getByRole('article', { name: 'Denise Johnson' }).getByText('department is “Sales”').waitFor();

  await page.getByRole('button', { name: 'Show consequences' }).click();
  const joining = page.getByRole('heading', { name: /^\d+ users join$/ });
  await joining.waitFor();
  const count = Number.parseInt(await joining.innerText(), 10);
  await assertAccessible(page, 'the consequences of a rule');
  await page.getByRole('button', { name: 'Save rule' }).click();
  await page.getByText('The members are up to date').waitFor();
  await page.getByRole('tab', { name: 'Members', exact: true }).click();
  await page.getByRole('tab', { name: `Users (${count})` }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add members' }).count(), 0);
});

test('nothing that the pages do is against their own security policy', () => {
  assert.deepEqual(complaints, []);
});
