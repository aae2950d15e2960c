/** What is done with users, from before to after, on the pages and by the API. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, button, confirm, finish, pick, open, idOf, read, send, skuOf, errorOf } = desk;

const status = (text: string) => page.getByRole('status').getByText(text, { exact: true }).first().waitFor();
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
const licenseOf = (product: string) => page.getByRole('group', { name: product, exact: true });
const ems = 'Enterprise Mobility + Security E3';

async function chooseCountry(name: string, where: Pick<typeof dialog, 'getByRole'> = page): Promise<void> {
  const country = where.getByRole('combobox', { name: 'Usage location' });
  await country.click();
  await country.fill(name);
  await page.getByRole('option', { name, exact: true }).click();
}

test('a user is created with a location, and one whose name is taken is refused in words', async () => {
  await open('/users');
  await button('Create user').click();
  await dialog.getByRole('textbox').first().fill('Nora Newcomer');
  await dialog.getByLabel('User principal name').fill('anna.weber@contoso.example');
  await chooseCountry('Germany', dialog);
  await button('Create user', dialog).click();
  await dialog
    .getByRole('alert')
    .getByText(/userPrincipalName already exists/)
    .waitFor();
  await dialog.getByLabel('User principal name').fill('nora.newcomer@contoso.example');
  await button('Create user', dialog).click();
  await page.getByRole('heading', { level: 1, name: 'Nora Newcomer' }).waitFor();
  const user = await read(`/v1.0/users/${await idOf('users', 'nora.newcomer')}`);
  assert.equal(user.displayName, 'Nora Newcomer');
});

test('a profile is edited, the account blocked and allowed again, and the list shows it', async () => {
  const id = await idOf('users', 'nora.newcomer');
  await open(`/users/${id}?tab=profile`);
  await page.getByLabel('Display name').fill('Nora Newman');
  await page.getByLabel('Department').fill('Sales');
  await page.getByLabel('Job title').fill('Trainee');
  await chooseCountry('France');
  await page.getByRole('switch', { name: 'Allowed' }).uncheck();
  await button('Save').click();
  await status('Saved');
  const select = 'displayName,department,jobTitle,usageLocation,accountEnabled';
  const saved = async () => {
    const { '@odata.context': _, ...user } = await read(`/v1.0/users/${id}?$select=${select}`);
    return user;
  };
  const words = { displayName: 'Nora Newman', department: 'Sales', jobTitle: 'Trainee', usageLocation: 'FR' };
  assert.deepEqual(await saved(), { ...words, accountEnabled: false });
  await page.getByRole('heading', { level: 1, name: 'Nora Newman' }).waitFor();
  await page.getByRole('switch', { name: 'Blocked' }).check();
  await page.getByLabel('Department').fill('');
  await button('Save').click();
  await status('Saved');
  assert.deepEqual(await saved(), { ...words, department: null, accountEnabled: true });
});

test('a change of the profile that gives a license says so before it is saved', async () => {
  const phone = await skuOf('MCOEV');
  const group = await idOf('groups', 'License - Teams Phone');
  const path = `/allot/v1/groups/${group}/errors/users?error=ProhibitedInUsageLocationViolation&skuId=${phone.skuId}`;
  const { value } = await read(path);
  const { id } = value.at(-1);
  await open(`/users/${id}?tab=profile`);
  await chooseCountry('Germany');
  await page.getByText('1 user gets Microsoft Teams Phone Standard').waitFor();
  assert.equal(await errorOf(id, 'MCOEV'), 'ProhibitedInUsageLocationViolation');
  await button('Save').click();
  await status('Saved');
  assert.equal(await errorOf(id, 'MCOEV'), 'None');
  await page.getByLabel('City').fill('Kiel');
  await button('Save').click();
  await status('Saved');
  await page.getByText('What this will do').waitFor({ state: 'detached' });
});

test('a country is found by keys alone and by the middle of its name, and nothing is chosen by typing', async () => {
  const id = await idOf('users', 'nora.newcomer');
  await open(`/users/${id}?tab=profile`);
  const country = page.getByRole('combobox', { name: 'Usage location' });
  await country.focus();
  await country.press('ArrowDown');
  await page.getByRole('option', { name: 'France', selected: true }).waitFor();
  await page.getByRole('option', { name: 'Zimbabwe' }).waitFor();
  await country.press('Escape');
  await country.pressSequentially('kingd');
  await country.press('Escape');
  await page.getByLabel('Department').focus();
  assert.equal(await country.inputValue(), 'France');
  assert.equal(await button('Save').isDisabled(), true);
  await country.focus();
  await country.pressSequentially('kingd');
  await country.press('Enter');
  await button('Save').click();
  await status('Saved');
  assert.equal((await read(`/v1.0/users/${id}?$select=usageLocation`)).usageLocation, 'GB');
});

test('a manager is set, seen as a link, and removed', async () => {
  const id = await idOf('users', 'nora.newcomer');
  await open(`/users/${id}?tab=profile`);
  await page.getByText('No manager').waitFor();
  await button('Change').click();
  await pick('Manager', 'Denise Johnson');
  await confirm('Save');
  await page.getByRole('link', { name: 'Denise Johnson' }).waitFor();
  assert.equal((await read(`/v1.0/users/${id}/manager`)).displayName, 'Denise Johnson');
  await button('Change').click();
  await dialog.getByText('Denise Johnson', { exact: true }).click();
  await confirm('Save');
  await page.getByText('No manager').waitFor();
  assert.equal((await server.call('GET', `/v1.0/users/${id}/manager`)).status, 404);
});

test('addresses are added, one is made the primary one, and removed; one that another user has is told of', async () => {
  const id = await idOf('users', 'nora.newcomer');
  const addresses = async () => (await read(`/allot/v1/users/${id}/addresses`)).proxyAddresses;
  await open(`/users/${id}?tab=profile`);
  await page.getByText('No addresses').waitFor();
  for (const [position, address] of ['nora@contoso.example', 'newcomer@contoso.example'].entries()) {
    await button('Add address').click();
    await page.getByRole('textbox', { name: `Address ${position + 1}` }).fill(address);
  }
  await button('Save addresses').click();
  await status('Saved');
  assert.deepEqual(await addresses(), ['SMTP:nora@contoso.example', 'smtp:newcomer@contoso.example']);
  await page.getByRole('radio', { name: 'Primary' }).nth(1).check();
  await button('Remove nora@contoso.example').click();
  await button('Save addresses').click();
  await status('Saved');
  assert.deepEqual(await addresses(), ['SMTP:newcomer@contoso.example']);

  await button('Add address').click();
  await page.getByRole('textbox', { name: 'Address 2' }).fill('no address');
  await button('Save addresses').click();
  await page
    .getByRole('alert')
    .getByText(/address/i)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Address 2' }).fill('anna.weber@contoso.example');
  await button('Save addresses').click();
  await status('Saved');
  await page.getByText(/anna\.weber@contoso\.example also belongs to/).waitFor();
  await page.getByRole('link', { name: 'anna.weber@contoso.example' }).waitFor();
  await button('Remove anna.weber@contoso.example').click();
  await button('Save addresses').click();
  await page.getByText(/also belongs to/).waitFor({ state: 'detached' });
  assert.deepEqual(await addresses(), ['SMTP:newcomer@contoso.example']);
});

test('a product is assigned directly without a service, is removed again, and the history knows each instant', async () => {
  const id = await idOf('users', 'nora.newcomer');
  await open(`/users/${id}`);
  await button('Assign licenses').click();
  await dialog.getByRole('checkbox', { name: ems }).check();
  await dialog.getByRole('switch', { name: 'Microsoft Intune (Plan 1)', exact: true }).uncheck();
  await dialog.getByText(`1 user gets ${ems}`).waitFor();
  await finish('Assign', 'Done for 1; refused for 0.');
  await button('5 of 6 services on', licenseOf(ems)).waitFor();
  const { assignedLicenses } = await read(`/v1.0/users/${id}?$select=assignedLicenses`);
  assert.equal(assignedLicenses[0].disabledPlans.length, 1);
  const had = new Date().toISOString();

  await button('Remove licenses').click();
  await dialog.getByRole('checkbox', { name: ems }).check();
  await dialog.getByText(`1 user loses ${ems} from this source`).waitFor();
  await finish('Remove', 'Done for 1; refused for 0.');
  await page.getByText('This user has no licenses.').waitFor();

  await tab('History');
  await page
    .getByRole('list', { name: 'History' })
    .getByText(/5 services on/)
    .waitFor();
  await open(`/users/${id}?tab=history&at=${encodeURIComponent(had)}`);
  await button(new RegExp(`${ems.replace('+', '\\+')}.*Direct.*5 services`)).waitFor();
  await button('Show the whole history').click();
  await page.getByRole('list', { name: 'History' }).waitFor();
  assert.doesNotMatch(page.url(), /[?&]at=/);
  await page.goBack();
});

test('services are switched where the assignment is direct, and only read where a group gives them', async () => {
  const evelyn = await idOf('users', 'evelyn.mitchell');
  await open(`/users/${evelyn}`);
  const e3 = licenseOf('Office 365 E3');
  const [direct, inherited] = [
    e3
      .getByRole('listitem')
      .filter({ hasText: /^Direct/ })
      .first(),
    e3
      .getByRole('listitem')
      .filter({ hasText: /^Inherited from/ })
      .first(),
  ];
  await button(/services on$/, inherited).click();
  await inherited.getByText('These are set in the group, for all its members.').waitFor();
  assert.equal(await inherited.getByRole('switch').first().isDisabled(), true);
  assert.equal(await inherited.getByRole('button', { name: 'Review and save' }).count(), 0);
  await button(/^1 of \d+ services on$/, direct).click();
  await direct.getByRole('switch', { name: 'Microsoft Kaizala Pro', exact: false }).first().check();
  await button('Review and save', direct).click();
  await dialog.getByText('1 service is gained').waitFor();
  await confirm('Save');
  await button(/^2 of \d+ services on$/, direct).waitFor();
  assert.equal(await errorOf(evelyn, 'ENTERPRISEPACK', 'direct'), 'None');
});

test('a user in error is reprocessed, and gets what can be given by now', async () => {
  await send('PATCH', '/allot/v1/settings', { autoResolve: false });
  const fang = await idOf('users', 'Fang Wang');
  await send('PATCH', `/v1.0/users/${fang}`, { usageLocation: 'JP' });
  await open(`/users/${fang}`);
  const phone = licenseOf('Microsoft Teams Phone Standard');
  await phone.getByText('Usage location isn’t allowed').waitFor();
  await button('Reprocess').click();
  await status('Reprocessed. What you see is the result.');
  await phone.getByText('Active', { exact: true }).waitFor();
  assert.equal(await errorOf(fang, 'MCOEV'), 'None');
  await send('PATCH', '/allot/v1/settings', { autoResolve: true });
});

test('licenses are assigned to several users and removed from them, with what became of each', async () => {
  await open('/users?filter=Nora');
  await page.getByRole('checkbox', { name: 'Select Nora Newman' }).check();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('Abigail');
  for (const name of ['Abigail King', 'Abigail Lee', 'Abigail Miller'])
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await page.getByText('4 selected').waitFor();
  await button('Assign licenses').click();
  await dialog.getByRole('checkbox', { name: ems }).check();
  await dialog.getByText('Accepted for 3 of 4 users').waitFor();
  await button('Assign', dialog).click();
  await dialog.getByText('Done for 3; refused for 1.').waitFor();
  await dialog.getByRole('link', { name: 'Abigail Lee' }).waitFor();
  await dialog.getByText(/invalid usage location/).waitFor();
  await button('Close', dialog).click();

  await button('Remove licenses').click();
  await dialog.getByRole('radio', { name: `${ems}: 3 of 4 users have it directly` }).check();
  await dialog.getByText(`3 users lose ${ems} from this source`).waitFor();
  await finish('Remove', 'Done for 3; refused for 0.');
  assert.equal(await errorOf(await idOf('users', 'nora.newcomer'), 'EMS'), undefined);
});

test('a user with licenses is deleted once the consequences are seen, found among the deleted, and restored with them', async () => {
  const id = await idOf('users', 'ren.mori');
  await open(`/users/${id}`);
  await licenseOf('Visio Plan 2').waitFor();
  await button('Delete user').click();
  await dialog.getByText('1 user loses Visio Plan 2 from this source').waitFor();
  await dialog.getByText('1 user gets Visio Plan 2').waitFor();
  await confirm('Delete user');
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  assert.equal((await server.call('GET', `/v1.0/users/${id}`)).status, 404);
  await open(`/users/${id}`);
  await page.getByText('This is not there any more').waitFor();
  await page.getByRole('link', { name: 'Deleted users' }).click();
  const row = page.getByRole('row', { name: /Ren Mori/ });
  await button('Restore', row).click();
  await confirm('Restore');
  await row.waitFor({ state: 'detached' });
  // The seat went to somebody who waited.
  assert.equal(await errorOf(id, 'VISIOCLIENT', 'direct'), 'CountViolation');
});

test('a user who is deleted for good does not come back', async () => {
  const id = await idOf('users', 'nora.newcomer');
  await send('DELETE', `/v1.0/users/${id}`);
  await open('/users?deleted');
  await button('Delete for good', page.getByRole('row', { name: /Nora Newman/ })).click();
  await dialog.getByText(/cannot be restored after this/).waitFor();
  await confirm('Delete for good');
  await page.getByText('Nobody is deleted.').waitFor();
  assert.equal((await server.call('GET', `/v1.0/directory/deletedItems/${id}`)).status, 404);
});
