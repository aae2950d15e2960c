import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, itemsOf, type Json, newGroup, newUser, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const json = { 'Content-Type': 'application/json' };

async function batch(requests: readonly object[], headers = {}, version = 'v1.0'): Promise<ReadonlyMap<string, Json>> {
  const { status, body } = await graph.call('POST', `/${version}/$batch`, { requests }, headers);
  assert.equal(status, 200, JSON.stringify(body));
  return new Map(itemsOf(body['responses']).map((response) => [textOf(response['id']), response]));
}

const statuses = (responses: ReadonlyMap<string, Json>) => [...responses].map(([id, { status }]) => [id, status]);

test('twenty members are added by one batch, in every form of address that clients write', async () => {
  const group = await createdId(graph, '/v1.0/groups', newGroup());
  const users = [];
  for (let index = 0; index < 18; index += 1) users.push(await createdId(graph, '/v1.0/users', newUser()));
  const forms = ['/groups', 'groups', '/v1.0/groups', 'https://graph.microsoft.com/v1.0/groups'];
  const responses = await batch([
    ...users.map((id, index) => ({
      id: index,
      method: index % 2 ? 'post' : 'POST',
      url: `${forms[index % forms.length]}/${group}/members/$ref`,
      headers: json,
      body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
    })),
    { id: 'one', method: 'GET', url: `/groups/${group}/members?$select=id&$top=5` },
    {
      id: 'count',
      method: 'GET',
      url: `/groups('${group}')/members/$count`,
      headers: { ConsistencyLevel: 'eventual' },
    },
  ]);
  assert.deepEqual(statuses(responses), [
    ...users.map((_, index) => [String(index), 204]),
    ['one', 200],
    ['count', 200],
  ]);
  assert.equal(responses.get('3')?.['body'], undefined);
  const first = responses.get('one')?.['body'];
  assert.deepEqual(textsOf(first?.['value'], 'id'), users.slice(0, 5), 'in the order of the batch');
  assert.match(textOf(first?.['@odata.nextLink']), /^http:\/\/licenses\.example\/v1\.0\/groups\//);
  assert.equal(Number(responses.get('count')?.['body']), 18);
  assert.equal(responses.get('one')?.['headers']?.['content-type'], 'application/json; charset=utf-8');
});

test('what fails is answered in its place, with the error that it has alone; what depends on it is not done', async () => {
  const group = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Kept' }));
  const responses = await batch([
    { id: 'after', method: 'DELETE', url: `/groups/${group}`, dependsOn: ['missing'] },
    { id: 'later', method: 'GET', url: `/groups/${group}`, dependsOn: ['after'] },
    { id: 'missing', method: 'GET', url: '/groups/00000000-0000-4000-8000-000000000000' },
    { id: 'renamed', method: 'PATCH', url: `/groups/${group}`, headers: json, body: { displayName: 'Renamed' } },
    { id: 'read', method: 'GET', url: `/groups/${group}?$select=displayName`, dependsOn: ['renamed'] },
    { id: 'nested', method: 'POST', url: '/$batch', headers: json, body: { requests: [] } },
    { id: 'method', method: 'PUT', url: '/users', headers: json, body: {} },
    { id: 'text', method: 'PATCH', url: `/groups/${group}`, headers: { 'content-type': 'text/plain' }, body: 'x' },
    { id: 'nowhere', method: 'GET', url: '/nothing' },
  ]);
  assert.deepEqual(statuses(responses), [
    ['after', 424],
    ['later', 424],
    ['missing', 404],
    ['renamed', 204],
    ['read', 200],
    ['nested', 400],
    ['method', 405],
    ['text', 415],
    ['nowhere', 404],
  ]);
  assert.equal(responses.get('read')?.['body']?.['displayName'], 'Renamed');
  assert.equal(responses.get('after')?.['body']?.['error']?.['code'], 'FailedDependency');
  assert.equal(responses.get('missing')?.['body']?.['error']?.['code'], 'Request_ResourceNotFound');
  assert.equal(responses.get('method')?.['headers']?.['allow'], 'GET, POST');
});

test('each part needs its own permission, and asks as the caller of the batch, whatever it says', async () => {
  const readers = await graph.authorization(['User.Read.All']);
  const everything = await graph.authorization(['Directory.ReadWrite.All']);
  const responses = await batch(
    [
      { id: 1, method: 'GET', url: '/users?$top=1' },
      { id: 2, method: 'GET', url: '/groups', headers: everything },
      {
        id: 3,
        method: 'POST',
        url: '/users',
        headers: { ...json, Authorization: everything.authorization },
        body: newUser(),
      },
      {
        id: 4,
        method: 'GET',
        url: '/users?$top=1',
        headers: { host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
      },
    ],
    readers,
  );
  assert.deepEqual(statuses(responses), [
    ['1', 200],
    ['2', 403],
    ['3', 403],
    ['4', 200],
  ]);
  assert.doesNotMatch(JSON.stringify(responses.get('4')), /evil/);
  const anonymous = await graph.call('POST', '/v1.0/$batch', { requests: [] }, { authorization: 'Bearer x' });
  assert.equal(anonymous.status, 401);
});

test('the parts are one in the audit log, unless they name an id of their own; beta asks beta', async () => {
  const [outer, own] = ['6f6f2ab6-7a83-4d4b-9d0b-33a2f9f2d5a1', '0d1d64b1-6e0b-4c36-8b8e-6e5a3c9b1c11'];
  const responses = await batch(
    [
      { id: 'a', method: 'POST', url: '/groups', headers: json, body: newGroup() },
      { id: 'b', method: 'POST', url: '/groups', headers: { ...json, 'client-request-id': own }, body: newGroup() },
      { id: 'c', method: 'GET', url: '/groups?$select=membershipRuleProcessingStatus&$top=1' },
    ],
    { 'client-request-id': outer },
    'beta',
  );
  assert.deepEqual(statuses(responses), [
    ['a', 201],
    ['b', 201],
    ['c', 200],
  ]);
  for (const [part, id] of [
    ['a', outer],
    ['b', own],
  ] as const) {
    const filter = encodeURIComponent(`correlationId eq ${id}`);
    const audits = await graph.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=${filter}`);
    const targets = itemsOf(audits.body['value']).flatMap(({ targetResources }) => textsOf(targetResources, 'id'));
    assert.deepEqual(targets, [textOf(responses.get(part)?.['body']?.['id'])]);
  }
});

test('a batch that cannot be read is refused as a whole and nothing of it is done', async () => {
  const create = { id: 'x', method: 'POST', url: '/groups', headers: json, body: newGroup({ displayName: 'Never' }) };
  const get = (id: unknown, more = {}) => ({ id, method: 'GET', url: '/users', ...more });
  for (const requests of [
    undefined,
    [],
    'x',
    [create, 5],
    [create, { method: 'GET', url: '/users' }],
    [create, get('')],
    [create, get({})],
    [create, get('x')],
    [create, get(1), get('1')],
    [create, get('y', { method: 'TRACE' })],
    [create, get('y', { method: 7 })],
    [create, get('y', { url: 5 })],
    [create, get('y', { url: '' })],
    [create, get('y', { url: '/../allot/v1/settings' })],
    [create, get('y', { url: '/%2e%2e/allot/v1/settings' })],
    [create, get('y', { url: '/..\\allot/v1/settings' })],
    [create, get('y', { headers: [] })],
    [create, get('y', { dependsOn: 'x' })],
    [create, get('y', { dependsOn: ['z'] })],
    [create, get('y', { dependsOn: ['z'] }), get('z', { dependsOn: ['y'] })],
    [create, get('y', { dependsOn: ['y'] })],
    [create, { id: 'y', method: 'POST', url: '/groups', body: newGroup() }],
    [create, ...Array.from({ length: 20 }, (_, index) => get(index))],
  ]) {
    const { status, body } = await graph.call('POST', '/v1.0/$batch', { requests });
    assert.equal(status, 400, JSON.stringify(requests));
    assert.match(textOf(body['error']?.['message']), /^Invalid batch payload format\./);
  }
  const never = await graph.call('GET', "/v1.0/groups?$filter=displayName eq 'Never'");
  assert.deepEqual(itemsOf(never.body['value']), []);
});
