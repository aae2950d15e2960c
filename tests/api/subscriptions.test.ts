import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, skus, startApi } from './api-server.ts';
import { listAt, pick, textAt } from './json.ts';
import { createGroup, createUser, licenseGroup, seatsOf, statesOf } from './directory.ts';

const server = await startApi({ after });

test('a subscription can be added, read, listed, changed and deleted', async () => {
  const sent = {
    skuId: skus.ems.toUpperCase(),
    units: 5,
    startDateTime: '2026-01-01T00:00:00Z',
    endDateTime: '2127-01-01',
  };
  const answer = await server.call('POST', '/allot/v1/subscriptions', sent);
  assert.equal(answer.status, 201);
  const id = textAt(answer.body, 'id');
  const made = {
    id,
    skuId: skus.ems,
    units: 5,
    status: 'Enabled',
    startDateTime: '2026-01-01T00:00:00.000Z',
    endDateTime: '2127-01-01T00:00:00.000Z',
    nextLifecycleDateTime: '2127-01-01T00:00:00.000Z',
  };
  assert.deepEqual(answer.body, made);
  assert.match(answer.headers.get('location') ?? '', new RegExp(`/allot/v1/subscriptions/${id}$`));
  assert.deepEqual(await expectStatus(200, server.call('GET', `/allot/v1/subscriptions/${id}`)), made);
  assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/subscriptions')), { value: [made] });

  const patch = { units: 7, status: 'Warning', endDateTime: null };
  const patched = await expectStatus(200, server.call('PATCH', `/allot/v1/subscriptions/${id}`, patch));
  const { nextLifecycleDateTime: suspendedAt } = patched;
  assert.deepEqual(patched, { ...made, ...patch, nextLifecycleDateTime: suspendedAt });
  assert.ok(typeof suspendedAt === 'string' && Date.parse(suspendedAt) > Date.now());
  assert.deepEqual(await seatsOf(server, skus.ems), { usable: 7, consumed: 0, free: 7, waiting: 0 });

  await expectStatus(204, server.call('DELETE', `/allot/v1/subscriptions/${id}`));
  await expectStatus(404, server.call('GET', `/allot/v1/subscriptions/${id}`));
  await expectStatus(404, server.call('DELETE', `/allot/v1/subscriptions/${id}`));
});

test('a product that the catalogue does not have is refused with what to do', async () => {
  const skuId = '00000000-0000-4000-8000-000000000000';
  const { error } = await expectStatus(400, server.call('POST', '/allot/v1/subscriptions', { skuId, units: 1 }));
  assert.match(
    JSON.stringify(error),
    /no product 00000000-0000-4000-8000-000000000000.*\/allot\/v1\/imports\/products.*PUT \/allot\/v1\/catalogue\/products/,
  );
});

for (const [fault, body] of [
  ['a negative number of units', { skuId: skus.ems, units: -1 }],
  ['a fraction of a unit', { skuId: skus.ems, units: 1.5 }],
  ['more units than can be counted', { skuId: skus.ems, units: 10_000_001 }],
  ['no number of units', { skuId: skus.ems }],
  ['a status that Graph does not have', { skuId: skus.ems, units: 1, status: 'Paused' }],
  [
    'an end before its start',
    { skuId: skus.ems, units: 1, startDateTime: '2026-02-01T00:00:00Z', endDateTime: '2026-01-01T00:00:00Z' },
  ],
  ['a start that is no time', { skuId: skus.ems, units: 1, startDateTime: 'tomorrow' }],
  ['a field that there is not', { skuId: skus.ems, units: 1, seats: 1 }],
] as const) {
  test(`a subscription with ${fault} is refused, and there is none`, async () => {
    await expectStatus(400, server.call('POST', '/allot/v1/subscriptions', body));
    assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/subscriptions')), { value: [] });
  });
}

test('bought seats go to those who wait before the call returns, and taking them away removes nobody (L-13, L-14)', async () => {
  const made = await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 1 }));
  const [first, second] = [await createUser(server), await createUser(server)];
  await licenseGroup(server, await createGroup(server, 'Everybody', [first, second]), skus.e3);
  assert.deepEqual(await seatsOf(server, skus.e3), { usable: 1, consumed: 1, free: 0, waiting: 1 });
  assert.deepEqual(await statesOf(server, second), { 'ENTERPRISEPACK Everybody': 'Error CountViolation' });
  const line = listAt(await expectStatus(200, server.call('GET', `/allot/v1/waiting?skuId=${skus.e3}`)), 'value');
  assert.deepEqual(
    line.map((one) => pick(one, 'position', 'userId')),
    [{ position: 1, userId: second }],
  );

  await expectStatus(200, server.call('PATCH', `/allot/v1/subscriptions/${textAt(made, 'id')}`, { units: 2 }));
  assert.deepEqual(await seatsOf(server, skus.e3), { usable: 2, consumed: 2, free: 0, waiting: 0 });

  await expectStatus(204, server.call('DELETE', `/allot/v1/subscriptions/${textAt(made, 'id')}`));
  for (const user of [first, second])
    assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Everybody': 'Active None' });
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 1 }));
  assert.deepEqual(await seatsOf(server, skus.e3), { usable: 1, consumed: 2, free: -1, waiting: 0 });
});
