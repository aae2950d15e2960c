import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { roles } from '../../packages/server/src/sign-in/roles.ts';
import { assertAccessible } from './accessible.ts';
import { startDesk } from './demo-desk.ts';
import { enterPortal } from './enter-portal.ts';

const desk = await startDesk({ after });
const { page, server, visitor } = desk;

const open = async (path: string): Promise<void> => {
  await page.setViewportSize({ width: 1360, height: 850 });
  await page.goto(`${server.baseUrl}/portal${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const dialog = () => page.getByRole('dialog');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const found = async (path: string) => (await server.call('GET', path)).body.value[0];
const groupNamed = (name: string) => found(`/v1.0/groups?$filter=displayName eq '${name}'`);
const userNamed = (name: string) => found(`/v1.0/users?$filter=displayName eq '${name}'`);

/** Finds something in a list of choices by what is typed, and adds it. */
async function choose(list: string, typed: string, name: RegExp): Promise<void> {
  await dialog().getByRole('combobox', { name: list }).pressSequentially(typed);
  await page.getByRole('option', { name }).first().click();
}

/** From the fields over the consequences to what is saved. */
async function save(confirm: string): Promise<void> {
  await button('Show what this does').click();
  await page.getByRole('heading', { name: 'What this will do' }).waitFor();
  const confirming = dialog().getByRole('button', { name: confirm, exact: true });
  await confirming.click();
  await confirming.waitFor({ state: 'detached' });
}

test('a group is renamed and described; a nickname that cannot be is refused where it is typed', async () => {
  const { id } = await groupNamed('Project Aurora');
  await open(`/groups/${id}?tab=properties`);
  await field('Name').fill('Project Borealis');
  await field('Description').fill('Everybody who builds it');
  await field('Mail nickname').fill('project borealis');
  await button('Save').click();
  const wrong = page.getByText('Leave out the character " ".');
  await wrong.waitFor();
  assert.equal(await page.getByRole('main').getByRole('alert').getByText('One or more property values').count(), 0);
  await field('Mail nickname').fill('borealis');
  await button('Save').click();
  await page.getByRole('heading', { level: 1, name: 'Project Borealis' }).waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  const { displayName, description, mailNickname } = (await server.call('GET', `/v1.0/groups/${id}`)).body;
  assert.deepEqual(
    [displayName, description, mailNickname],
    ['Project Borealis', 'Everybody who builds it', 'borealis'],
  );
});

test('owners of a group are found, added and removed, but not the last one', async () => {
  const { id } = await groupNamed('Department - Sales');
  await open(`/groups/${id}?tab=properties`);
  await page.getByText('This group has no owner.').waitFor();
  await button('Add owners').click();
  for (const name of ['Zoé Garnier', 'Denise Johnson']) {
    await page.getByRole('combobox', { name: 'Users' }).fill(name);
    await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  }
  await dialog().getByRole('button', { name: 'Add owners' }).click();
  await button('Remove Zoé Garnier as owner').click();
  await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('The last owner can be removed once there is another one.').waitFor();
  assert.equal(await button('Remove Denise Johnson as owner').count(), 0);
  const { value } = (await server.call('GET', `/v1.0/groups/${id}/owners`)).body;
  assert.deepEqual(
    value.map(({ displayName }: { displayName: string }) => displayName),
    ['Denise Johnson'],
  );
  await assertAccessible(page, 'the properties of a group');
});

test('a rule is paused and followed again among the properties of its group', async () => {
  const { body: group } = await server.call('POST', '/v1.0/groups', {
    displayName: 'By rule',
    mailNickname: 'byrule',
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.department -eq "Sales"',
    membershipRuleProcessingState: 'On',
  });
  await open(`/groups/${group.id}?tab=properties`);
  await page.getByRole('radio', { name: /^Is paused/ }).check();
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const now = await server.call('GET', `/v1.0/groups/${group.id}`);
  assert.equal(now.body.membershipRuleProcessingState, 'Paused');
});

test('whatever rules read of a user is changed in one form, and errors stand at their field', async () => {
  const { id } = await userNamed('Denise Johnson');
  await open(`/users/${id}?tab=profile`);
  await field('Department').fill('Polar research');
  await field('Employee ID').fill('E-1234');
  await field('Office location').fill('Tromsø');
  await page.getByLabel('Employee hire date').fill('2024-05-06');
  await field('Business phone').fill('+47 1');
  await field('Other emails').fill('denise@fabrikam.example\ndj@fabrikam.example');
  await button('Extension attributes').click();
  await field('Extension attribute 7').fill('ice');
  await field('User principal name').fill('zoe.garnier@contoso.example');
  await button('Save').click();
  await page.getByText(/^Another object with the same value/).waitFor();
  await field('User principal name').fill('denise.polar@contoso.example');
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const properties =
    'userPrincipalName,department,employeeId,officeLocation,employeeHireDate,businessPhones,otherMails,onPremisesExtensionAttributes';
  const { body } = await server.call('GET', `/v1.0/users/${id}?$select=${properties}`);
  const { onPremisesExtensionAttributes: extensions, '@odata.context': _, id: __, ...kept } = body;
  assert.deepEqual(
    { ...kept, seventh: extensions.extensionAttribute7 },
    {
      userPrincipalName: 'denise.polar@contoso.example',
      department: 'Polar research',
      employeeId: 'E-1234',
      officeLocation: 'Tromsø',
      employeeHireDate: '2024-05-06T00:00:00.000Z',
      businessPhones: ['+47 1'],
      otherMails: ['denise@fabrikam.example', 'dj@fabrikam.example'],
      seventh: 'ice',
    },
  );
  await assertAccessible(page, 'the profile of a user');
});

test('directory extensions of a user are changed in the same form, numbers stay numbers, and nobody else sees any', async () => {
  const app = 'extension_0123456789abcdef0123456789abcdef';
  const { id } = await userNamed('Zoé Garnier');
  await server.call('PATCH', `/v1.0/users/${id}`, { [`${app}_costCenter`]: 'A1', [`${app}_floor`]: 3 });
  await open(`/users/${id}?tab=profile`);
  await field('costCenter').fill('');
  await field('floor').fill('4');
  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await field('costCenter').waitFor({ state: 'detached' });
  const { value } = (await server.call('GET', `/allot/v1/users/${id}/extensions`)).body;
  assert.deepEqual(value, [{ name: `${app}_floor`, value: 4 }]);
  const { id: other } = await userNamed('Denise Johnson');
  await open(`/users/${other}?tab=profile`);
  await field('Department').waitFor();
  assert.equal(await page.getByText('Directory extensions').count(), 0);
});

test('a service plan gets countries, and who may read only sees them', async () => {
  await open('/catalogue?tab=plans&filter=mcoev');
  await page.getByRole('link', { name: 'Microsoft 365 Phone System', exact: true }).first().click();
  await button('Edit service plan').click();
  await page.getByRole('radio', { name: 'Everywhere but in these countries' }).check();
  await choose('Countries without it', 'icel', /^Iceland/);
  await save('Save exactly this');
  await dialog()
    .getByText(/Iceland/)
    .waitFor();
  await assertAccessible(page, 'a service plan');
  const reader = roles.find(({ displayName }) => displayName === 'Global Reader')?.id ?? '';
  const rita = await desk.addPerson('rita@local.example', [reader]);
  const { page: hers } = await visitor();
  await enterPortal(
    hers,
    server.baseUrl,
    rita,
    new URL(page.url()).pathname.replace(/^\/portal/, '') + new URL(page.url()).search,
  );
  await hers
    .getByRole('dialog')
    .getByText(/Iceland/)
    .waitFor();
  assert.equal(await hers.getByRole('button', { name: 'Edit service plan' }).count(), 0);
  await hers.context().close();
});

test('a product is added, and loses a service plan after everybody concerned was shown', async () => {
  await open('/catalogue');
  await button('Add product').click();
  await field('Display name').fill('Polar Suite');
  await field('Part number').fill('POLAR_SUITE');
  await choose('Service plans', 'exchange online (plan 1)', /^Exchange Online \(Plan 1\)/);
  await save('Add product');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('polar');
  await page.getByRole('link', { name: 'Polar Suite' }).waitFor();

  await open('/catalogue?product=6fd2c87f-b296-42f0-b197-1e91e994b900');
  await button('Edit product').click();
  await button('Leave Exchange Online (Plan 2) out').click();
  await button('Show what this does').click();
  await dialog().getByText('It loses Exchange Online (Plan 2)').waitFor();
  await page.getByRole('heading', { name: 'What this will do' }).waitFor();
  await dialog()
    .getByText(/^License - Office 365 E3/)
    .first()
    .waitFor();
  await assertAccessible(page, 'the consequences of a product');
  await button('Back').click();
  await assertAccessible(page, 'the fields of a product');
  await button('Cancel').click();
  const { body } = await server.call('GET', '/allot/v1/catalogue/products');
  const office365 = body.value.find(
    ({ skuPartNumber }: { skuPartNumber: string }) => skuPartNumber === 'ENTERPRISEPACK',
  );
  assert.ok(
    office365.servicePlans.some(
      ({ servicePlanName }: { servicePlanName: string }) => servicePlanName === 'EXCHANGE_S_ENTERPRISE',
    ),
  );
});

test('a product that nobody uses is deleted, and one in use says what keeps it', async () => {
  await open('/catalogue?product=6fd2c87f-b296-42f0-b197-1e91e994b900');
  await button('Delete product').click();
  await dialog()
    .getByRole('alert')
    .getByText(/cannot be deleted, because it is in use, or was.*It has 1 subscription.*Groups license it/)
    .waitFor();
  await assertAccessible(page, 'a product that cannot be deleted');
  assert.ok(await button('Delete').isDisabled());
  await button('Cancel').click();

  await open('/catalogue?filter=polar');
  await page.getByRole('link', { name: 'Polar Suite' }).click();
  await button('Delete product').click();
  await dialog().getByText('Nobody’s licenses change by this.').waitFor();
  await button('Delete').click();
  await page.waitForURL((url) => !url.searchParams.has('product'));
  await page.getByText('Nothing matches the filter.').waitFor();
  const { body } = await server.call('GET', '/allot/v1/catalogue/products');
  assert.ok(!JSON.stringify(body).includes('POLAR_SUITE'));
});

test('conflicts and prerequisites are added, changed and removed, and nothing else of the rules changes', async () => {
  const rules = async () => (await server.call('GET', '/allot/v1/catalogue/rules')).body;
  // What comes with the product.
  const shipped = await rules();
  await open('/catalogue?tab=rules');
  await button('Add conflict').click();
  await field('Name').fill('Polar');
  await choose('Service plans that exclude each other', 'mcopstn1', /MCOPSTN1/);
  await choose('Service plans that exclude each other', 'rms_s_enterprise', /RMS_S_ENTERPRISE/);
  await save('Add conflict');
  await button('Add prerequisite').click();
  await choose('Service plan that needs another', 'mcopstn2', /MCOPSTN2/);
  await choose('It needs one of these', 'mcopstn1', /MCOPSTN1/);
  await save('Add prerequisite');
  const added = await rules();
  assert.deepEqual(
    [added.exclusions.length, added.requirements.length],
    [shipped.exclusions.length + 1, shipped.requirements.length + 1],
  );
  await button('Edit Polar').click();
  await field('Name').fill('Polar and calls');
  await save('Save exactly this');
  await button('Remove Polar and calls').click();
  await dialog().getByText('Nobody’s licenses change by this.').waitFor();
  await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  assert.deepEqual((await rules()).exclusions, shipped.exclusions);
});
