/**
 * What helps, on the page of a group: each kind of error with each fix that is offered for it, for all whom a cause concerns or for one of them.
 * Others are in `groups.test.ts`: seats, the usage location for all at once, and disabling services in the group itself.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, button, confirm, open, idOf, errorOf, causesOf } = desk;

const e3 = 'License - Office 365 E3';

async function openGroup(name: string): Promise<string> {
  const id = await idOf('groups', name);
  await open(`/groups/${id}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return id;
}

const cause = (name: RegExp) => page.getByRole('article', { name });

/** Presses what helps all whom a cause concerns. */
const helpAll = (of: RegExp, sentence: RegExp) => cause(of).getByRole('button', { name: sentence }).click();

/** Presses what helps one of them, from the list of who is concerned. */
async function helpOne(of: RegExp, user: string, sentence: RegExp): Promise<void> {
  const article = cause(of);
  const toggle = button(/^\d+ users?$/, article);
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await button(`Fix for ${user}`, article).click();
  await page.getByRole('menuitem', { name: sentence }).click();
  await dialog.waitFor();
}

test('CountViolation: who does not need the product leaves the group, and nobody else is touched', async () => {
  const id = await openGroup('License - Analysts');
  await helpOne(/Not enough licenses: Visio/, 'Elijah Ramirez', /^End membership in this group$/);
  await dialog.getByRole('heading', { name: 'What this will do' }).waitFor();
  await confirm('Remove 1 user');
  await button('16 users', cause(/Not enough licenses: Visio/)).waitFor();
  assert.equal((await causesOf(id))['CountViolation VISIOCLIENT'], 16);
});

test('CountViolation: seats are added, as many as are waited for', async () => {
  const id = await openGroup('License - Analysts');
  await helpAll(/Not enough licenses: Power BI Pro/, /^Add seats/);
  await dialog.getByText(/seats used/).waitFor();
  await confirm(/^Add 2\d seats$/);
  await cause(/Not enough licenses: Power BI Pro/).waitFor({ state: 'detached' });
  assert.equal((await causesOf(id))['CountViolation POWER_BI_PRO'], undefined);
});

test('Other: a group gives each product by itself, and its members get what failed only with another one', async () => {
  const id = await openGroup('License - Engineering contractors');
  await helpAll(/^Failed with another product/, /^Change.*give each product by itself/);
  await confirm('Give each by itself');
  await cause(/^Failed with another product/).waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: /^The member gets the others/, checked: true }).waitFor();
  assert.deepEqual(await causesOf(id), { 'CountViolation ENTERPRISEPACK': 39 });
});

test('Other: of a bundle the product that failed is mended: seats for one, an address for another', async () => {
  const id = await openGroup(e3);
  const other = /^Failed with another product.*Enterprise Mobility/;
  await helpOne(other, 'Élodie Durand', /^Give each user a mail address/);
  await dialog.getByText(/also belongs to/).waitFor();
  await dialog.getByRole('textbox', { name: 'Mail addresses' }).fill('SMTP:elodie.alone@contoso.example');
  await confirm('Save addresses');
  await server.settled();
  // Her address is right now, and so is that of who shared it; both wait for a seat instead.
  await button('3 users', cause(/Not enough licenses/)).waitFor();
  assert.equal((await causesOf(id))['UniquenessViolation ENTERPRISEPACK'], 2);
  await helpAll(other, /^Add seats .* of Office 365 E3$/);
  const seats = dialog.getByRole('spinbutton', { name: 'Seats to add' });
  await seats.fill('80');
  await seats.press('Tab');
  await dialog.getByText('The subscription has 540 seats then.').waitFor();
  await confirm('Add 80 seats');
  await cause(/Not enough licenses/).waitFor({ state: 'detached' });
  assert.equal(await errorOf(await idOf('users', 'elodie.durand'), 'EMS'), 'None');
});

test('MutuallyExclusiveViolation: who has the other product directly is helped by taking it, or its services, away', async () => {
  const id = await openGroup(e3);
  const conflict = /^Conflicting service plans/;
  await helpOne(conflict, 'Anna Weber', /^Disable .* in Office 365 E1 as assigned directly$/);
  await dialog.getByText('2 services are lost').waitFor();
  await confirm('Disable');
  await button('11 users', cause(conflict)).waitFor();
  assert.equal(await errorOf(await idOf('users', 'anna.weber'), 'ENTERPRISEPACK'), 'None');

  // Four others have it directly: the cause offers what helps them, though seven have it from a group.
  await helpAll(conflict, /^Remove Remove Office 365 E1 as assigned directly$/);
  await dialog.getByText(/^It is done for .* and 1 more\.$/).waitFor();
  await confirm('Remove');
  await button('7 users', cause(conflict)).waitFor();
  assert.equal(await errorOf(await idOf('users', 'mia.obrien'), 'STANDARDPACK'), undefined);
  assert.equal((await causesOf(id))['MutuallyExclusiveViolation ENTERPRISEPACK'], 7);
});

