import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './accessible.ts';
import { startDesk } from './demo-desk.ts';

const { page, server } = await startDesk({ after });

const open = async (path: string): Promise<void> => {
  await page.goto(`${server.baseUrl}/portal${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const tab = (name: string) => page.getByRole('tab', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const question = () => page.getByRole('alertdialog', { name: 'Discard your changes?' });
const found = async (path: string) => (await server.call('GET', path)).body.value[0];
const at = (part: string) => page.waitForURL((url) => `${url.pathname}${url.search}`.includes(part));

/** Answers the question, and waits until it is gone. */
async function answer(name: 'Keep editing' | 'Discard changes'): Promise<void> {
  await question().getByRole('button', { name }).click();
  await question().waitFor({ state: 'detached' });
}

test('whoever leaves a form with something typed is asked first, wherever they go, and not after saving', async () => {
  const { id } = await found("/v1.0/users?$filter=displayName eq 'Denise Johnson'");
  await open(`/users/${id}`);
  await tab('Profile').click();
  await field('Department').fill('Polar research');
  await tab('History').click();
  await question().waitFor();
  await assertAccessible(page, 'the question whether to discard what is typed');
  await answer('Keep editing');
  await page.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true }).click();
  await question().waitFor();
  await page.keyboard.press('Escape');
  await question().waitFor({ state: 'detached' });
  await page.goBack();
  await answer('Keep editing');
  await at('tab=profile');
  assert.equal(await field('Department').inputValue(), 'Polar research');
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await tab('History').click();
  await at('tab=history');
  assert.equal((await server.call('GET', `/v1.0/users/${id}?$select=department`)).body.department, 'Polar research');
});

test('what is typed back to what it was is no change, and what is discarded is gone', async () => {
  const { id } = await found("/v1.0/groups?$filter=displayName eq 'Project Aurora'");
  await open(`/groups/${id}?tab=properties`);
  await field('Description').fill('Changed');
  await tab('Licenses').click();
  await answer('Discard changes');
  await field('Description').waitFor({ state: 'detached' });
  await tab('Properties').click();
  const described = await field('Description').inputValue();
  assert.notEqual(described, 'Changed');
  await field('Description').fill(`${described}!`);
  await field('Description').fill(described);
  await tab('Members').click();
  await at('tab=members');
});

test('settings that are not saved hold back whoever signs out or leaves the portal', async () => {
  await open('/settings');
  await page.getByRole('radio', { name: 'The group stays until the errors are solved' }).check();
  await button('Your account').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await answer('Keep editing');
  // The browser's own question, which has no words of ours.
  const asked = page.waitForEvent('dialog');
  const reload = page.evaluate('location.reload()');
  const beforeunload = await asked;
  assert.equal(beforeunload.type(), 'beforeunload');
  await beforeunload.dismiss();
  await reload;
  await button('Discard changes').click();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
});

test('Escape and a click beside a dialog close it when nothing is typed, and ask when something is', async () => {
  await open('/groups');
  await page.getByRole('navigation').getByRole('link', { name: 'Users', exact: true }).click();
  await button('Create user').click();
  await dialog().waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await button('Create user').click();
  await field('Name').fill('Ann Polar');
  await page.keyboard.press('Escape');
  await question().waitFor();
  await page.keyboard.press('Escape');
  await question().waitFor({ state: 'detached' });
  await dialog().locator('input:focus').waitFor();
  assert.equal(await field('Name').inputValue(), 'Ann Polar');
  await page.mouse.click(5, 500);
  await answer('Keep editing');
  await page.goBack();
  await answer('Discard changes');
  await dialog().waitFor({ state: 'detached' });
});

test('a dialog that leads to another page when it has saved does not ask', async () => {
  await open('/users');
  await button('Create user').click();
  await field('Name').fill('Ann Polar');
  await field('User principal name').fill('ann.polar@contoso.example');
  await dialog().getByRole('button', { name: 'Create user' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ann Polar' }).waitFor();
  assert.equal(await question().count(), 0);
});
