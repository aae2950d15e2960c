/**
 * What helps, on the page of a user: each kind of error with each fix that is offered for it there. The usage location by the profile is in
 * `products-and-users.test.ts`.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, confirm, open, idOf, subscriptionOf, errorOf } = desk;

async function openUser(name: string): Promise<string> {
  const id = await idOf('users', name);
  await open(`/users/${id}`);
  return id;
}

/** What the user has of a product. */
const licenseOf = (product: string) => page.getByRole('group', { name: product, exact: true });
const help = (product: string, sentence: RegExp) => licenseOf(product).getByRole('button', { name: sentence }).click();
/** The page shows the product, and no error of it any more. */
async function isMended(product: string, error: string): Promise<void> {
  await licenseOf(product).getByText(error, { exact: true }).waitFor({ state: 'detached' });
  await licenseOf(product).getByText('Active', { exact: true }).first().waitFor();
}

test('MutuallyExclusiveViolation: the direct license yields, as a whole or by its services', async () => {
  const [e1, e3] = ['Office 365 E1', 'Office 365 E3'];
  await desk.send('PATCH', `/allot/v1/subscriptions/${await subscriptionOf('ENTERPRISEPACK')}`, { units: 520 });
  const anna = await openUser('anna.weber');
  await licenseOf(e3).getByText('Conflicting service plans').waitFor();
  await help(e3, /^Disable .* in Office 365 E1 as assigned directly$/);
  await dialog.getByText('2 services are lost').waitFor();
  await confirm('Disable');
  await isMended(e3, 'Conflicting service plans');
  assert.equal(await errorOf(anna, 'ENTERPRISEPACK'), 'None');

  const lucas = await openUser('lucas.robinson');
  await help(e3, /^Remove .* Office 365 E1 as assigned directly$/);
  await dialog.getByText('1 user loses Office 365 E1 from this source').waitFor();
  await confirm('Remove');
  await licenseOf(e1).waitFor({ state: 'detached' });
  await isMended(e3, 'Conflicting service plans');
  assert.equal(await errorOf(lucas, 'STANDARDPACK'), undefined);
});

test('MutuallyExclusiveViolation: the user leaves one of two groups, or a group yields', async () => {
  const [e1, e3] = ['Office 365 E1', 'Office 365 E3'];
  const mia = await openUser('mia.obrien');
  await help(e3, /^Remove End membership in the group “License - Office 365 E3”$/);
  await confirm('Remove 1 user');
  await licenseOf(e3).waitFor({ state: 'detached' });
  assert.equal(await errorOf(mia, 'ENTERPRISEPACK'), undefined);

  const amelia = await openUser('amelia.perez');
  await help(e3, /^Remove End membership in the group “License - Office 365 E1”$/);
  await confirm('Remove 1 user');
  await licenseOf(e1).waitFor({ state: 'detached' });
  await isMended(e3, 'Conflicting service plans');
  assert.equal(await errorOf(amelia, 'ENTERPRISEPACK'), 'None');

  const priyanka = await openUser('priyanka.fraser');
  await help(e3, /^Disable .* in Office 365 E1 of the group “License - Office 365 E1”$/);
  await dialog.getByText('This concerns all members of “License - Office 365 E1”, not only those in error.').waitFor();
  await confirm('Disable');
  await isMended(e3, 'Conflicting service plans');
  assert.equal(await errorOf(priyanka, 'ENTERPRISEPACK'), 'None');
});

test('UniquenessViolation and Other: an address of their own helps both products', async () => {
  const karim = await openUser('karim.bonnet');
  await licenseOf('Enterprise Mobility + Security E3').getByText('Failed with another product of the group').waitFor();
  await help('Office 365 E3', /^Addresses/);
  await dialog.getByText(/also belongs to/).waitFor();
  await dialog.getByRole('textbox', { name: 'Mail addresses' }).fill('SMTP:karim.alone@contoso.example');
  await confirm('Save addresses');
  await isMended('Office 365 E3', 'Duplicate proxy addresses');
  await isMended('Enterprise Mobility + Security E3', 'Failed with another product of the group');
  assert.equal(await errorOf(karim, 'EMS'), 'None');
});

