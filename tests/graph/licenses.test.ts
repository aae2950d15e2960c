import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { addSeats, skus } from '../licensing/tenant.ts';
import { createdId, itemsOf, newGroup, newUser, nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
await addSeats(graph.ctx, skus.e1, 3);
await addSeats(graph.ctx, skus.e3, 3);

const license = (skuId: string, disabledPlans: readonly string[] = []) => ({
  addLicenses: [{ skuId, disabledPlans }],
  removeLicenses: [],
});
const nothing = { addLicenses: [], removeLicenses: [] };
const exchange1 = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';
const bind = (...ids: readonly string[]) => ({
  'members@odata.bind': ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`),
});
const read = async (userId: string, select: string) =>
  (await graph.call('GET', `/v1.0/users/${userId}?$select=${select}`)).body;

test('subscribedSkus lists what the tenant owns, and one of them by its id', async () => {
  const { body } = await graph.call('GET', '/v1.0/subscribedSkus');
  assert.equal(body['@odata.context'], 'http://licenses.example/v1.0/$metadata#subscribedSkus');
  const e1 = itemsOf(body['value']).find((sku) => textOf(sku['skuId']) === skus.e1);
  assert.equal(e1?.['id'], `${graph.ctx.tenantId}_${skus.e1}`);
  assert.equal(e1?.['skuPartNumber'], 'STANDARDPACK');
  assert.deepEqual(e1?.['prepaidUnits'], { enabled: 3, suspended: 0, warning: 0, lockedOut: 0 });
  assert.equal(itemsOf(e1?.['servicePlans']).length, 2);
  const one = await graph.call('GET', `/v1.0/subscribedSkus/${textOf(e1?.['id'])}?$select=skuId,consumedUnits`);
  assert.deepEqual(one.body, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#subscribedSkus(skuId,consumedUnits)/$entity',
    consumedUnits: 0,
    skuId: skus.e1,
  });
  assert.equal((await graph.call('GET', '/v1.0/subscribedSkus?$top=1')).status, 400);
});

test('a license assigned directly is answered at once with the user, and shown by every property that is about it', async () => {
  const id = await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' }));
  const answer = await graph.call('POST', `/v1.0/users/${id}/assignLicense`, license(skus.e1, [yammer]));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body['@odata.context'], 'http://licenses.example/v1.0/$metadata#users/$entity');
  assert.deepEqual(answer.body['assignedLicenses'], [{ skuId: skus.e1, disabledPlans: [yammer] }]);
  assert.equal(answer.body['id'], id);
  const user = await read(id, 'assignedLicenses,licenseAssignmentStates,assignedPlans,provisionedPlans');
  assert.deepEqual(user['assignedLicenses'], [{ skuId: skus.e1, disabledPlans: [yammer] }]);
  const [state] = itemsOf(user['licenseAssignmentStates']);
  assert.deepEqual(
    [state?.['assignedByGroup'], state?.['state'], state?.['error'], state?.['skuId']],
    [null, 'Active', 'None', skus.e1],
  );
  assert.deepEqual(
    itemsOf(user['assignedPlans']).map((plan) => [plan['servicePlanId'], plan['capabilityStatus']]),
    [[exchange1, 'Enabled']],
  );
  const details = await graph.call('GET', `/v1.0/users/${id}/licenseDetails`);
  assert.equal(details.body['@odata.context'], `http://licenses.example/v1.0/$metadata#users('${id}')/licenseDetails`);
  assert.equal(details.body['value']?.[0]?.['skuPartNumber'], 'STANDARDPACK');
  const found = await graph.call('GET', `/v1.0/users?$select=id&$filter=assignedLicenses/any(x:x/skuId+eq+${skus.e1})`);
  assert.deepEqual(found.body['value'], [{ id }]);
  const removed = await graph.call('POST', `/v1.0/users/${id}/assignLicense`, {
    addLicenses: [],
    removeLicenses: [skus.e1],
  });
  assert.deepEqual(removed.body['assignedLicenses'], []);
});

test('a direct assignment that cannot be is refused with the literal text and changes nothing', async () => {
  const nowhere = await createdId(graph, '/v1.0/users', newUser());
  const here = await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' }));
  const unknown = '99999999-9999-4999-8999-999999999999';
  const refused = [
    [nowhere, license(skus.e1), 'License assignment cannot be done for user with invalid usage location.'],
    [here, license(unknown), `License ${unknown} does not correspond to a valid company License.`],
    [here, { addLicenses: [], removeLicenses: [skus.e1] }, 'User does not have a corresponding license.'],
    [
      here,
      { addLicenses: [...license(skus.e1).addLicenses, ...license(skus.e3).addLicenses], removeLicenses: [] },
      /^License assignment failed because service plans .* are mutually exclusive$/,
    ],
    [
      here,
      { removeLicenses: [] },
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: addLicenses.",
    ],
    [
      here,
      { addLicenses: null },
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: addLicenses, removeLicenses.",
    ],
    [here, undefined, /missing parameters are: addLicenses, removeLicenses\.$/],
    [
      here,
      { addLicenses: [{ skuId: 'E3' }], removeLicenses: [] },
      "Cannot convert the literal 'E3' to the expected type 'Edm.Guid'.",
    ],
    [
      here,
      { addLicenses: [null], removeLicenses: [] },
      "Cannot convert the literal 'null' to the expected type 'Edm.Guid'.",
    ],
    [here, { addLicenses: {}, removeLicenses: [] }, 'One or more property values specified are invalid.'],
    [
      here,
      { addLicenses: [], removeLicenses: [{}] },
      "Cannot convert the literal '{}' to the expected type 'Edm.Guid'.",
    ],
    [here, { addLicenses: [], removeLicenses: [], force: true }, "Invalid property 'force'."],
  ] as const;
  for (const [id, body, message] of refused) {
    const answer = await graph.call('POST', `/v1.0/users/${id}/assignLicense`, body);
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    if (typeof message === 'string') assert.equal(answer.body['error']?.['message'], message);
    else assert.match(textOf(answer.body['error']?.['message']), message);
    assert.deepEqual((await read(id, 'assignedLicenses'))['assignedLicenses'], []);
  }
  assert.equal((await graph.call('POST', `/v1.0/users/${unknown}/assignLicense`, nothing)).status, 404);
  assert.equal((await graph.call('POST', `/v1.0/groups/${unknown}/assignLicense`, nothing)).status, 404);
});

test('a group license is accepted, processed, inherited, found by filter, and protects the group from deletion', async () => {
  const [one, two] = [
    await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' })),
    await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' })),
  ];
  const groupId = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'E3 people', ...bind(one, two) }));
  const accepted = await graph.call('POST', `/v1.0/groups/${groupId}/assignLicense`, license(skus.e3));
  assert.equal(accepted.status, 202);
  assert.equal(
    accepted.headers['location'],
    `http://licenses.example/v2/${graph.ctx.tenantId}/directoryObjects/${groupId}/Microsoft.DirectoryServices.Group`,
  );
  assert.equal(accepted.body['displayName'], 'E3 people');
  const state = async () =>
    (await graph.call('GET', `/v1.0/groups/${groupId}?$select=licenseProcessingState,assignedLicenses`)).body;
  assert.deepEqual((await state())['licenseProcessingState'], { state: 'QueuedForProcessing' });
  await graph.settle();
  assert.deepEqual((await state())['licenseProcessingState'], { state: 'ProcessingComplete' });
  assert.deepEqual((await state())['assignedLicenses'], [{ skuId: skus.e3, disabledPlans: [] }]);
  const inherited = (await read(one, 'licenseAssignmentStates'))['licenseAssignmentStates']?.[0];
  assert.deepEqual([inherited?.['assignedByGroup'], inherited?.['state']], [groupId, 'Active']);
  const holders = await graph.call(
    'GET',
    `/v1.0/users?$select=id&$filter=assignedLicenses/any(s:s/skuId eq '${skus.e3}')`.replaceAll(' ', '+'),
  );
  assert.deepEqual(holders.body['value'], [{ id: one }, { id: two }]);
  const groups = await graph.call(
    'GET',
    `/v1.0/groups?$select=id&$filter=assignedLicenses/any(s:s/skuId+eq+${skus.e3})`,
  );
  assert.deepEqual(groups.body['value'], [{ id: groupId }]);
  const direct = await graph.call('POST', `/v1.0/users/${one}/assignLicense`, {
    addLicenses: [],
    removeLicenses: [skus.e3],
  });
  assert.equal(
    direct.body['error']?.['message'],
    'User license is inherited from a group membership and it cannot be removed directly from the user.',
  );
  const deletion = await graph.call('DELETE', `/v1.0/groups/${groupId}`);
  assert.deepEqual(
    [deletion.status, deletion.body['error']?.['message']],
    [400, 'A group with active licenses assigned cannot be deleted.'],
  );
  await graph.call('DELETE', `/v1.0/groups/${groupId}/members/${two}/$ref`);
  await graph.settle();
  assert.deepEqual((await read(two, 'assignedLicenses'))['assignedLicenses'], []);
  await graph.call('POST', `/v1.0/groups/${groupId}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e3] });
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${groupId}`)).status, 204);
  await graph.settle();
  assert.deepEqual((await read(one, 'assignedLicenses'))['assignedLicenses'], []);
});

