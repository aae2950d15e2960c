import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, itemsOf, newGroup, newUser, nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };
const nobody = '99999999-9999-4999-8999-999999999999';

const user = (values = {}) => createdId(graph, '/v1.0/users', newUser(values));
const group = (values = {}) => createdId(graph, '/v1.0/groups', newGroup(values));
const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });
const addOwner = (groupId: string, id: string) =>
  graph.call('POST', `/v1.0/groups/${groupId}/owners/$ref`, reference(id));
const ownersOf = async (groupId: string) =>
  textsOf((await graph.call('GET', `/v1.0/groups/${groupId}/owners`)).body['value'], 'id');

test('owners are added, listed page by page, counted and taken away', async () => {
  const [ann, bob] = [await user({ displayName: 'Ann' }), await user({ displayName: 'Bob' })];
  const sales = await group();
  assert.deepEqual(await ownersOf(sales), []);
  assert.equal((await addOwner(sales, ann)).status, 204);
  assert.equal((await addOwner(sales, bob)).status, 204);
  const { body } = await graph.call('GET', `/v1.0/groups/${sales}/owners?$select=id,displayName`);
  assert.equal(body['@odata.context'], 'http://licenses.example/v1.0/$metadata#directoryObjects(id,displayName)');
  assert.deepEqual(body['value'], [
    { '@odata.type': '#microsoft.graph.user', displayName: 'Ann', id: ann },
    { '@odata.type': '#microsoft.graph.user', displayName: 'Bob', id: bob },
  ]);
  const first = await graph.call(
    'GET',
    `/v1.0/groups/${sales}/owners/graph.user?$top=1&$count=true`,
    undefined,
    eventual,
  );
  assert.deepEqual([first.body['@odata.count'], textsOf(first.body['value'], 'id')], [2, [ann]]);
  const next = await graph.call('GET', nextPath(first) ?? '');
  assert.deepEqual([textsOf(next.body['value'], 'id'), nextPath(next)], [[bob], undefined]);
  assert.equal((await graph.call('GET', `/v1.0/groups/${sales}/owners/$count`)).status, 400);
  const count = await graph.call('GET', `/v1.0/groups/${sales}/owners/$count`, undefined, eventual);
  assert.equal(textOf(count.body), '2');
  const references = await graph.call('GET', `/beta/groups/${sales}/owners/$ref`);
  assert.deepEqual(references.body['value'], [
    { '@odata.id': `http://licenses.example/beta/directoryObjects/${ann}` },
    { '@odata.id': `http://licenses.example/beta/directoryObjects/${bob}` },
  ]);
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${sales}/owners/${ann}/$ref`)).status, 204);
  assert.deepEqual(await ownersOf(sales), [bob]);
});

test('the last owner stays, and who is none cannot be taken away', async () => {
  const [ann, bob] = [await user(), await user()];
  const sales = await group();
  await addOwner(sales, ann);
  const last = await graph.call('DELETE', `/v1.0/groups/${sales}/owners/${ann}/$ref`);
  assert.equal(last.status, 400);
  assert.match(textOf(last.body['error']?.['message']), /^The group must have at least one owner/);
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${sales}/owners/${bob}/$ref`)).status, 404);
  assert.deepEqual(await ownersOf(sales), [ann]);
});

test('two owners taken away at the same time leave one', async () => {
  const [ann, bob] = [await user(), await user()];
  const sales = await group();
  await addOwner(sales, ann);
  await addOwner(sales, bob);
  const answers = await Promise.all(
    [ann, bob].map((id) => graph.call('DELETE', `/v1.0/groups/${sales}/owners/${id}/$ref`)),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204, 400]));
  assert.equal((await ownersOf(sales)).length, 1);
});

