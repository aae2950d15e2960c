import assert from 'node:assert/strict';
import { randomUUID, X509Certificate } from 'node:crypto';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { type Answer, expectStatus, plans, skus, startApi } from '../api/api-server.ts';
import { createGroup, createUser, licenseGroup } from '../api/directory.ts';
import { textAt } from '../api/json.ts';
import { startReceiver } from '../graph/receiver.ts';
import { makeCertificate } from '../client-certificate.ts';
import { entriesWhere, entryWhere } from './entries.ts';

const server = await startApi({ after });
const { tenantId } = server.ctx;
const idOf = async (path: string, body: object): Promise<string> =>
  textAt(await expectStatus(201, server.call('POST', path, body)), 'id');
const subscription = await idOf('/allot/v1/subscriptions', { skuId: skus.e3, units: 50 });
const [user, other] = [await createUser(server), await createUser(server)];
const group = await createGroup(server, 'Licensed', [user]);
const plain = await createGroup(server, 'Plain');
const deleted = await createGroup(server, 'Deleted');
const byKind = await createGroup(server, 'By its id alone');
const byName = "/v1.0/groups(uniqueName='named')";
await expectStatus(204, server.call('DELETE', `/v1.0/groups/${deleted}`));
await licenseGroup(server, group, skus.e3);

const receiver = await startReceiver();
after(() => receiver.close());
const expirationDateTime = new Date(Date.now() + 3_600_000).toISOString();
const toChanges = { changeType: 'updated', resource: '/users', notificationUrl: receiver.url, expirationDateTime };
const changeSubscription = await idOf('/v1.0/subscriptions', toChanges);
const { cert } = await makeCertificate({ after });
const thumbprint = Buffer.from(new X509Certificate(cert).fingerprint256.replaceAll(':', ''), 'hex').toString(
  'base64url',
);
const application = await idOf('/allot/v1/applications', { displayName: 'Reports' });
const account = await idOf('/allot/v1/accounts', { signInName: 'eve', displayName: 'Eve' });
const reader = { roleDefinitionId: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', directoryScopeId: '/' };
const role = await idOf('/v1.0/roleManagement/directory/roleAssignments', { ...reader, principalId: account });

/** A change that somebody may make, called with its correlation id, and the activity that it must leave. */
type Call = readonly [activity: string, call: (headers: Readonly<Record<string, string>>) => Promise<Answer>];

const license = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };
const noLicense = { addLicenses: [], removeLicenses: [skus.e3] };
const planId = randomUUID();
const call =
  (method: string, path: string, body?: unknown) =>
  async (headers: Readonly<Record<string, string>>): Promise<Answer> =>
    server.call(method, path, body, headers);
const newUser = (name: string) => ({
  accountEnabled: true,
  displayName: name,
  mailNickname: name,
  userPrincipalName: `${name}@test.example`,
  passwordProfile: { password: 'not kept' },
  usageLocation: 'US',
});
const file =
  (path: string, text: string): Call[1] =>
  async (headers) =>
    server.upload(path, text, headers);
const newGroup = { displayName: 'New', mailEnabled: false, mailNickname: 'new', securityEnabled: true };
const reference = { '@odata.id': `http://x/v1.0/directoryObjects/${other}` };
const productList =
  'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n' +
  `Tailor,TAILOR,${randomUUID()},NEEDLE,${randomUUID()},The needle\n`;

await expectStatus(201, server.call('POST', '/v1.0/groups', { ...newGroup, uniqueName: 'named' }));
await expectStatus(
  204,
  server.call('POST', `/v1.0/groups/${group}/owners/$ref`, { '@odata.id': `http://x/v1.0/users/${user}` }),
);

const [unusedPlan, unusedProduct] = [randomUUID(), randomUUID()];
const put = (path: string, body: object) => expectStatus(201, server.call('PUT', `/allot/v1/catalogue/${path}`, body));
await put(`plans/${unusedPlan}`, { servicePlanName: 'UNUSED' });
await put(`products/${unusedProduct}`, { skuPartNumber: 'UNUSED', servicePlans: [] });