test('MutuallyExclusiveViolation: who is in two groups leaves one, the other yields for one user, or for all', async () => {
  const id = await openGroup(e3);
  const conflict = /^Conflicting service plans/;
  await helpOne(conflict, 'Amelia Perez', /^End membership in this group$/);
  await confirm('Remove 1 user');
  await button('6 users', cause(conflict)).waitFor();
  await helpOne(conflict, 'Harper Wright', /^End membership in the group “License - Office 365 E1”$/);
  await dialog.getByText('1 user loses Office 365 E1 from this source').waitFor();
  await confirm('Remove 1 user');
  await button('5 users', cause(conflict)).waitFor();
  assert.equal(await errorOf(await idOf('users', 'harper.wright'), 'STANDARDPACK'), undefined);

  await helpAll(conflict, /^Disable .* in Office 365 E1 of the group “License - Office 365 E1”$/);
  await dialog.getByText('This concerns all members of “License - Office 365 E1”, not only those in error.').waitFor();
  await dialog.getByText(/services are lost$/).waitFor();
  await confirm('Disable');
  await cause(conflict).waitFor({ state: 'detached' });
  assert.equal((await causesOf(id))['MutuallyExclusiveViolation ENTERPRISEPACK'], undefined);
});

test('UniquenessViolation: all are led to the list, where each gets an address of their own', async () => {
  const id = await openGroup(e3);
  const address = /^Duplicate proxy addresses/;
  await helpAll(address, /^Addresses/);
  await cause(address).getByRole('table', { name: 'Users concerned by this cause' }).waitFor();
  await helpOne(address, 'François Traoré', /^Give each user a mail address/);
  const text = dialog.getByRole('textbox', { name: 'Mail addresses' });
  await text.waitFor();
  const before = await text.inputValue();
  assert.match(before, /hugo\.fournier@/);
  await text.fill(`${before}\nsmtp:another@contoso.example`);
  await dialog.getByText(/still belongs to two users\.$/).waitFor();
  await text.fill(
    before
      .split('\n')
      .filter((line) => !line.includes('hugo.fournier'))
      .join('\n'),
  );
  await dialog.getByText(/no longer in error with Office 365 E3/).waitFor();
  await confirm('Save addresses');
  await cause(address).waitFor({ state: 'detached' });
  assert.equal((await causesOf(id))['UniquenessViolation ENTERPRISEPACK'], undefined);
  assert.equal(await errorOf(await idOf('users', 'hugo.fournier'), 'ENTERPRISEPACK'), 'None');
});

test('DependencyViolation of what is kept: another product is assigned, so that it can go', async () => {
  const id = await openGroup(e3);
  const needs = /^A required service is missing/;
  await helpAll(needs, /^Assign Assign Microsoft 365 E5/);
  await dialog.getByRole('radio', { name: 'All services of the product' }).check();
  await dialog.getByText('1 user gets Microsoft 365 E5').waitFor();
  await confirm('Assign');
  await cause(needs).waitFor({ state: 'detached' });
  assert.deepEqual(await causesOf(id), {});
  const abigail = await idOf('users', 'abigail.allen');
  assert.equal(await errorOf(abigail, 'ENTERPRISEPACK'), undefined);
  assert.equal(await errorOf(abigail, 'SPE_E5', 'direct'), 'None');
});

test('DependencyViolation: what is needed is switched on, directly or in another group, assigned to all, or the group left', async () => {
  const [charlotte, amelia] = [await idOf('users', 'charlotte.carter'), await idOf('users', 'amelia.miller')];
  await desk.send(
    'POST',
    `/v1.0/users/${charlotte}/assignLicense`,
    await desk.without('STANDARDPACK', ['MCOSTANDARD', 'TEAMS1']),
  );
  const shops = await desk.send('POST', '/v1.0/groups', {
    displayName: 'Shops without Teams',
    mailEnabled: false,
    mailNickname: 'shops-without-teams',
    securityEnabled: true,
    'members@odata.bind': [`${server.baseUrl}/v1.0/users/${amelia}`],
  });
  await desk.send('POST', `/v1.0/groups/${shops.id}/assignLicense`, await desk.without('DESKLESSPACK', ['TEAMS1']));
  await server.settled();

  const id = await openGroup('License - Audio Conferencing');
  const needs = /^A required service is missing/;
  await helpOne(needs, 'Elijah Washington (external)', /^End membership in this group$/);
  await confirm('Remove 1 user');
  await button('5 users', cause(needs)).waitFor();

  await helpAll(needs, /^Enable .* in Office 365 E1 as assigned directly$/);
  await dialog.getByText('It is done for Charlotte Carter (external).').waitFor();
  await dialog.getByText(/services? (is|are) gained$/).waitFor();
  await confirm('Enable');
  await button('4 users', cause(needs)).waitFor();
  assert.equal(await errorOf(charlotte, 'MCOMEETADV'), 'None');

  await helpAll(needs, /^Enable .* in Office 365 F3 of the group “Shops without Teams”$/);
  await dialog.getByText('This concerns all members of “Shops without Teams”, not only those in error.').waitFor();
  await confirm('Enable');
  await button('3 users', cause(needs)).waitFor();
  assert.equal(await errorOf(amelia, 'MCOMEETADV'), 'None');

  await helpAll(needs, /^Assign .* Office 365 E1 directly/);
  await dialog.getByText('3 users get Office 365 E1').waitFor();
  await confirm('Assign');
  await cause(needs).waitFor({ state: 'detached' });
  assert.deepEqual(await causesOf(id), {});
});

