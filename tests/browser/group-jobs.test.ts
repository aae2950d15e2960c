/** What is done with groups, from before to after, on the pages and by the API; previews of rules and deletion with licenses are in `groups.test.ts`. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, button, confirm, finish, pick, open, idOf, read, send, errorOf, causesOf } = desk;

const tab = (name: string | RegExp) => page.getByRole('tab', { name, exact: true }).click();
const bi = 'Power BI Pro';
const office = 'Office 365 F3';
const complete = () => page.getByText("All changes to this group's licenses are processed.").waitFor();
const count = async (groupId: string, path = 'members/microsoft.graph.user'): Promise<number> => {
  await server.settled();
  const { value } = await read(`/v1.0/groups/${groupId}/${path}?$select=id&$top=999`);
  return value.length;
};

test('the notice on the overview leads to the groups with errors, and from there to a group and back', async () => {
  await open('/');
  await page.getByRole('link', { name: 'See groups with errors' }).click();
  await page.getByRole('heading', { level: 1, name: 'Groups with errors' }).waitFor();
  const { value } = await read('/allot/v1/groups/errors?$top=100');
  const rows = page.getByRole('table', { name: 'Groups with errors' }).getByRole('row');
  await rows.nth(value.length).waitFor();
  await page.getByRole('link', { name: value[0].displayName }).click();
  await page.getByRole('heading', { level: 1, name: value[0].displayName }).waitFor();
  await button('Show the causes and what helps').click();
  await page.locator('#causes-of-errors:focus').waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Groups with errors' }).waitFor();
});

/** Who has no license yet. */
const outdoors = ['Ida Outdoors', 'Ole Outdoors'];
for (const displayName of outdoors) {
  const mailNickname = displayName.toLowerCase().replace(' ', '.');
  await send('POST', '/v1.0/users', {
    displayName,
    mailNickname,
    userPrincipalName: `${mailNickname}@contoso.example`,
    usageLocation: 'US',
    accountEnabled: true,
    passwordProfile: { password: 'not used by anybody' },
  });
}

test('a group is created, licensed without a service, and its members have the license as soon as they are added', async () => {
  await open('/groups');
  await button('Create group').click();
  await dialog.getByRole('textbox').first().fill('Field reports');
  await dialog.getByRole('textbox').nth(1).fill('Who writes reports outdoors');
  await confirm('Create group');
  await page.getByText('No user is in this group.').waitFor();
  await page.getByText('Who writes reports outdoors').waitFor();
  const id = await idOf('groups', 'Field reports');

  await tab('Licenses');
  await page.getByText('This group gives no licenses.').waitFor();
  await button('Assign licenses').click();
  await dialog.getByRole('checkbox', { name: office }).check();
  await dialog.getByRole('switch', { name: 'Sway', exact: true }).uncheck();
  await dialog
    .getByText('Nobody gains or loses anything.')
    .or(dialog.getByText('Nobody’s licenses change by this.'))
    .waitFor();
  await finish('Assign', /^The change is accepted\./);
  await page.getByRole('button', { name: /^\d+ of \d+ services on$/ }).waitFor();

  await tab('Members');
  await button('Add members').first().click();
  for (const name of outdoors) await pick('Users and groups', name);
  await dialog.getByText(`2 users get ${office}`).waitFor();
  await confirm('Add 2 members');
  await page.getByRole('tab', { name: 'Users (2)' }).waitFor();
  const { assignedLicenses } = await read(`/v1.0/groups/${id}?$select=assignedLicenses`);
  assert.equal(assignedLicenses[0].disabledPlans.length, 1);
  assert.equal(await errorOf(await idOf('users', 'Ida Outdoors'), 'DESKLESSPACK', id), 'None');
});

test('services of a group are switched, and a product is added and removed, each after its effect is seen', async () => {
  const id = await idOf('groups', 'Field reports');
  await open(`/groups/${id}`);
  await button(`Change the enabled services of ${office}`).click();
  await dialog.getByRole('switch', { name: 'Sway', exact: true }).check();
  await dialog.getByText(/service is gained$/).waitFor();
  await finish('Assign', /^The change is accepted\./);
  await page.getByRole('button', { name: /^(\d+) of \1 services on$/ }).waitFor();
  assert.deepEqual((await read(`/v1.0/groups/${id}?$select=assignedLicenses`)).assignedLicenses[0].disabledPlans, []);

  await button('Assign licenses').click();
  await dialog.getByRole('checkbox', { name: bi }).check();
  await dialog.getByText(`2 users will be in error with ${bi}`).waitFor();
  await finish('Assign', /^The change is accepted\./);
  await page.getByRole('article', { name: `Not enough licenses: ${bi}` }).waitFor();
  assert.deepEqual(await causesOf(id), { 'CountViolation POWER_BI_PRO': 2 });

  await button(`Remove ${bi} from the group`).click();
  await finish('Remove', /^The change is accepted\./);
  await page.getByRole('article', { name: `Not enough licenses: ${bi}` }).waitFor({ state: 'detached' });
  assert.equal((await read(`/v1.0/groups/${id}?$select=assignedLicenses`)).assignedLicenses.length, 1);
});

