/** What an open page does when others change something, when what it shows is gone, and when the sign-in or the server is. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, button, open, idOf, send, person } = desk;

/** Lost if the page were loaded again. */
const mark = () => page.evaluate("document.body.dataset.stayed = 'yes'");
const stayed = async () => assert.equal(await page.evaluate('document.body.dataset.stayed'), 'yes');
const nobody = '00000000-0000-4000-8000-000000000000';

test('what others change shows in open pages by itself: a list, a group, the overview', async () => {
  const group = await idOf('groups', 'License - Visio');
  await open('/users?filter=Amelia%20Mi');
  await page.getByRole('link', { name: 'Amelia Miller', exact: false }).first().waitFor();
  await mark();
  await send('PATCH', `/v1.0/users/${await idOf('users', 'amelia.miller')}`, { displayName: 'Amelia Mint' });
  await page.getByRole('link', { name: 'Amelia Mint' }).waitFor();

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Groups', exact: true }).waitFor();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('License - Visio');
  await page.getByRole('link', { name: 'License - Visio' }).click();
  await page.getByRole('heading', { level: 1, name: 'License - Visio' }).waitFor();
  await send('POST', `/v1.0/groups/${group}/members/$ref`, {
    '@odata.id': `${server.baseUrl}/v1.0/users/${await idOf('users', 'amelia.miller')}`,
  });
  await page.getByText('1 member did not get what this group gives.').waitFor();
  await page.getByRole('article', { name: 'Not enough licenses: Visio Plan 2' }).waitFor();

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click();
  const row = page.getByRole('table', { name: 'Products' }).getByRole('row', { name: /Visio Plan 2/ });
  await row.getByText(/18 waiting/).waitFor();
  await send('PATCH', `/allot/v1/subscriptions/${await desk.subscriptionOf('VISIOCLIENT')}`, { units: 51 });
  await row.getByText(/17 waiting/).waitFor();
  await stayed();
});

test('a page whose group is deleted by somebody else says so, and leads to where it can be restored', async () => {
  const id = await idOf('groups', 'Project Aurora');
  await open(`/groups/${id}`);
  await page.getByRole('heading', { level: 1, name: 'Project Aurora' }).waitFor();
  await send('DELETE', `/v1.0/groups/${id}`);
  await page.getByText('This group is deleted.').waitFor();
  await page.getByRole('link', { name: 'Deleted groups' }).click();
  await page.getByRole('row', { name: /Project Aurora/ }).waitFor();
});

for (const [path, heading, words, onward] of [
  [`/users/${nobody}`, 'User', 'This is not there any more', 'To the users'],
  [`/groups/${nobody}`, 'Group', 'This is not there any more', 'To the groups'],
  [`/products/${nobody}`, 'Product', 'The catalogue has no such product', 'To the products'],
  ['/no/such/page', 'There is no such page', 'The address may be old.', 'To the overview'],
] as const) {
  test(`${path} has a heading, says what is missing, and leads on`, async () => {
    await open(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText(words).first().waitFor();
    await page.getByRole('link', { name: onward }).click();
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor({ state: 'detached' });
  });
}

test('a server that is gone for a while is said to be, nothing typed is lost, and the page goes on when it is back', async () => {
  const id = await idOf('users', 'anna.weber');
  await open(`/users/${id}?tab=profile`);
  await page.getByLabel('Department').fill('Typed before');
  await mark();
  await page.context().setOffline(true);
  await button('Save').click();
  await page
    .getByRole('alert')
    .filter({ hasText: /cannot be reached/ })
    .first()
    .waitFor();
  assert.equal(await page.getByLabel('Department').inputValue(), 'Typed before');
  await page.context().setOffline(false);
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.equal((await desk.read(`/v1.0/users/${id}?$select=department`)).department, 'Typed before');
  // The page listens again, too.
  await send('PATCH', `/v1.0/users/${id}`, { displayName: 'Anna Back' });
  await page.getByRole('heading', { level: 1, name: 'Anna Back' }).waitFor();
  await stayed();
});

test('who must sign in again in the middle of work does so in a window beside it, and what was typed is still there', async () => {
  const id = await idOf('users', 'lucas.robinson');
  await open(`/users/${id}?tab=profile`);
  await page.getByLabel('Department').fill('Half typed');
  await mark();
  await send('PATCH', `/allot/v1/accounts/${person.id}`, { enabled: false });
  const ended = page.getByRole('dialog', { name: 'Your sign-in has ended' });
  await ended.waitFor();
  await send('PATCH', `/allot/v1/accounts/${person.id}`, { enabled: true });
  const [beside] = await Promise.all([page.waitForEvent('popup'), button('Sign in again', ended).click()]);
  await beside.getByLabel('Name').fill(person.name);
  await beside.getByLabel('Password').fill(person.password);
  await beside.getByLabel('Code of the authenticator app').fill(person.code());
  await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: 'Sign in' }).click()]);
  await ended.waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Department').inputValue(), 'Half typed');
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  await stayed();
});
