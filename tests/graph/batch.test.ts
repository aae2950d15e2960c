import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { createFirstApplication } from '../../packages/server/src/sign-in/create-first-application.ts';
import { fetchToken } from '../server.ts';
import { adding, batchServer, json, reading, removing, type Request, statuses } from './batch-server.ts';

const server = await batchServer({ after });
const ada = await server.created('/users', { displayName: 'Ada' });
const bea = await server.created('/users', { displayName: 'Bea' });
const group = await server.created('/groups', { displayName: 'Sales' });
const nobody = '99999999-9999-4999-8999-999999999999';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const patch = (id: string, userId: string, body: object, more: Partial<Request> = {}): Request => ({
  id,
  method: 'PATCH',
  url: `/users/${userId}`,
  headers: json,
  body,
  ...more,
});

test('twenty memberships are added in one batch, each answered 204 with no body', async () => {
  const members = [];
  for (let made = 0; made < 20; made += 1) members.push(await server.created('/users'));
  const sales = await server.created('/groups');
  const responses = await server.batch(members.map((id, at) => adding(at + 1, sales, id)));
  assert.deepEqual(
    responses.map(({ id, status, body }) => [id, status, body]),
    members.map((_, at) => [String(at + 1), 204, null]),
  );
  assert.deepEqual([...(await server.memberIds(sales))].toSorted(), members.toSorted());
});

test('a part is answered as if it had come by itself: body, status, headers', async () => {
  const responses = await server.batch([
    reading(1, `/users/${ada}?$select=id,displayName`),
    reading('two', `users/${ada}?$select=displayName`),
    reading('none', '/users/nobody'),
    reading('count', '/users/$count', { ConsistencyLevel: 'eventual' }),
    reading('uncounted', '/users/$count'),
    { id: 'new', method: 'POST', url: '/groups', headers: json, body: { displayName: 'No nickname' } },
    { id: 'put', method: 'PUT', url: '/users', headers: json, body: {} },
    reading('lost', '/devices'),
  ]);
  assert.deepEqual(statuses(responses), {
    1: 200,
    two: 200,
    none: 404,
    count: 200,
    uncounted: 400,
    new: 400,
    put: 405,
    lost: 404,
  });
  const [one, two, none, count, , , put, lost] = responses;
  assert.deepEqual(one?.body, {
    '@odata.context': `${server.baseUrl}/v1.0/$metadata#users(id,displayName)/$entity`,
    id: ada,
    displayName: 'Ada',
  });
  assert.equal(one?.headers['Content-Type'], 'application/json; charset=utf-8');
  assert.equal(two?.body.displayName, 'Ada');
  const alone = await server.call('GET', '/v1.0/users/nobody');
  assert.equal(none?.body.error.message, alone.body.error.message);
  assert.equal(none?.body.error.innerError['request-id'], none?.headers['request-id']);
  assert.ok(Number(count?.body) >= 2);
  assert.equal(count?.headers['Content-Type'], 'text/plain; charset=utf-8');
  assert.equal(put?.headers['Allow'], 'GET, POST');
  assert.equal(lost?.body.error.message, "Resource not found for the segment 'devices'.");
  assert.deepEqual(
    Object.keys(one?.headers ?? {}).filter(
      (name) => !/^(Content-Type|request-id|client-request-id|x-ms-.*)$/.test(name),
    ),
    [],
  );
});

test('answers stand in the order of their requests, and numbers come back as texts', async () => {
  const requests = [5, 4, 3, 2, 1].map((id) => reading(id, `/users/${ada}`));
  assert.deepEqual(
    (await server.batch(requests)).map(({ id }) => id),
    ['5', '4', '3', '2', '1'],
  );
});

test('addresses are relative to the version, with or without a slash, with a query, and with the version itself', async () => {
  const select = '$select=displayName';
  const responses = await server.batch([
    reading('slash', `/users/${ada}?${select}`),
    reading('none', `users/${ada}?${select}`),
    reading('version', `/v1.0/users/${ada}?${select}`),
    reading('parentheses', `/users('${ada}')?${select}`),
    reading('spaces', `/users?$filter=displayName eq 'Ada'&${select}`),
    reading('case', `/USERS/${ada}?$SELECT=displayName`),
    reading('other version', `/beta/users/${ada}`),
  ]);
  assert.deepEqual(Object.values(statuses(responses)), [200, 200, 200, 200, 200, 200, 404]);
  assert.deepEqual(responses[4]?.body.value, [{ displayName: 'Ada' }]);
  const { body } = await server.call('POST', '/beta/$batch', { requests: [reading(1, `/users/${ada}?${select}`)] });
  assert.equal(body.responses[0].body['@odata.context'], `${server.baseUrl}/beta/$metadata#users(displayName)/$entity`);
});