test('UniquenessViolation of what is in force: only an address helps, for who has it and who has it too', async () => {
  const hugo = await openUser('hugo.fournier');
  const e3 = licenseOf('Office 365 E3');
  await e3.getByText('Duplicate proxy addresses').waitFor();
  // The mailbox would be kept.
  assert.deepEqual(await e3.getByRole('button', { name: /^(Disable|Remove)/ }).allInnerTexts(), []);
  await help('Office 365 E3', /^Addresses/);
  const text = dialog.getByRole('textbox', { name: 'Mail addresses' });
  await text.fill('SMTP:hugo.fournier@contoso.example');
  await confirm('Save addresses');
  await isMended('Office 365 E3', 'Duplicate proxy addresses');
  assert.equal(await errorOf(hugo, 'ENTERPRISEPACK'), 'None');
  assert.equal(await errorOf(await idOf('users', 'francois.traore'), 'ENTERPRISEPACK'), 'None');
});

test('UniquenessViolation of what is missing: the service that needs the address is disabled, or the group left', async () => {
  const group = await idOf('groups', 'License - Office 365 E3');
  const [one, other] = [await idOf('users', 'Olivia Smith'), await idOf('users', 'Ethan Garcia')];
  for (const id of [one, other]) {
    await desk.send('PUT', `/allot/v1/users/${id}/addresses`, { proxyAddresses: ['SMTP:both@contoso.example'] });
    await desk.send('POST', `/v1.0/groups/${group}/members/$ref`, {
      '@odata.id': `${server.baseUrl}/v1.0/users/${id}`,
    });
  }
  await open(`/users/${one}`);
  await licenseOf('Office 365 E3').getByText('Duplicate proxy addresses').waitFor();
  await help('Office 365 E3', /^Remove End membership in the group “License - Office 365 E3”$/);
  await confirm('Remove 1 user');
  await licenseOf('Office 365 E3').waitFor({ state: 'detached' });
  assert.equal(await errorOf(one, 'ENTERPRISEPACK'), undefined);

  await open(`/users/${other}`);
  await help('Office 365 E3', /^Disable .* in Office 365 E3 of the group “License - Office 365 E3”$/);
  await dialog.getByText(/services? (is|are) lost$/).waitFor();
  await confirm('Disable');
  await licenseOf('Office 365 E3').getByText('Duplicate proxy addresses').waitFor({ state: 'detached' });
  assert.notEqual(await errorOf(other, 'ENTERPRISEPACK'), 'UniquenessViolation');
});

test('CountViolation: seats are added, or the user leaves the group', async () => {
  const aiden = await openUser('aiden.anderson');
  await help('Power BI Pro', /^Remove End membership in the group “License - Analysts”$/);
  await confirm('Remove 1 user');
  await licenseOf('Power BI Pro').waitFor({ state: 'detached' });
  assert.equal(await errorOf(aiden, 'POWER_BI_PRO'), undefined);
  const liam = await openUser('liam.king');
  await help('Power BI Pro', /^Add seats/);
  await confirm(/^Add 24 seats$/);
  await isMended('Power BI Pro', 'Not enough licenses');
  assert.equal(await errorOf(liam, 'POWER_BI_PRO'), 'None');
});

test('Other: the group gives each product by itself', async () => {
  const sku = await subscriptionOf('ENTERPRISEPACK');
  await desk.send('PATCH', `/allot/v1/subscriptions/${sku}`, { units: 460 });
  const group = await idOf('groups', 'License - Engineering contractors');
  const late = await idOf('users', 'harper.martin');
  await desk.send('POST', `/v1.0/groups/${group}/members/$ref`, {
    '@odata.id': `${server.baseUrl}/v1.0/users/${late}`,
  });
  await server.settled();
  await open(`/users/${late}`);
  const failed = 'Failed with another product of the group';
  await licenseOf('Enterprise Mobility + Security E3').getByText(failed).waitFor();
  await help('Enterprise Mobility + Security E3', /^Change .*“License - Engineering contractors” give each product/);
  await confirm('Give each by itself');
  await isMended('Enterprise Mobility + Security E3', failed);
  assert.equal(await errorOf(late, 'EMS'), 'None');
});

