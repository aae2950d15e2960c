import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchServer, type BatchServer, json, type Request, type Response, statuses } from './batch-server.ts';

/** A batch whose first change waits for the database until the test lets it go on. */
async function waitingBatch(t: TestContext) {
  const server = await batchServer(t);
  const first = await server.created('/users');
  const second = await server.created('/users');
  const client = await server.database.pool.connect();
  await client.query('begin');
  await client.query('select from allot.directory_user where tenant_id = $1 and id = $2 for update', [
    server.tenantId,
    first,
  ]);
  const waiting = 'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))';
  return {
    server,
    users: [first, second] as const,
    requests: [patch(1, first), patch(2, second)],
    reached: async () => {
      while ((await client.query(waiting)).rows.length === 0) await sleep(5);
    },
    release: async () => {
      await client.query('rollback');
      client.release();
    },
  };
}

const patch = (id: number, userId: string): Request => ({
  id,
  method: 'PATCH',
  url: `/users/${userId}`,
  headers: json,
  body: { city: 'Ulm' },
});

const cityOf = async (server: BatchServer, userId: string): Promise<unknown> =>
  (await server.call('GET', `/v1.0/users/${userId}?$select=city`)).body.city;

/** A connection that is kept for later requests keeps the server from stopping until it is tired of it. */
async function batchOnItsOwnConnection(
  server: BatchServer,
  requests: readonly Request[],
): Promise<readonly Response[]> {
  const headers = { authorization: `Bearer ${await server.token()}`, ...json };
  const asked = request(`${server.baseUrl}/v1.0/$batch`, { method: 'POST', agent: false, headers });
  asked.end(JSON.stringify({ requests }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]; // what the event carries
  assert.equal(answer.statusCode, 200);
  const { responses } = JSON.parse(await text(answer)) as { responses: readonly Response[] }; // what batches answer
  return responses;
}

test('when the client goes away, what has begun is finished and nothing further is begun', async (t) => {
  const { server, users, requests, reached, release } = await waitingBatch(t);
  const abort = new AbortController();
  const asked = fetch(`${server.baseUrl}/v1.0/$batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.token()}`, ...json },
    body: JSON.stringify({ requests }),
    signal: abort.signal,
  });
  await reached();
  abort.abort();
  await assert.rejects(asked, { name: 'AbortError' });
  // The server hears of it before this, which is sent later.
  await server.call('GET', '/health');
  await release();
  while ((await cityOf(server, users[0])) !== 'Ulm') await sleep(5);
  await server.call('PATCH', `/v1.0/users/${users[1]}`, { department: 'Later' });
  assert.equal(await cityOf(server, users[1]), null);
});

test('when the server stops, what has begun is answered and the rest is told to come again', async (t) => {
  const { server, requests, reached, release } = await waitingBatch(t);
  const asked = batchOnItsOwnConnection(server, requests);
  await reached();
  const stopped = server.running.stop();
  const listens = async () =>
    fetch(`${server.baseUrl}/health`).then(
      () => true,
      () => false,
    );
  while (await listens()) await sleep(5);
  await release();
  const responses = await asked;
  assert.deepEqual(statuses(responses), { 1: 204, 2: 503 });
  assert.equal(responses[1]?.headers['Retry-After'], '5');
  assert.equal(responses[1]?.body.error.code, 'ServiceUnavailable');
  await stopped;
});
