import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createThrottle, defaultLimits } from '../../packages/server/src/http/index.ts';
import { adding, batchServer, reading, removing, statuses } from './batch-server.ts';
import { startGraph, textOf, textsOf } from './graph-server.ts';

let nowMs = 0;
const throttle = createThrottle({ resourceUnits: 10, writes: 3 }, () => nowMs);
const graph = await startGraph({ after }, defaultLimits, throttle);
/** Everything that was used comes back. */
const muchLater = () => {
  nowMs += 1_000_000;
};

test('answers say what they cost', async () => {
  for (const [path, units] of [
    ['/v1.0/users', '2'],
    ['/v1.0/users?$select=id', '1'],
    ['/beta/subscribedSkus', '3'],
    ['/v1.0/users/nobody', '1'],
    ['/v1.0/groups?$expand=members', '2'],
  ] as const) {
    muchLater();
    const { headers } = await graph.call('GET', path);
    assert.equal(headers['x-ms-resource-unit'], units, path);
    assert.equal(headers['x-ms-throttle-limit-percentage'], undefined);
  }
});

test('an application that asks too much gets 429 with all that Graph says then, and what it sent is not done', async () => {
  muchLater();
  const group = { displayName: 'Throttled', mailEnabled: false, mailNickname: 'throttled', securityEnabled: true };
  for (const share of [undefined, undefined, '1']) {
    const { status, headers } = await graph.call('POST', '/v1.0/groups', group);
    assert.deepEqual([status, headers['x-ms-throttle-limit-percentage']], [201, share]);
  }
  const { status, headers, body } = await graph.call('POST', '/v1.0/groups', group);
  assert.equal(status, 429);
  assert.equal(headers['retry-after'], '50');
  assert.equal(headers['x-ms-throttle-information'], 'WriteLimitExceeded');
  assert.match(
    textOf(headers['x-ms-throttle-scope']),
    new RegExp(`^Tenant_Application/Write/[0-9a-f-]{36}/${graph.ctx.tenantId}$`),
  );
  assert.equal(headers['x-ms-throttle-limit-percentage'], '1.33');
  const { date, advice, ...inner } = body['error']?.['innerError'] ?? {};
  assert.match(textOf(date), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  assert.match(textOf(advice), /3 writes in 150 seconds.*after 50 seconds.*ALLOT_THROTTLE_WRITES/);
  assert.deepEqual(
    { code: body['error']?.['code'], message: body['error']?.['message'], inner },
    {
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      inner: {
        code: '429',
        message: 'Please retry after',
        status: '429',
        'request-id': headers['request-id'],
        'client-request-id': headers['client-request-id'],
      },
    },
  );
  assert.equal((await graph.call('GET', '/v1.0/groups')).status, 200);
  nowMs += 50_000;
  assert.equal((await graph.call('POST', '/v1.0/groups', group)).status, 201);
  muchLater();
  const { body: groups } = await graph.call('GET', '/v1.0/groups/$count', undefined, { ConsistencyLevel: 'eventual' });
  assert.equal(textOf(groups), '4');
});

test('one application does not use up what another may', async () => {
  muchLater();
  const other = await graph.authorization(['User.Read.All']);
  while ((await graph.call('GET', '/v1.0/users')).status !== 429);
  assert.equal((await graph.call('GET', '/v1.0/users', undefined, other)).status, 200);
});

test('each part of a batch is throttled by itself, and the batch costs nothing', async () => {
  muchLater();
  const requests = ['/subscribedSkus', '/subscribedSkus', '/subscribedSkus', '/subscribedSkus', '/users/nobody'];
  const { status, headers, body } = await graph.call('POST', '/v1.0/$batch', {
    requests: requests.map((url, at) => ({ id: String(at), method: 'GET', url, ...(at > 0 ? { dependsOn: [] } : {}) })),
  });
  assert.deepEqual([status, headers['x-ms-resource-unit']], [200, undefined]);
  // The fourth wants 3 units of the one that is left; the last gets that.
  const answers = JSON.parse(JSON.stringify(body['responses']));
  assert.deepEqual(
    answers.map((one: { status: number }) => one.status),
    [200, 200, 200, 429, 404],
  );
  assert.equal(answers[3].headers['Retry-After'], '2');
  assert.equal(answers[3].headers['x-ms-throttle-information'], 'ResourceUnitLimitExceeded');
  assert.equal(answers[3].body.error.message, 'Please retry again later.');
  assert.equal(answers[4].headers['x-ms-resource-unit'], '1');
});

test('a request that says it can wait is refused while others are done, also as a part of a batch', async () => {
  muchLater();
  const ask = async (priority: string) =>
    (await graph.call('GET', '/v1.0/users?$select=id', undefined, { 'x-ms-throttle-priority': priority })).status;
  for (let done = 0; done < 8; done += 1) assert.equal(await ask('Low'), 200);
  assert.deepEqual([await ask('Low'), await ask('Normal')], [429, 200]);
  const { body } = await graph.call('POST', '/v1.0/$batch', {
    requests: ['Low', 'Normal', 'High'].map((priority, at) => ({
      id: String(at),
      method: 'GET',
      url: '/users?$select=id',
      headers: { 'x-ms-throttle-priority': priority },
    })),
  });
  assert.deepEqual(textsOf(body['responses'], 'status'), ['429', '200', '200']);
  assert.deepEqual([await ask('Normal'), await ask('High')], [429, 429]);
});

test('the limits of a server are its settings; what depends on a part that is throttled is not done', async (t) => {
  const server = await batchServer(t, { ALLOT_THROTTLE_WRITES: '4', ALLOT_THROTTLE_UNITS: '0' });
  const [ada, group] = [await server.created('/users'), await server.created('/groups')];
  const responses = await server.batch([
    adding(1, group, ada),
    removing(2, group, ada),
    adding(3, group, ada),
    { ...reading(4, `/groups/${group}/members`), dependsOn: [3] },
    reading(5, '/users'),
  ]);
  assert.deepEqual(statuses(responses), { 1: 204, 2: 204, 3: 429, 4: 424, 5: 200 });
  assert.equal(responses[2]?.headers['x-ms-throttle-information'], 'WriteLimitExceeded');
  assert.deepEqual(await server.memberIds(group), []);
});
