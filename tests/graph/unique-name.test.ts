import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, itemsOf, newGroup, newUser, startGraph, textOf } from './graph-server.ts';

const graph = await startGraph({ after });
const create = { prefer: 'create-if-missing' };

test('a group that is missing is created by its unique name, and from then on changed', async () => {
  const path = "/v1.0/groups(uniqueName='team-a')";
  assert.equal((await graph.call('PATCH', path, newGroup())).status, 404);
  const created = await graph.call('PATCH', path, newGroup({ displayName: 'A' }), create);
  assert.equal(created.status, 201, JSON.stringify(created.body));
  assert.equal(created.body['uniqueName'], 'team-a');
  const again = await graph.call('PATCH', path, { description: 'Changed', UniqueName: 'TEAM-A' }, create);
  assert.deepEqual([again.status, again.body], [204, { text: '' }]);
  assert.equal((await graph.call('PATCH', path, { displayName: 'B', uniqueName: 'team-a' })).status, 204);
  const read = await graph.call(
    'GET',
    "/v1.0/Groups/(uniquename='TEAM-A')?$select=id,displayName,description,uniqueName",
  );
  const { id } = created.body;
  assert.deepEqual(
    [read.body['id'], read.body['displayName'], read.body['description'], read.body['uniqueName']],
    [id, 'B', 'Changed', 'team-a'],
  );
  const filtered = await graph.call(
    'GET',
    "/v1.0/groups?$filter=uniqueName eq 'team-a'&$select=id".replaceAll(' ', '%20'),
  );
  assert.deepEqual(filtered.body['value'], [{ id }]);
});

test('of two who create the same group at the same time one creates and the other changes it', async () => {
  const path = "/v1.0/groups(uniqueName='raced')";
  const answers = await Promise.all(
    ['A', 'B'].map((displayName) => graph.call('PATCH', path, newGroup({ displayName }), create)),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201, 204]));
});

test('a unique name is unique, never changes, and is free again when its group is deleted', async () => {
  const path = "/v1.0/groups(uniqueName='kept')";
  const id = await createdId(graph, '/v1.0/groups', newGroup({ uniqueName: 'kept' }));
  const twice = await graph.call('POST', '/v1.0/groups', newGroup({ uniqueName: 'Kept' }));
  assert.deepEqual(
    [twice.status, twice.body['error']?.['message']],
    [400, 'Another object with the same value for property uniqueName already exists.'],
  );
  assert.equal((await graph.call('PATCH', `/v1.0/groups/${id}`, { uniqueName: 'other' })).status, 400);
  assert.equal((await graph.call('PATCH', path, { uniqueName: 'other' }, create)).status, 400);
  assert.equal((await graph.call('DELETE', path)).status, 204);
  assert.equal((await graph.call('GET', path)).status, 404);
  assert.equal((await graph.call('PATCH', path, newGroup(), create)).status, 201);
  const restored = await graph.call('POST', `/v1.0/directory/deletedItems/${id}/restore`);
  assert.equal(restored.status, 400);
  assert.match(textOf(restored.body['error']?.['message']), /property uniqueName already exists/);
});

test('a group created by its unique name has the members and owners that the body binds', async () => {
  const ann = await createdId(graph, '/v1.0/users', newUser());
  const bound = [`https://graph.microsoft.com/v1.0/users/${ann}`];
  const body = newGroup({ 'members@odata.bind': bound, 'owners@odata.bind': bound });
  const created = await graph.call('PATCH', "/v1.0/groups(uniqueName='bound')", body, create);
  assert.equal(created.status, 201, JSON.stringify(created.body));
  for (const relation of ['members', 'owners']) {
    const { body: list } = await graph.call('GET', `/v1.0/groups/${textOf(created.body['id'])}/${relation}`);
    assert.equal(itemsOf(list['value']).length, 1, relation);
  }
});

test('validateProperties says 204, or 422 with a detail for each property at fault', async () => {
  const id = await createdId(graph, '/v1.0/groups', newGroup({ mailNickname: 'taken' }));
  const validate = (path: string, body: unknown) => graph.call('POST', `/v1.0/${path}/validateProperties`, body);
  const fine = { entityType: 'Group', displayName: 'New', mailNickname: 'new-one' };
  assert.equal((await validate('directoryObjects', fine)).status, 204);
  assert.equal((await validate('groups', fine)).status, 204);
  assert.equal((await validate(`groups/${id}`, { mailNickname: 'taken' })).status, 204);
  const conflict = await validate('directoryObjects', { ...fine, mailNickname: 'TAKEN' });
  assert.equal(conflict.status, 422);
  assert.equal(conflict.body['error']?.['code'], 'Request_UnprocessableEntity');
  assert.deepEqual(conflict.body['error']?.['details'], [
    {
      target: 'mailNickname',
      code: 'PropertyConflict',
      message: 'Another object with the same value for property mailNickname already exists.',
    },
  ]);
  const both = await validate('groups', { displayName: 'x'.repeat(257), mailNickname: 'a b' });
  const targets = itemsOf(both.body['error']?.['details']).map(({ target }) => target);
  assert.deepEqual([both.status, targets], [422, ['displayName', 'mailNickname']]);
  for (const body of [
    {},
    { displayName: 'New' },
    { entityType: 'User', displayName: 'New' },
    { entityType: 'Group' },
  ]) {
    assert.equal((await validate('directoryObjects', body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await validate('groups/99999999-9999-4999-8999-999999999999', fine)).status, 404);
});

test('an object of either kind is read and deleted by its id alone, with the permission for its kind', async () => {
  const [ann, sales] = [
    await createdId(graph, '/v1.0/users', newUser({ displayName: 'Ann' })),
    await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Sales' })),
  ];
  const path = (id: string) => `/v1.0/directoryObjects/${id}`;
  const read = await graph.call('GET', `${path(ann)}?$select=id,displayName`);
  assert.deepEqual(read.body, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#directoryObjects(id,displayName)/$entity',
    '@odata.type': '#microsoft.graph.user',
    displayName: 'Ann',
    id: ann,
  });
  assert.equal((await graph.call('GET', path(sales))).body['securityEnabled'], true);
  const groupsOnly = await graph.authorization(['Group.ReadWrite.All']);
  assert.equal((await graph.call('GET', path(ann), undefined, groupsOnly)).status, 403);
  assert.equal((await graph.call('DELETE', path(ann), undefined, groupsOnly)).status, 403);
  assert.equal((await graph.call('DELETE', path(sales), undefined, groupsOnly)).status, 204);
  assert.equal((await graph.call('DELETE', path(ann))).status, 204);
  for (const id of [ann, sales]) assert.equal((await graph.call('GET', path(id))).status, 404);
});