test('members with errors are listed page by page, and their group is found by them', async () => {
  const users: string[] = [];
  for (let count = 0; count < 5; count += 1)
    users.push(await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' })));
  const groupId = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Too many', ...bind(...users) }));
  await graph.call('POST', `/v1.0/groups/${groupId}/assignLicense`, license(skus.e1));
  await graph.settle();
  const found = await graph.call(
    'GET',
    '/v1.0/groups?$count=true&$filter=hasMembersWithLicenseErrors+eq+true&$select=id,displayName',
    undefined,
    { consistencylevel: 'eventual' },
  );
  assert.deepEqual([found.body['@odata.count'], found.body['value']], [1, [{ id: groupId, displayName: 'Too many' }]]);
  const first = await graph.call(
    'GET',
    `/v1.0/groups/${groupId}/membersWithLicenseErrors?$select=id,licenseAssignmentStates&$top=1`,
  );
  assert.deepEqual(
    [first.body['value']?.[0]?.['id'], first.body['value']?.[0]?.['licenseAssignmentStates']?.[0]?.['error']],
    [users[3], 'CountViolation'],
  );
  const next = await graph.call('GET', nextPath(first) ?? '');
  assert.deepEqual([textsOf(next.body['value'], 'id'), next.body['@odata.nextLink']], [[users[4]], undefined]);
  await addSeats(graph.ctx, skus.e1, 2);
  await graph.settle();
  assert.deepEqual((await graph.call('GET', `/v1.0/groups/${groupId}/membersWithLicenseErrors`)).body['value'], []);
});

test('reprocessing a user answers with the user', async () => {
  const id = await createdId(
    graph,
    '/v1.0/users',
    newUser({ usageLocation: 'US', userPrincipalName: 'again@test.example' }),
  );
  const answer = await graph.call(
    'POST',
    "/v1.0/users('again@test.example')/microsoft.graph.reprocessLicenseAssignment",
  );
  assert.deepEqual([answer.status, answer.body['id'], answer.body['assignedLicenses']], [200, id, []]);
});