test('DependencyViolation: the service is disabled in the group, and nothing is offered that would be refused', async () => {
  const id = await openGroup('License - Workplace Analytics');
  const needs = /^A required service is missing/;
  await cause(needs).waitFor();
  // The users have Exchange Online Kiosk, which excludes what is needed.
  assert.equal(
    await cause(needs)
      .getByRole('button', { name: /^Assign/ })
      .count(),
    0,
  );
  await helpAll(needs, /^Disable .* in Microsoft Workplace Analytics of this group$/);
  await dialog.getByText(/services? (is|are) lost$/).waitFor();
  await confirm('Disable');
  await cause(needs).waitFor({ state: 'detached' });
  // Of nine users four get one of the seats that are free.
  assert.deepEqual(await causesOf(id), { 'CountViolation WORKPLACE_ANALYTICS': 5 });
});

test('ProhibitedInUsageLocationViolation: one moves elsewhere, another leaves', async () => {
  const id = await openGroup('License - Teams Phone');
  const where = /^Usage location isn’t allowed/;
  await helpOne(where, 'Fang Wang', /^Correct the usage location/);
  await dialog.getByRole('combobox', { name: 'Usage location' }).click();
  await page.getByRole('option', { name: 'Japan' }).click();
  await confirm('Set for 1 user');
  await button('8 users', cause(where)).waitFor();
  await helpOne(where, 'Na Ma', /^End membership in this group$/);
  await confirm('Remove 1 user');
  await button('7 users', cause(where)).waitFor();
  assert.equal((await causesOf(id))['ProhibitedInUsageLocationViolation MCOEV'], 7);
  assert.equal(await errorOf(await idOf('users', 'Fang Wang'), 'MCOEV'), 'None');
});

test('ProhibitedInUsageLocationViolation: of a product with several services those that are not offered are disabled', async () => {
  const { servicePlans } = await desk.skuOf('EMS');
  const { value } = await desk.read('/allot/v1/catalogue/plans');
  for (const name of ['INTUNE_A', 'RMS_S_PREMIUM']) {
    const { servicePlanId } = servicePlans.find(({ servicePlanName }) => servicePlanName === name) ?? {};
    const plan = value.find((one: { servicePlanId: string }) => one.servicePlanId === servicePlanId);
    await desk.send('PUT', `/allot/v1/catalogue/plans/${servicePlanId}`, { ...plan, locations: { deny: ['IS'] } });
  }
  await desk.send('PATCH', `/allot/v1/subscriptions/${await desk.subscriptionOf('EMS')}`, { units: 2_000 });
  const named = (displayName: string, mailNickname: string) => ({ displayName, mailNickname });
  const user = await desk.send('POST', '/v1.0/users', {
    ...named('Björk Jónsdóttir', 'bjork'),
    userPrincipalName: 'bjork@contoso.example',
    usageLocation: 'IS',
    accountEnabled: true,
    passwordProfile: { password: 'not kept' },
  });
  const group = await desk.send('POST', '/v1.0/groups', {
    ...named('Reykjavík', 'reykjavik'),
    mailEnabled: false,
    securityEnabled: true,
    'members@odata.bind': [`${server.baseUrl}/v1.0/users/${user.id}`],
  });
  await desk.send('POST', `/v1.0/groups/${group.id}/assignLicense`, await desk.without('EMS'));
  await server.settled();
  await openGroup('Reykjavík');
  const where = /^Usage location isn’t allowed/;
  await helpAll(where, /^Disable .* and .* in Enterprise Mobility \+ Security E3 of this group$/);
  await dialog.getByText('1 user gets Enterprise Mobility + Security E3').waitFor();
  await confirm('Disable');
  await cause(where).waitFor({ state: 'detached' });
  assert.equal(await errorOf(String(user.id), 'EMS'), 'None');
});
