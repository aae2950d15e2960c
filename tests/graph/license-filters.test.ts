import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { addSeats, skus } from '../licensing/tenant.ts';
import { createdId, newGroup, newUser, startGraph, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const advanced: Kind = { headers: { consistencylevel: 'eventual' }, options: { $count: 'true' } };
const usual: Kind = { headers: {}, options: {} };
const exchange1 = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const exchange2 = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';

const person = (name: string, values = {}) =>
  createdId(
    graph,
    '/v1.0/users',
    newUser({ displayName: name, userPrincipalName: `${name}@test.example`, usageLocation: 'CH', ...values }),
  );
const [byGroup, direct, both, nothing] = [
  await person('byGroup'),
  await person('direct'),
  await person('both'),
  await person('nothing'),
];
const group = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'E3' }));
const other = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Two' }));
await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Empty' }));
await addSeats(graph.ctx, skus.e1, 10);
await addSeats(graph.ctx, skus.e3, 2);
const license = (path: string, skuId: string, disabledPlans: readonly string[] = []) =>
  graph.call('POST', `/v1.0/${path}/assignLicense`, { addLicenses: [{ skuId, disabledPlans }], removeLicenses: [] });
const join = (groupId: string, id: string) =>
  graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}`,
  });
assert.equal((await license(`groups/${group}`, skus.e3, [yammer])).status, 202);
assert.equal((await license(`users/${direct}`, skus.e1)).status, 200);
for (const id of [byGroup, both]) assert.equal((await join(group, id)).status, 204);
await graph.settle();
assert.equal((await license(`users/${both}`, skus.e1, [exchange1])).status, 200);
assert.equal((await license(`groups/${other}`, skus.e1, [exchange1])).status, 202);
assert.equal((await license(`groups/${other}`, skus.e3)).status, 202);
// No seat of E3 is left: in error, and so it has nothing.
const waiting = await person('waiting');
await join(group, waiting);
await graph.settle();

interface Kind {
  readonly headers: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

const list = async (collection: 'users' | 'groups', filter: string, { headers, options } = advanced) =>
  graph.call(
    'GET',
    `/v1.0/${collection}?${new URLSearchParams({ $filter: filter, $select: 'displayName', ...options }).toString()}`,
    undefined,
    headers,
  );

const everybody = ['byGroup', 'direct', 'both', 'nothing', 'waiting'];
const except = (...names: readonly string[]) => everybody.filter((name) => !names.includes(name));

const ofUsers: readonly (readonly [filter: string, expected: readonly string[], which?: Kind])[] = [
  [`assignedLicenses/any(x:x/skuId eq ${skus.e3})`, ['byGroup', 'both'], usual],
  [`assignedLicenses/any(x:x/skuId eq '${skus.e1}')`, ['direct', 'both'], usual],
  [`assignedLicenses/any(x:x/skuId in (${skus.e1},'${skus.e3}'))`, except('nothing', 'waiting'), usual],
  [`assignedLicenses/any(x:x/skuId eq ${skus.e1} or x/skuId eq ${skus.e3})`, except('nothing', 'waiting'), usual],
  ['assignedLicenses/any()', except('nothing', 'waiting'), usual],
  [`accountEnabled eq true and assignedLicenses/any(s:s/skuId eq ${skus.e3})`, ['byGroup', 'both'], usual],
  [`not assignedLicenses/any(x:x/skuId eq ${skus.e3})`, except('byGroup', 'both')],
  [`assignedLicenses/any(x:x/skuId ne ${skus.e3})`, ['direct', 'both']],
  [`assignedLicenses/any(x:not(x/skuId eq ${skus.e3}))`, ['direct', 'both']],
  [`assignedLicenses/any(x:x/skuId ge ${skus.e3})`, ['byGroup', 'both']],
  ['assignedLicenses/$count eq 0', ['nothing', 'waiting']],
  ['assignedLicenses/$count ne 0', except('nothing', 'waiting')],
  ['assignedLicenses/$count eq 1', ['byGroup', 'direct']],
  ['assignedLicenses/$count gt 1', ['both']],
  ['assignedLicenses/$count le 1', except('both')],
  ['assignedLicenses/$count lt 1', ['nothing', 'waiting']],
  ['assignedLicenses/$count ge 0', everybody],
  [`assignedPlans/any(p:p/servicePlanId eq ${exchange2} and p/capabilityStatus eq 'Enabled')`, ['byGroup', 'both']],
  [`assignedPlans/any(p:p/servicePlanId eq ${yammer})`, ['direct', 'both']],
  [`assignedPlans/any(p:p/servicePlanId eq ${exchange2} and p/capabilityStatus eq 'Suspended')`, []],
  ["assignedPlans/any(p:startsWith(p/capabilityStatus,'ENAB'))", except('nothing', 'waiting')],
  [`not assignedPlans/any(p:p/servicePlanId eq ${yammer})`, except('direct', 'both')],
  ["provisionedPlans/any(p:p/provisioningStatus eq 'Success')", except('nothing', 'waiting')],
];
for (const [filter, expected, which = advanced] of ofUsers) {
  test(`$filter=${filter} finds ${expected.length} users`, async () => {
    const found = await list('users', filter);
    assert.equal(found.status, 200, JSON.stringify(found.body));
    assert.deepEqual(textsOf(found.body['value'], 'displayName'), expected);
    assert.equal(found.body['@odata.count'], expected.length);
    const plain = await list('users', filter, usual);
    if (which === usual) assert.deepEqual(textsOf(plain.body['value'], 'displayName'), expected);
    else assert.equal(plain.body['error']?.['code'], 'Request_UnsupportedQuery');
  });
}

const ofGroups: readonly (readonly [string, readonly string[]])[] = [
  [`assignedLicenses/any(x:x/skuId eq ${skus.e3})`, ['E3', 'Two']],
  ['assignedLicenses/$count eq 2', ['Two']],
  ['assignedLicenses/$count lt 2', ['E3', 'Empty']],
  ['assignedLicenses/$count eq 0', ['Empty']],
];
for (const [filter, expected] of ofGroups) {
  test(`$filter=${filter} finds ${expected.length} groups`, async () => {
    const { body } = await list('groups', filter);
    assert.deepEqual(textsOf(body['value'], 'displayName').toSorted(), expected);
  });
}

test('members of one kind are filtered, searched and sorted; of both kinds the caller is told to choose', async () => {
  assert.equal((await join(other, nothing)).status, 204);
  await graph.call('POST', `/v1.0/groups/${other}/members/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/groups/${group}`,
  });
  const ask = async (path: string) => {
    const { status, body } = await graph.call('GET', path, undefined, advanced.headers);
    return status === 200 ? [textsOf(body['value'], 'displayName'), body['@odata.count']] : status;
  };
  const cast = `/v1.0/groups/${other}/transitiveMembers/microsoft.graph.user?$count=true&$select=displayName`;
  assert.deepEqual(await ask(`${cast}&$orderby=displayName desc`), [['waiting', 'nothing', 'byGroup', 'both'], 4]);
  assert.deepEqual(await ask(`${cast}&$filter=startsWith(displayName,'b')&$orderby=displayName`), [
    ['both', 'byGroup'],
    2,
  ]);
  assert.deepEqual(await ask(`${cast}&$search="displayName:wai"`), [['waiting'], 1]);
  const members = `/v1.0/groups/${other}/members`;
  assert.deepEqual(await ask(`${members}/microsoft.graph.user?$count=true&$filter=displayName eq 'nothing'`), [
    ['nothing'],
    1,
  ]);
  assert.deepEqual(await ask(`${members}/microsoft.graph.group?$count=true&$filter=displayName eq 'E3'`), [['E3'], 1]);
  assert.deepEqual(await ask(`${members}/microsoft.graph.group?$count=true&$filter=displayName eq 'Two'`), [[], 0]);
  assert.equal(await ask(`${members}?$count=true&$filter=displayName eq 'E3'`), 400);
  assert.deepEqual(await ask(`/v1.0/users/${nothing}/memberOf?$count=true&$filter=displayName eq 'Two'`), [['Two'], 1]);
  assert.deepEqual(await ask(`/v1.0/groups/${group}/memberOf?$count=true&$search="displayName:tw"`), [['Two'], 1]);
  assert.deepEqual(await ask(`/v1.0/users/${byGroup}/transitiveMemberOf?$count=true&$filter=displayName ne 'E3'`), [
    ['Two'],
    1,
  ]);
  assert.deepEqual(
    await ask(`/v1.0/groups/${group}/membersWithLicenseErrors?$count=true&$filter=startsWith(displayName,'w')`),
    [['waiting'], 1],
  );
});

test('who is deleted is counted no longer, also before that is settled', async () => {
  const found = async () => {
    const { body } = await list('users', `assignedLicenses/any(x:x/skuId eq ${skus.e1})`);
    assert.equal(body['@odata.count'], textsOf(body['value'], 'displayName').length);
    return body['@odata.count'];
  };
  const before = await found();
  assert.equal((await graph.call('DELETE', `/v1.0/users/${direct}`)).status, 204);
  assert.equal(await found(), before - 1);
  await graph.settle();
  assert.equal(await found(), before - 1);
});
