import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { defaultLimits } from '../../packages/server/src/http/index.ts';
import { makeTenant } from '../licensing/tenant.ts';
import { createdId, newGroup, newUser, startGraph, textOf } from './graph-server.ts';

const limits = { ...defaultLimits, bodyBytesMax: 20_000 };
const graph = await startGraph({ after }, limits);

test('every answer says the ids of the request, and errors repeat them', async () => {
  const clientId = 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE';
  const { headers, body } = await graph.call('GET', '/v1.0/users/nobody', undefined, { 'client-request-id': clientId });
  assert.match(textOf(headers['request-id']), /^[0-9a-f-]{36}$/);
  assert.equal(headers['client-request-id'], clientId.toLowerCase());
  const { date, advice, ...ids } = body['error']?.['innerError'] ?? {};
  assert.match(textOf(date), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  assert.ok(advice);
  assert.deepEqual(ids, { 'request-id': headers['request-id'], 'client-request-id': clientId.toLowerCase() });
  const other = await graph.call('GET', '/v1.0/users', undefined, { 'client-request-id': "'; no uuid" });
  assert.equal(other.headers['client-request-id'], other.headers['request-id']);
});

test('health needs no token', async () => {
  const { status, body } = await graph.call('GET', '/health', undefined, { authorization: '' });
  assert.deepEqual([status, body], [200, { status: 'ok' }]);
});

test('a path that nobody knows is 404 and names the part', async () => {
  for (const [path, segment] of [
    ['/v1.0/devices', 'devices'],
    ['/v1.0/users/x/drives', 'drives'],
    ['/v1.0/users/x/memberOf/y', 'y'],
    ['/nothing', 'nothing'],
  ] as const) {
    const { status, body } = await graph.call('GET', path);
    assert.deepEqual(
      [status, body['error']?.['code'], body['error']?.['message']],
      [404, 'ResourceNotFound', `Resource not found for the segment '${segment}'.`],
    );
  }
});

test('a known path asked the wrong way is 405 and says which ways there are', async () => {
  const { status, headers, body } = await graph.call('PUT', '/v1.0/users', {});
  assert.deepEqual([status, headers['allow']], [405, 'GET, POST']);
  assert.equal(body['error']?.['message'], 'Specified HTTP method is not allowed for the request target.');
  assert.equal((await graph.call('DELETE', '/v1.0/groups/a/members/$ref')).status, 405);
  assert.equal((await graph.call('PUT', '/v1.0/users', {}, { authorization: '' })).status, 401);
});

const bodies: readonly (readonly [string, string, number, RegExp])[] = [
  ['malformed JSON', '{"displayName":', 400, /^Unable to read JSON request payload/],
  ['an array', '[]', 400, /^A JSON object is required/],
  ['a text', '"x"', 400, /^A JSON object is required/],
  ['null', 'null', 400, /^A JSON object is required/],
  ['nothing', '', 400, /^A JSON object is required/],
  ['a prototype', '{"__proto__":{"x":1}}', 400, /^Unable to read JSON request payload/],
  ['a constructor', '{"constructor":{"prototype":{}}}', 400, /^Unable to read JSON request payload/],
  ['the name of a method of objects', '{"toString":"x"}', 400, /^Invalid property 'toString'/],
  ['NUL', '{"displayName":"a\\u0000b"}', 400, /character that is not allowed/],
  ['half a surrogate pair', '{"displayName":"\\ud800"}', 400, /character that is not allowed/],
  ['deep nesting', `{"displayName":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400, /nested too deeply/],
  ['a huge number', '{"displayName":1e999}', 400, /invalid/],
  ['too much', `{"displayName":"${'x'.repeat(20_000)}"}`, 413, /too large/],
];
for (const [what, body, expected, message] of bodies) {
  test(`a body of ${what} is refused with ${expected} and creates nothing`, async () => {
    for (const path of ['/v1.0/users', '/v1.0/groups']) {
      const answer = await graph.call('POST', path, body === '' ? undefined : body);
      assert.equal(answer.status, expected, JSON.stringify(answer.body));
      assert.match(textOf(answer.body['error']?.['message']), message);
    }
    const { body: users } = await graph.call('GET', '/v1.0/users');
    assert.deepEqual(users['value'], []);
  });
}

test('a body of another type is 415, and one with a byte-order mark is read', async () => {
  const form = await graph.call('POST', '/v1.0/users', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' });
  assert.equal(form.status, 415);
  const marked = await graph.call('POST', '/v1.0/groups', `\uFEFF${JSON.stringify(newGroup())}`, {
    'content-type': 'application/json;odata.metadata=minimal;charset=utf-8',
  });
  assert.equal(marked.status, 201);
});

test('a call without a body may name a content type', async () => {
  const id = await createdId(graph, '/v1.0/users', newUser());
  const answer = await graph.call('POST', `/v1.0/users/${id}/reprocessLicenseAssignment`, undefined, {
    'content-type': 'application/json',
  });
  assert.equal(answer.status, 200);
  await graph.call('DELETE', `/v1.0/users/${id}`, undefined, { 'content-type': 'application/json' });
});

test('ids that are no ids are answered without asking the database', async () => {
  const notThere = [
    ['GET', '/v1.0/users/a%00b', 404],
    ['GET', '/v1.0/users/%ED%A0%80', 400],
    ['GET', '/v1.0/users/%', 400],
    ['GET', '/v1.0/users/' + 'x'.repeat(600), 414],
    ['GET', '/v1.0/users/__proto__', 404],
    ['GET', "/v1.0/users/' or true --", 404],
    ['GET', '/v1.0/groups/nobody', 400],
    ['GET', '/v1.0/groups/1e999', 400],
    ['PATCH', '/v1.0/groups/%00', 404],
    ['DELETE', '/v1.0/groups/nobody/members/nobody/$ref', 400],
    ['GET', '/v1.0/groups/nobody/members', 400],
    ['GET', '/v1.0/groups/nobody/membersWithLicenseErrors', 400],
    ['GET', '/v1.0/groups/99999999-9999-4999-8999-999999999999/membersWithLicenseErrors', 404],
    ['GET', '/v1.0/users/nobody/memberOf', 404],
    ['GET', '/v1.0/users/nobody/licenseDetails', 404],
    ['GET', '/v1.0/subscribedSkus/nobody', 404],
    ['GET', '/v1.0/organization/nobody', 404],
    ['GET', '/v1.0/users?$filter=a%00', 400],
  ] as const;
  for (const [method, path, expected] of notThere) {
    const { status, body } = await graph.call(method, path.replaceAll(' ', '%20'), method === 'PATCH' ? {} : undefined);
    assert.equal(status, expected, `${path} ${JSON.stringify(body)}`);
    assert.ok(body['error']?.['innerError']?.['request-id']);
  }
  const { body } = await graph.call('GET', '/v1.0/groups/nobody');
  assert.equal(body['error']?.['message'], "Invalid object identifier 'nobody'.");
});

test('one tenant never sees another', async () => {
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const groupId = await createdId(graph, '/v1.0/groups', newGroup());
  await sql`update allot.tenant set initial_domain = 'first.example' where tenant_id = ${graph.ctx.tenantId}`.execute(
    graph.database.db,
  );
  const other = await makeTenant(graph.database);
  const stranger = await graph.authorization(
    ['Directory.ReadWrite.All', 'User.ReadWrite.All', 'Group.ReadWrite.All', 'GroupMember.ReadWrite.All'],
    other.tenantId,
  );
  for (const path of [`/v1.0/users/${userId}`, `/v1.0/groups/${groupId}`, `/v1.0/groups/${groupId}/members`]) {
    assert.equal((await graph.call('GET', path, undefined, stranger)).status, 404, path);
  }
  for (const path of ['/v1.0/users', '/v1.0/groups']) {
    assert.deepEqual((await graph.call('GET', path, undefined, stranger)).body['value'], []);
  }
  assert.equal((await graph.call('DELETE', `/v1.0/users/${userId}`, undefined, stranger)).status, 404);
  const reference = { '@odata.id': `https://x/v1.0/users/${userId}` };
  const ownGroup = (await graph.call('POST', '/v1.0/groups', newGroup(), stranger)).body['id'];
  assert.equal(
    (await graph.call('POST', `/v1.0/groups/${textOf(ownGroup)}/members/$ref`, reference, stranger)).status,
    404,
  );
  assert.equal(
    (await graph.call('GET', '/v1.0/organization', undefined, stranger)).body['value']?.[0]?.['id'],
    other.tenantId,
  );
});