test('what follows # in an address is part of a name', async () => {
  const userPrincipalName = 'gus_fabrikam.example#EXT#@contoso.example';
  const guest = await server.created('/users', { userPrincipalName });
  const [found] = await server.batch([reading(1, `/users/${userPrincipalName}`)]);
  assert.equal(found?.body.id, guest);
});

test('links to further pages are on the address that was asked, and can be asked', async () => {
  const [page] = await server.batch([reading(1, '/users?$top=1&$select=id')]);
  const link = page?.body['@odata.nextLink'];
  assert.ok(link.startsWith(`${server.baseUrl}/v1.0/users?`), link);
  const next = await server.call('GET', link.slice(server.baseUrl.length));
  assert.equal(next.body.value.length, 1);
  const proxied = await server.batch([reading(1, '/users?$top=1&$select=id')], {
    forwarded: 'host=licenses.example;proto=https',
  });
  assert.ok(proxied[0]?.body['@odata.nextLink'].startsWith('https://licenses.example/v1.0/users?'));
});

test('changes are made in the order in which they were sent', async () => {
  const both = await server.created('/groups');
  const requests = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? adding : removing)(at, both, ada));
  assert.deepEqual(new Set(Object.values(statuses(await server.batch(requests)))), new Set([204]));
  assert.deepEqual(await server.memberIds(both), []);
});

test('whoever depends on a failure is not sent and answered 424, and so is whoever depends on that', async () => {
  const responses = await server.batch([
    patch('good', ada, { department: 'Before' }),
    patch('bad', nobody, { department: 'None' }),
    patch('after bad', ada, { department: 'Wrong' }, { dependsOn: ['good', 'bad'] }),
    patch('after that', ada, { department: 'Wrong' }, { dependsOn: ['after bad'] }),
    patch('after good', bea, { department: 'Right' }, { dependsOn: ['good'] }),
  ]);
  assert.deepEqual(statuses(responses), {
    good: 204,
    bad: 404,
    'after bad': 424,
    'after that': 424,
    'after good': 204,
  });
  const [, , failed] = responses;
  assert.equal(failed?.body.error.code, 'FailedDependency');
  assert.match(failed?.body.error.message, /request 'bad', which it depends on, failed/);
  assert.match(failed?.body.error.innerError.advice, /^Correct request 'bad'/);
  assert.match(failed?.headers['request-id'] ?? '', uuid);
  assert.equal(failed?.body.error.innerError['request-id'], failed?.headers['request-id']);
  const { body } = await server.call('GET', `/v1.0/users/${ada}?$select=department`);
  assert.equal(body.department, 'Before');
});

test('dependsOn makes a reading wait for a change, also one that was sent later', async () => {
  const [first, , third] = await server.batch([
    reading(1, `/users/${bea}?$select=city`, undefined),
    { ...reading(2, `/users/${ada}`), dependsOn: [] },
    { ...reading(3, `/users/${bea}?$select=city`), dependsOn: [4] },
    patch('4', bea, { city: 'Ulm' }),
  ]);
  assert.equal(first?.status, 200);
  assert.equal(third?.body.city, 'Ulm');
});

test('a batch in a batch is refused, however it is written, and the rest is answered', async () => {
  const inner = { requests: [patch('1', ada, { city: 'Nowhere' })] };
  const nested = (id: number, url: string): Request => ({ id, method: 'POST', url, headers: json, body: inner });
  const responses = await server.batch([
    nested(1, '/$batch'),
    nested(2, '$BATCH/'),
    nested(3, '/%24batch'),
    nested(4, '//%24%62atch'),
    nested(5, '/v1.0/$batch'),
    reading(6, `/users/${ada}?$select=city`),
  ]);
  assert.deepEqual(Object.values(statuses(responses)), [400, 400, 400, 400, 400, 200]);
  assert.equal(responses[0]?.body.error.message, 'A batch request cannot contain another batch request.');
  assert.equal(responses[5]?.body.city, null);
});