/** In this order: later ones build on earlier ones. */
const calls: Readonly<Record<string, Call>> = {
  'POST /v1.0/subscriptions': ['Add subscription to changes', call('POST', '/v1.0/subscriptions', toChanges)],
  'PATCH /v1.0/subscriptions/:id': [
    'Update subscription to changes',
    call('PATCH', `/v1.0/subscriptions/${changeSubscription}`, { expirationDateTime }),
  ],
  'DELETE /v1.0/subscriptions/:id': [
    'Delete subscription to changes',
    call('DELETE', `/v1.0/subscriptions/${changeSubscription}`),
  ],
  'POST /v1.0/users': ['Add user', call('POST', '/v1.0/users', newUser('ann'))],
  'PATCH /v1.0/users/:id': ['Update user', call('PATCH', `/v1.0/users/${user}`, { usageLocation: 'DE' })],
  'PUT /allot/v1/users/:id/addresses': [
    'Update user',
    call('PUT', `/allot/v1/users/${user}/addresses`, { proxyAddresses: ['SMTP:ann@test.example'] }),
  ],
  'POST /v1.0/users/:id/assignLicense': [
    'Change user license',
    call('POST', `/v1.0/users/${user}/assignLicense`, license),
  ],
  'POST /v1.0/users/:id/microsoft.graph.assignLicense': [
    'Change user license',
    call('POST', `/v1.0/users/${user}/microsoft.graph.assignLicense`, noLicense),
  ],
  'POST /v1.0/users/:id/reprocessLicenseAssignment': [
    'Change user license',
    call('POST', `/v1.0/users/${user}/reprocessLicenseAssignment`),
  ],
  'POST /v1.0/users/:id/microsoft.graph.reprocessLicenseAssignment': [
    'Change user license',
    call('POST', `/v1.0/users/${user}/microsoft.graph.reprocessLicenseAssignment`),
  ],
  'PUT /v1.0/users/:id/manager/$ref': [
    'Set user manager',
    call('PUT', `/v1.0/users/${user}/manager/$ref`, { '@odata.id': `http://x/v1.0/directoryObjects/${other}` }),
  ],
  'DELETE /v1.0/users/:id/manager/$ref': ['Remove user manager', call('DELETE', `/v1.0/users/${user}/manager/$ref`)],
  'POST /v1.0/groups': ['Add group', call('POST', '/v1.0/groups', newGroup)],
  'PATCH /v1.0/groups/:id': ['Update group', call('PATCH', `/v1.0/groups/${plain}`, { description: 'Plain' })],
  'POST /v1.0/groups/:id/members/$ref': [
    'Add member to group',
    call('POST', `/v1.0/groups/${group}/members/$ref`, reference),
  ],
  'DELETE /v1.0/groups/:id/members/:memberId/$ref': [
    'Remove member from group',
    call('DELETE', `/v1.0/groups/${group}/members/${other}/$ref`),
  ],
  'POST /v1.0/groups/:id/owners/$ref': [
    'Add owner to group',
    call('POST', `/v1.0/groups/${group}/owners/$ref`, reference),
  ],
  'DELETE /v1.0/groups/:id/owners/:ownerId/$ref': [
    'Remove owner from group',
    call('DELETE', `/v1.0/groups/${group}/owners/${other}/$ref`),
  ],
  'PATCH /v1.0/groups/uniqueName=:uniqueName': ['Update group', call('PATCH', byName, { description: 'Named' })],
  'DELETE /v1.0/groups/uniqueName=:uniqueName': ['Delete group', call('DELETE', byName)],
  'DELETE /v1.0/directoryObjects/:id': ['Delete group', call('DELETE', `/v1.0/directoryObjects/${byKind}`)],
  'POST /v1.0/groups/:id/assignLicense': [
    'Set group license',
    call('POST', `/v1.0/groups/${plain}/assignLicense`, license),
  ],
  'POST /v1.0/groups/:id/microsoft.graph.assignLicense': [
    'Set group license',
    call('POST', `/v1.0/groups/${plain}/microsoft.graph.assignLicense`, noLicense),
  ],
  'POST /allot/v1/groups/:id/reprocess': [
    'Trigger group license recalculation',
    call('POST', `/allot/v1/groups/${group}/reprocess`),
  ],
  'PATCH /allot/v1/groups/:id/licensing': [
    'Update group licensing',
    call('PATCH', `/allot/v1/groups/${group}/licensing`, { priority: 7 }),
  ],
  'DELETE /v1.0/groups/:id': ['Delete group', call('DELETE', `/v1.0/groups/${plain}`)],
  'DELETE /v1.0/users/:id': ['Delete user', call('DELETE', `/v1.0/users/${other}`)],
  'POST /v1.0/directory/deletedItems/:id/restore': [
    'Restore user',
    call('POST', `/v1.0/directory/deletedItems/${other}/restore`),
  ],
  'POST /v1.0/directory/deletedItems/:id/microsoft.graph.restore': [
    'Restore group',
    call('POST', `/v1.0/directory/deletedItems/${plain}/microsoft.graph.restore`),
  ],
  'DELETE /v1.0/directory/deletedItems/:id': [
    'Hard Delete group',
    call('DELETE', `/v1.0/directory/deletedItems/${deleted}`),
  ],
  'PATCH /allot/v1/settings': ['Update settings', call('PATCH', '/allot/v1/settings', { keepUntilReplaced: false })],
  'POST /allot/v1/subscriptions': [
    'Add subscription',
    call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: 1 }),
  ],
  'PATCH /allot/v1/subscriptions/:id': [
    'Update subscription',
    call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 60 }),
  ],
  'DELETE /allot/v1/subscriptions/:id': [
    'Delete subscription',
    call('DELETE', `/allot/v1/subscriptions/${subscription}`),
  ],
  'PUT /allot/v1/catalogue/plans/:id': [
    'Set service plan',
    call('PUT', `/allot/v1/catalogue/plans/${planId}`, { servicePlanName: 'NEW' }),
  ],
  'PUT /allot/v1/catalogue/products/:id': [
    'Set product',
    call('PUT', `/allot/v1/catalogue/products/${randomUUID()}`, { skuPartNumber: 'NEW', servicePlans: [planId] }),
  ],
  'DELETE /allot/v1/catalogue/products/:id': [
    'Delete product',
    call('DELETE', `/allot/v1/catalogue/products/${unusedProduct}`),
  ],
  'DELETE /allot/v1/catalogue/plans/:id': [
    'Delete service plan',
    call('DELETE', `/allot/v1/catalogue/plans/${unusedPlan}`),
  ],
  'PUT /allot/v1/catalogue/rules': [
    'Set licensing rules',
    call('PUT', '/allot/v1/catalogue/rules', {
      exclusions: [{ name: 'Tailors', plans: [plans.sway, plans.yammer] }],
      requirements: [],
    }),
  ],
  'POST /allot/v1/applications': ['Add application', call('POST', '/allot/v1/applications', { displayName: 'New' })],
  'POST /allot/v1/applications/:id/secret': [
    'Update application – secret',
    call('POST', `/allot/v1/applications/${application}/secret`),
  ],
  'POST /allot/v1/applications/:id/certificates': [
    'Update application – certificate',
    call('POST', `/allot/v1/applications/${application}/certificates`, { certificate: cert }),
  ],
  'DELETE /allot/v1/applications/:id/certificates/:thumbprint': [
    'Update application – certificate',
    call('DELETE', `/allot/v1/applications/${application}/certificates/${thumbprint}`),
  ],
  'DELETE /allot/v1/applications/:id': ['Delete application', call('DELETE', `/allot/v1/applications/${application}`)],
  'POST /allot/v1/accounts': ['Add account', call('POST', '/allot/v1/accounts', { user })],
  'POST /allot/v1/accounts/:id/link': ['Add one-time link', call('POST', `/allot/v1/accounts/${account}/link`)],
  'PATCH /allot/v1/accounts/:id': [
    'Disable account',
    call('PATCH', `/allot/v1/accounts/${account}`, { enabled: false }),
  ],
  'POST /v1.0/roleManagement/directory/roleAssignments': [
    'Add member to role',
    call('POST', '/v1.0/roleManagement/directory/roleAssignments', { ...reader, principalId: user }),
  ],
  'DELETE /v1.0/roleManagement/directory/roleAssignments/:id': [
    'Remove member from role',
    call('DELETE', `/v1.0/roleManagement/directory/roleAssignments/${role}`),
  ],
  'DELETE /allot/v1/accounts/:id': ['Delete account', call('DELETE', `/allot/v1/accounts/${account}`)],
  'POST /allot/v1/imports/products': ['Import products', file('/allot/v1/imports/products', productList)],
  'POST /allot/v1/imports/users': [
    'Import users',
    file('/allot/v1/imports/users', 'User principal name,Display name\nzoe@test.example,Zoe\n'),
  ],
  'POST /allot/v1/imports/groups': [
    'Import groups',
    file('/allot/v1/imports/groups', 'displayName,members\nLicensed,person1@test.example;zoe@test.example\n'),
  ],
};