test('a nested group brings its users along once the setting says so, and takes them with it', async () => {
  const [id, aurora] = [await idOf('groups', 'Field reports'), await idOf('groups', 'Project Aurora')];
  await send('PATCH', `/allot/v1/subscriptions/${await desk.subscriptionOf('DESKLESSPACK')}`, { units: 600 });
  await open(`/groups/${id}?tab=members`);
  await button('Add members').click();
  await pick('Users and groups', 'Project Aurora');
  await dialog.getByText(/^Users of a nested group only get licenses if/).waitFor();
  await confirm('Add 1 member');
  await tab('Nested groups (1)');
  await page.getByRole('link', { name: 'Project Aurora' }).waitFor();
  const licensed = async () => {
    await server.settled();
    const { total } = await read(`/allot/v1/groups/${id}/licensing`);
    return total;
  };
  assert.equal(await licensed(), 2);
  await tab('Licenses');
  await page.getByRole('radio', { name: 'Users of nested groups are licensed, too' }).check();
  await page
    .getByText(/^\d+ users? (gets?|will be in error with) Office 365 F3/)
    .first()
    .waitFor();
  await button('Save settings').click();
  await button('Save settings').waitFor({ state: 'detached' });
  await complete();
  assert.equal(await licensed(), 2 + (await count(aurora)));

  await tab('Members');
  await tab(/^Nested groups/);
  await page.getByRole('checkbox', { name: 'Select Project Aurora' }).check();
  await button('Remove 1 member').click();
  await confirm('Remove 1 member');
  await page.getByText('No group is nested in this one.').waitFor();
  assert.equal(await licensed(), 2);
});

test('several members are removed together, told what they lose', async () => {
  const id = await idOf('groups', 'Field reports');
  await open(`/groups/${id}?tab=members`);
  await page.getByRole('checkbox', { name: 'Select all rows that are loaded' }).check();
  await button('Remove 2 members').click();
  await dialog.getByText(`2 users lose ${office} from this source`).waitFor();
  await confirm('Remove 2 members');
  await page.getByText('No user is in this group.').waitFor();
  assert.equal(await errorOf(await idOf('users', 'Ida Outdoors'), 'DESKLESSPACK'), undefined);
});

test('a group is reprocessed, and its page shows that it is done', async () => {
  await send('PATCH', '/allot/v1/settings', { autoResolve: false });
  const id = await idOf('groups', 'License - Teams Phone');
  const fang = await idOf('users', 'Fang Wang');
  await send('PATCH', `/v1.0/users/${fang}`, { usageLocation: 'JP' });
  await open(`/groups/${id}`);
  const cause = page.getByRole('article', { name: /^Usage location isn’t allowed/ });
  await button('9 users', cause).waitFor();
  await button('Reprocess').click();
  await dialog.getByText(/^The licenses of all members are decided again/).waitFor();
  await confirm('Reprocess');
  await button('8 users', cause).waitFor();
  await complete();
  assert.equal(await errorOf(fang, 'MCOEV'), 'None');
  await send('PATCH', '/allot/v1/settings', { autoResolve: true });
});

test('a group is deleted, found among the deleted, restored with its members, and deleted for good', async () => {
  const id = await idOf('groups', 'Project Aurora');
  const members = await count(id);
  await open(`/groups/${id}`);
  await button('Delete group').click();
  await dialog.getByText(`Its ${members} members stay in the directory.`).waitFor();
  await confirm('Delete group');
  await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
  await page.getByRole('link', { name: 'Deleted groups' }).click();
  const row = page.getByRole('row', { name: /Project Aurora/ });
  await button('Restore', row).click();
  await dialog.getByText(/^The group comes back with its members/).waitFor();
  await confirm('Restore');
  await page.getByText('No group is deleted.').waitFor();
  assert.equal(await count(id), members);

  await send('DELETE', `/v1.0/groups/${id}`);
  await button('Delete for good', row).click();
  await confirm('Delete for good');
  await page.getByText('No group is deleted.').waitFor();
  assert.equal((await server.call('GET', `/v1.0/directory/deletedItems/${id}`)).status, 404);
});

test('a group by rule follows its rule, and its members can be kept when the rule is given up', async () => {
  const group = await send('POST', '/v1.0/groups', {
    displayName: 'Controllers',
    mailEnabled: false,
    mailNickname: 'controllers',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.jobTitle -eq "Controller"',
    membershipRuleProcessingState: 'On',
  });
  const before = await count(group.id);
  await open(`/groups/${group.id}?tab=members`);
  await page.getByRole('tab', { name: `Users (${before})` }).waitFor();
  await send('PATCH', `/v1.0/users/${await idOf('users', 'Fang Wang')}`, { jobTitle: 'Controller' });
  // Nothing is clicked: the page hears of it.
  await page.getByRole('tab', { name: `Users (${before + 1})` }).waitFor();
  assert.equal(await count(group.id), before + 1);
});