test('an owner twice, a group as an owner, and nobody are refused with nothing added', async () => {
  const [ann, bob] = [await user(), await user()];
  const sales = await group();
  await addOwner(sales, ann);
  const twice = await addOwner(sales, ann);
  assert.deepEqual(
    [twice.status, twice.body['error']?.['message']],
    [400, "One or more added object references already exist for the following modified properties: 'owners'."],
  );
  assert.equal((await addOwner(sales, await group())).status, 400);
  assert.equal((await addOwner(sales, nobody)).status, 404);
  assert.equal((await addOwner(nobody, ann)).status, 404);
  const bind = { 'owners@odata.bind': [reference(bob)['@odata.id'], reference(ann)['@odata.id']] };
  assert.equal((await graph.call('PATCH', `/v1.0/groups/${sales}`, bind)).status, 400);
  assert.deepEqual(await ownersOf(sales), [ann]);
});

test('a group is created with members and owners, at most twenty of both', async () => {
  const [ann, bob] = [await user(), await user()];
  const bound = {
    'owners@odata.bind': [reference(ann)['@odata.id']],
    'Members@odata.bind': [reference(bob)['@odata.id']],
  };
  const created = await graph.call('POST', '/v1.0/groups', newGroup(bound));
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const id = textOf(created.body['id']);
  assert.deepEqual(await ownersOf(id), [ann]);
  assert.deepEqual(textsOf((await graph.call('GET', `/v1.0/groups/${id}/members`)).body['value'], 'id'), [bob]);
  const many = Array.from({ length: 11 }, () => reference(ann)['@odata.id']);
  const refused = await graph.call(
    'POST',
    '/v1.0/groups',
    newGroup({ 'owners@odata.bind': many, 'members@odata.bind': many }),
  );
  assert.equal(refused.status, 400);
  assert.match(textOf(refused.body['error']?.['message']), /exceeds the limit of 20/);
});

test('what a user owns is listed and counted, and deleting either side leaves no trace', async () => {
  const ann = await user();
  const [sales, deleted] = [await group(), await group({ displayName: 'Deleted' })];
  await addOwner(sales, ann);
  await addOwner(deleted, ann);
  await graph.call('DELETE', `/v1.0/groups/${deleted}`);
  const owned = await graph.call('GET', `/v1.0/users/${ann}/ownedObjects/microsoft.graph.group?$select=id`);
  assert.deepEqual(owned.body['value'], [{ '@odata.type': '#microsoft.graph.group', id: sales }]);
  const count = await graph.call('GET', `/v1.0/users/${ann}/ownedObjects/$count`, undefined, eventual);
  assert.equal(textOf(count.body), '1');
  await graph.call('POST', `/v1.0/directory/deletedItems/${deleted}/restore`);
  assert.deepEqual(await ownersOf(deleted), [ann]);
  await graph.call('DELETE', `/v1.0/users/${ann}`);
  assert.deepEqual(await ownersOf(sales), []);
  await graph.call('DELETE', `/v1.0/directory/deletedItems/${ann}`);
  assert.deepEqual(await ownersOf(deleted), []);
});

test('owners change with the permission for groups, not with the one for members', async () => {
  const [ann, sales] = [await user(), await group()];
  const members = await graph.authorization(['GroupMember.ReadWrite.All']);
  const path = `/v1.0/groups/${sales}`;
  assert.equal((await graph.call('POST', `${path}/owners/$ref`, reference(ann), members)).status, 403);
  const bind = { 'owners@odata.bind': [reference(ann)['@odata.id']] };
  assert.equal((await graph.call('PATCH', path, bind, members)).status, 403);
  assert.equal((await graph.call('PATCH', path, bind)).status, 204);
  assert.equal(itemsOf((await graph.call('GET', `${path}/owners`)).body['value']).length, 1);
});

test('the audit log says who became an owner and who is none any more', async () => {
  const [ann, bob, sales] = [await user(), await user(), await group()];
  await addOwner(sales, ann);
  await addOwner(sales, bob);
  await graph.call('DELETE', `/v1.0/groups/${sales}/owners/${ann}/$ref`);
  const filter = encodeURIComponent(`targetResources/any(t:t/id eq '${ann}')`);
  const { body } = await graph.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=${filter}`);
  const told = itemsOf(body['value']).map(
    (entry) => `${textOf(entry['activityDisplayName'])}: ${textOf(entry['operationType'])}`,
  );
  assert.deepEqual(told, ['Remove owner from group: Unassign', 'Add owner to group: Assign', 'Add user: Add']);
});