/** Questions that are asked with another method than GET. */
const questions =
  /\/(?:microsoft\.graph\.)?(checkMember(Groups|Objects)|getMember(Groups|Objects)|getByIds|validateProperties|evaluateDynamicMembership|\$batch|preview|check)$/;

const plainPath = (path: string) => path.replace(/^\/beta/, '/v1.0').replace(/^\/v1\.0\/me(?=\/|$)/, '/v1.0/users/:id');

test('every route that changes something is told below', () => {
  const routes = [...graphRoutes, ...apiRoutes].filter(({ method, path }) => method !== 'GET' && !questions.test(path));
  // What is under /beta is the same, and what is under /me is what is under the user who asks.
  const told = routes.map(({ method, path }) => `${method} ${plainPath(path)}`);
  const untold = told.filter((route) => !(route in calls));
  assert.deepEqual(untold, []);
});

for (const [route, [activity, send]] of Object.entries(calls)) {
  test(`${route} leaves "${activity}" with who, whom and the correlation id, and what follows carries that id too`, async () => {
    const before = await changes();
    const correlationId = randomUUID();
    const { status, body } = await send({ 'client-request-id': correlationId });
    assert.ok(status < 300, JSON.stringify(body));
    await server.settle();
    const entries = await entriesWhere(server, `correlationId eq ${correlationId}`);
    const [entry] = entries.filter(({ activityDisplayName }) => activityDisplayName === activity);
    assert.ok(entry, `only ${entries.map((one) => one.activityDisplayName).join(', ')}`);
    assert.equal(entry.result, 'success');
    assert.equal(entry.initiatedBy.app?.displayName, 'Test');
    assert.ok(entry.targetResources.length > 0 || activity.startsWith('Import '));
    const followed = (await changes()).slice(before.length);
    assert.deepEqual(new Set(followed), new Set(followed.length > 0 ? [correlationId] : []));
  });
}

