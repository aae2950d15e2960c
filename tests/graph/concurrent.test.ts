import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { createdId, newGroup, newUser, startGraph } from './graph-server.ts';

const graph = await startGraph({ after });

const atOnce = 8;
const statuses = async (calls: readonly Promise<{ readonly status: number }>[]): Promise<readonly number[]> =>
  (await Promise.all(calls)).map(({ status }) => status).toSorted((a, b) => a - b);
const times = <T>(make: (at: number) => T): readonly T[] => Array.from({ length: atOnce }, (_, at) => make(at));

test('of those who add the same member at the same time, one succeeds', async () => {
  const groupId = await createdId(graph, '/v1.0/groups', newGroup());
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const reference = { '@odata.id': `https://x/v1.0/users/${userId}` };
  const answers = await statuses(times(() => graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, reference)));
  assert.deepEqual(answers, [204, ...times(() => 400).slice(1)]);
});

test('of those who create the same user at the same time, one succeeds', async () => {
  const answers = await statuses(
    times(() => graph.call('POST', '/v1.0/users', newUser({ userPrincipalName: 'one@test.example' }))),
  );
  assert.deepEqual(answers, [201, ...times(() => 400).slice(1)]);
});

test('of those who delete the same user at the same time, one succeeds', async () => {
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const answers = await statuses(times(() => graph.call('DELETE', `/v1.0/users/${userId}`)));
  assert.deepEqual(answers, [204, ...times(() => 404).slice(1)]);
});

test('users who get the same address at the same time all see that they share it (L-11)', async () => {
  const ids = await Promise.all(times(() => createdId(graph, '/v1.0/users', newUser())));
  await graph.settle();
  const half = ids.length / 2;
  await Promise.all([
    ...ids.slice(0, half).map((id) => graph.call('PATCH', `/v1.0/users/${id}`, { mail: 'shared@test.example' })),
    ...ids.slice(half).map(() => graph.call('POST', '/v1.0/users', newUser({ mail: 'Shared@test.example' }))),
    graph.settle(),
  ]);
  await graph.settle();
  const { rows } = await sql<{ shares: boolean; users: number }>`
    select c.shares_address as shares, count(*) as users
    from allot.user_address a
    join allot.user_cohort uc on uc.tenant_id = a.tenant_id and uc.user_no = a.user_no
    join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    where a.tenant_id = ${graph.ctx.tenantId} and a.address = 'shared@test.example'
    group by c.shares_address
  `.execute(graph.database.db);
  assert.deepEqual(rows, [{ shares: true, users: atOnce }]);
});

test('whatever is changed at the same time, nothing deadlocks and nothing fails', async () => {
  const groupIds = await Promise.all(
    times((at) => createdId(graph, '/v1.0/groups', newGroup({ mailNickname: `g${at}` }))),
  );
  const userIds = await Promise.all(
    times(() => createdId(graph, '/v1.0/users', newUser({ mail: 'crowd@test.example' }))),
  );
  const bind = (ids: readonly string[]) => ({ 'members@odata.bind': ids.map((id) => `https://x/v1.0/users/${id}`) });
  const answers = await statuses([
    ...groupIds.map((id, at) =>
      graph.call('PATCH', `/v1.0/groups/${id}`, bind(at % 2 === 0 ? userIds : userIds.toReversed())),
    ),
    ...userIds.map((id, at) =>
      graph.call('PATCH', `/v1.0/users/${id}`, { mail: `moved${at % 3}@test.example`, usageLocation: 'FR' }),
    ),
    ...times(() => graph.call('POST', '/v1.0/users', newUser({ mail: 'moved1@test.example' }))),
  ]);
  assert.deepEqual(answers, [...times(() => 201), ...times(() => 204), ...times(() => 204)]);
  await graph.settle();
});