test('DependencyViolation: what is needed is enabled, assigned, or what needs it is disabled', async () => {
  const abigail = await openUser('abigail.allen');
  await help('Office 365 E3', /^Disable .* in Microsoft Workplace Analytics of the group/);
  await confirm('Disable');
  await licenseOf('Office 365 E3').waitFor({ state: 'detached' });
  assert.equal(await errorOf(abigail, 'WORKPLACE_ANALYTICS'), 'None');

  const charlotte = await idOf('users', 'charlotte.carter');
  const withoutTeams = await desk.without('STANDARDPACK', ['MCOSTANDARD', 'TEAMS1']);
  await desk.send('POST', `/v1.0/users/${charlotte}/assignLicense`, withoutTeams);
  await open(`/users/${charlotte}`);
  const audio = 'Microsoft 365 Audio Conferencing';
  await help(audio, /^Enable .* in Office 365 E1 as assigned directly$/);
  await confirm('Enable');
  await isMended(audio, 'A required service is missing');
  assert.equal(await errorOf(charlotte, 'MCOMEETADV'), 'None');

  const elijah = await openUser('elijah.washington');
  await help(audio, /^Assign .* Office 365 E1 directly/);
  await dialog.getByRole('radio', { name: /^Only what is needed/, checked: true }).waitFor();
  await dialog.getByText('1 user gets Office 365 E1').waitFor();
  await confirm('Assign');
  await isMended(audio, 'A required service is missing');
  assert.equal(await errorOf(elijah, 'STANDARDPACK', 'direct'), 'None');
});

test('ProhibitedInUsageLocationViolation: the location is corrected, the group left, or the service of a direct license disabled', async () => {
  const phone = 'Microsoft Teams Phone Standard';
  const where = 'Usage location isn’t allowed';
  const fang = await openUser('Fang Wang');
  await help(phone, /^Set location/);
  await dialog.getByRole('combobox', { name: 'Usage location' }).click();
  await page.getByRole('option', { name: 'Japan' }).click();
  await confirm('Set for 1 user');
  await isMended(phone, where);
  assert.equal(await errorOf(fang, 'MCOEV'), 'None');

  const na = await openUser('Na Ma');
  await help(phone, /^Remove End membership/);
  await confirm('Remove 1 user');
  await licenseOf(phone).waitFor({ state: 'detached' });
  assert.equal(await errorOf(na, 'MCOEV'), undefined);

  // A plan of a direct license comes to be offered in no country where its user is.
  const evelyn = await idOf('users', 'evelyn.mitchell');
  const { value } = await desk.read('/allot/v1/catalogue/plans?$top=999');
  const sway = value.find((one: { servicePlanName: string }) => one.servicePlanName === 'SWAY');
  await desk.send('PUT', `/allot/v1/catalogue/plans/${sway.servicePlanId}`, { ...sway, locations: { deny: ['US'] } });
  await server.settled();
  await open('/group-errors?tab=users');
  await page.getByRole('link', { name: 'Evelyn Mitchell' }).click();
  await page.getByRole('heading', { level: 1, name: 'Evelyn Mitchell' }).waitFor();
  const own = licenseOf('Office 365 E3').getByRole('listitem').filter({ hasText: where }).first();
  await own.waitFor();
  assert.equal(await errorOf(evelyn, 'ENTERPRISEPACK', 'direct'), 'ProhibitedInUsageLocationViolation');
  await own.getByRole('button', { name: /^Remove .* Office 365 E3 as assigned directly$/ }).click();
  await confirm('Remove');
  await own.waitFor({ state: 'detached' });
  assert.equal(await errorOf(evelyn, 'ENTERPRISEPACK', 'direct'), undefined);
});