async function changes(): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select correlation_id as id from allot.change where tenant_id = ${tenantId} order by change_id
  `.execute(server.database.db);
  return rows.map(({ id }) => id);
}

test('a run that follows from several changes has an entry that names them', async () => {
  const ids = [randomUUID(), randomUUID()];
  for (const id of ids) {
    const body = newUser(`many${id.slice(0, 8)}`);
    const made = await expectStatus(201, server.call('POST', '/v1.0/users', body, { 'client-request-id': id }));
    await expectStatus(
      204,
      server.call(
        'POST',
        `/v1.0/groups/${group}/members/$ref`,
        { '@odata.id': `http://x/v1.0/directoryObjects/${textAt(made, 'id')}` },
        { 'client-request-id': id },
      ),
    );
  }
  const before = await changes();
  await server.settle();
  const [run, ...others] = (await changes()).slice(before.length);
  assert.deepEqual(others, []);
  const entries = await entriesWhere(server, `correlationId eq ${run}`);
  const named = entries.map(({ additionalDetails }) => additionalDetails.filter(({ key }) => key === 'causedBy'));
  assert.ok(
    named.some(
      (causes) =>
        causes
          .map(({ value }) => value)
          .toSorted()
          .join() === ids.toSorted().join(),
    ),
  );
});