test('each part has its own permission: what may not be done is refused, what may be is done', async () => {
  const few = await server.authorization(['GroupMember.ReadWrite.All']);
  const responses = await server.batch([adding('member', group, ada), reading('users', '/users')], few);
  assert.deepEqual(statuses(responses), { member: 204, users: 403 });
  const { code, message, details } = responses[1]?.body.error ?? {};
  assert.deepEqual(
    [code, message],
    ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  );
  assert.equal(details[0].target, 'User.Read.All');
});

test('a part cannot speak for somebody else, for another host, or for the connection', async () => {
  const few = await server.authorization(['GroupMember.Read.All']);
  const headers = {
    authorization: `Bearer ${await server.token()}`,
    Host: 'evil.example',
    Forwarded: 'host=evil.example',
    'X-Forwarded-Host': 'evil.example',
    'Content-Length': '7',
    'Transfer-Encoding': 'chunked',
  };
  const responses = await server.batch([reading(1, '/users', headers), reading(2, '/groups?$top=1', headers)], few);
  assert.deepEqual(Object.values(statuses(responses)), [403, 200]);
  assert.ok(!JSON.stringify(responses).includes('evil.example'));
});

test('what another tenant has is not found in a batch either', async () => {
  const { db } = server.database;
  const other = { displayName: 'Other', initialDomain: 'other.example', defaultUsageLocation: 'US' };
  const { tenantId } = await createTenant(db, other);
  const { clientId, clientSecret } = await createFirstApplication(db, tenantId);
  const authorization = `Bearer ${await fetchToken(server.baseUrl, tenantId, clientId, clientSecret)}`;
  const responses = await server.batch(
    [reading(1, `/users/${ada}`), patch('2', ada, { city: 'Taken over' }), adding(3, group, bea), reading(4, '/users')],
    { authorization },
  );
  assert.deepEqual(Object.values(statuses(responses)), [404, 404, 404, 200]);
  assert.deepEqual(responses[3]?.body.value, []);
});

test('a batch without a good token is refused as a whole', async () => {
  const requests = [reading(1, '/users')];
  for (const authorization of ['', 'Bearer a.b.c']) {
    const { status, body } = await server.call('POST', '/v1.0/$batch', { requests }, { authorization });
    assert.deepEqual([status, body.error.code], [401, 'InvalidAuthenticationToken']);
  }
});

test('audit entries of a batch carry the id of the batch, unless a part names its own; each part has its own request id', async () => {
  const [outer, own] = [randomUUID(), randomUUID()];
  const responses = await server.batch(
    [
      patch('1', ada, { jobTitle: 'One' }),
      patch('2', ada, { jobTitle: 'Two' }),
      patch('3', ada, { jobTitle: 'Three' }, { headers: { ...json, 'client-request-id': own } }),
    ],
    { 'client-request-id': outer },
  );
  assert.deepEqual(
    responses.map(({ headers }) => headers['client-request-id']),
    [outer, outer, own],
  );
  assert.equal(new Set(responses.map(({ headers }) => headers['request-id'])).size, 3);
  const entries = async (id: string) =>
    (await server.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=correlationId eq ${id}`)).body.value.length;
  assert.deepEqual([await entries(outer), await entries(own)], [2, 1]);
});

test('texts and bodies of a part are checked as those of a request that comes by itself', async () => {
  const nested = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
  const responses = await server.batch([
    patch('nul', ada, { city: 'a\0b' }),
    patch('half', ada, { city: '\ud800' }),
    patch('deep', ada, { city: nested }),
    patch('list', ada, []),
    patch('form', ada, {}, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=b' }),
    patch('text', ada, {}, { body: '{"city":"Ulm"}' }),
    patch('null', ada, {}, { body: null }),
    reading('long', `/users/${'x'.repeat(600)}`),
    reading('bad', '/users/%'),
  ]);
  const message = (at: number) => responses[at]?.body.error.message;
  assert.deepEqual(statuses(responses), {
    nul: 400,
    half: 400,
    deep: 400,
    list: 400,
    form: 415,
    text: 400,
    null: 400,
    long: 414,
    bad: 400,
  });
  assert.match(message(0), /character that is not allowed/);
  assert.match(message(2), /nested too deeply/);
  assert.match(message(5), /^A JSON object is required/);
});