test('a call that settles what another call began names that one', async () => {
  const correlationId = randomUUID();
  await expectStatus(
    204,
    server.call('PATCH', `/v1.0/users/${user}`, { usageLocation: 'FR' }, { 'client-request-id': correlationId }),
  );
  const own = randomUUID();
  await expectStatus(
    200,
    server.call('POST', `/v1.0/users/${user}/reprocessLicenseAssignment`, undefined, { 'client-request-id': own }),
  );
  const entry = await entryWhere(server, `correlationId eq ${own}`);
  assert.deepEqual(entry.additionalDetails, [
    { key: 'reprocess', value: 'true' },
    { key: 'causedBy', value: correlationId },
  ]);
});

for (const [what, activity, send, reason, code] of [
  [
    'giving a user a product that the tenant does not own',
    'Change user license',
    call('POST', `/v1.0/users/${user}/assignLicense`, {
      addLicenses: [{ skuId: skus.ems, disabledPlans: [] }],
      removeLicenses: [],
    }),
    /does not correspond to a valid company License/,
    'ProductNotOwned',
  ],
  [
    'taking from a user what it has from a group',
    'Change user license',
    call('POST', `/v1.0/users/${user}/assignLicense`, noLicense),
    /inherited from a group membership/,
    'LicenseInherited',
  ],
  [
    'taking from a group what it does not have',
    'Set group license',
    call('POST', `/v1.0/groups/${group}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e1] }),
    /is not assigned to the group/,
    'LicenseNotHeld',
  ],
  [
    'deleting a group with licenses',
    'Delete group',
    call('DELETE', `/v1.0/groups/${group}`),
    /cannot be deleted/,
    'GroupLicensed',
  ],
] as const) {
  test(`a refused call is recorded as a failure with its reason: ${what}`, async () => {
    const correlationId = randomUUID();
    const { status } = await send({ 'client-request-id': correlationId });
    assert.equal(status, 400);
    const entry = await entryWhere(server, `correlationId eq ${correlationId} and result eq 'failure'`);
    assert.equal(entry.activityDisplayName, activity);
    assert.match(entry.resultReason ?? '', reason);
    assert.deepEqual(entry.additionalDetails, [{ key: 'reasonCode', value: code }]);
    assert.deepEqual(
      entry.targetResources.map(({ id }) => id),
      [activity.includes('user') ? user : group],
    );
  });
}

test('settling a group is recorded with its name, and how many got their licenses', async () => {
  const correlationId = randomUUID();
  await expectStatus(
    202,
    server.call('POST', `/allot/v1/groups/${group}/reprocess`, undefined, { 'client-request-id': correlationId }),
  );
  await server.settle();
  const entries = await entriesWhere(server, `correlationId eq ${correlationId}`);
  assert.deepEqual(
    entries.map(({ activityDisplayName, targetResources }) => [activityDisplayName, targetResources[0]?.displayName]),
    [
      ['Finish applying group based license to users', 'Licensed'],
      ['Start applying group based license to users', 'Licensed'],
      ['Trigger group license recalculation', 'Licensed'],
    ],
  );
});
