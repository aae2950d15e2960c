import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loadErrors, loadSampleUsers, loadSampleUsersOfEach } from '@allot/store';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { at, listAt, pick } from './json.ts';
import { createGroup, createUser, licenseGroup, seatsOf, statesOf } from './directory.ts';

const server = await startApi({ after });

const untouched = {
  atomicity: 'bundle',
  priority: 100,
  licenseInheritance: 'direct',
  newPlans: 'on',
  prerequisites: 'group',
  state: 'ProcessingComplete',
  done: 0,
  total: 0,
  failed: 0,
  etaSeconds: null,
  deletionRequestedDateTime: null,
  rule: null,
};

test('a group that nobody configured licenses as the rules say, and a patch changes what it names', async () => {
  const group = await createGroup(server, 'Plain');
  assert.deepEqual(await expectStatus(200, server.call('GET', `/allot/v1/groups/${group}/licensing`)), untouched);
  const patch = { atomicity: 'product', priority: 5, newPlans: 'off', prerequisites: 'user' };
  const settled = { ...untouched, ...patch };
  for (const _again of [1, 2]) {
    assert.deepEqual(
      await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${group}/licensing`, patch)),
      settled,
    );
  }
  assert.deepEqual(await expectStatus(200, server.call('GET', `/allot/v1/groups/${group}/licensing`)), settled);
});

test('a patch with an unknown field or a wrong value changes nothing', async () => {
  const group = await createGroup(server, 'Refused');
  for (const patch of [
    { priority: -1 },
    { priority: 1, atomicity: 'half' },
    { priority: 1, color: 'red' },
    { priority: 1, state: 'Done' },
  ]) {
    await expectStatus(400, server.call('PATCH', `/allot/v1/groups/${group}/licensing`, patch));
  }
  assert.deepEqual(await expectStatus(200, server.call('GET', `/allot/v1/groups/${group}/licensing`)), untouched);
});

test('a group that does not exist is not found', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'Plain']) {
    for (const path of ['licensing', 'errors'])
      await expectStatus(404, server.call('GET', `/allot/v1/groups/${id}/${path}`));
    await expectStatus(404, server.call('PATCH', `/allot/v1/groups/${id}/licensing`, { priority: 1 }));
    await expectStatus(404, server.call('POST', `/allot/v1/groups/${id}/reprocess`));
  }
});

test('the group with the lower priority is served first from then on (L-14)', async () => {
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 0 }));
  const [early, late] = [await createUser(server), await createUser(server)];
  await licenseGroup(server, await createGroup(server, 'Early', [early]), skus.ems);
  const urgent = await createGroup(server, 'Late', [late]);
  await licenseGroup(server, urgent, skus.ems);
  const lineOf = async () => {
    const line = await expectStatus(200, server.call('GET', `/allot/v1/waiting?skuId=${skus.ems}`));
    return listAt(line, 'value').map((one) => at(one, 'userId'));
  };
  assert.deepEqual(await lineOf(), [early, late]);
  await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${urgent}/licensing`, { priority: 1 }));
  await server.settle();
  assert.deepEqual(await lineOf(), [late, early]);
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 1 }));
  assert.deepEqual(await statesOf(server, late), { 'EMS Late': 'Active None' });
  assert.deepEqual(await statesOf(server, early), { 'EMS Early': 'Error CountViolation' });
});

test('the waiting line comes in pages that follow each other', async () => {
  const users = [];
  for (let count = 0; count < 3; count += 1) users.push(await createUser(server));
  await licenseGroup(server, await createGroup(server, 'Queue', users), skus.ems);
  const seen: unknown[] = [];
  let path: string | undefined = `/allot/v1/waiting?skuId=${skus.ems}&$top=2`;
  while (path !== undefined) {
    const page = await expectStatus(200, server.call('GET', path));
    seen.push(...listAt(page, 'value').map((one) => at(one, 'position')));
    const next = page['@odata.nextLink'];
    path = typeof next === 'string' ? next.slice(new URL(next).origin.length) : undefined;
  }
  assert.deepEqual(seen, [1, 2, 3, 4]);
  await expectStatus(400, server.call('GET', '/allot/v1/waiting'));
  await expectStatus(400, server.call('GET', '/allot/v1/waiting?skuId=EMS'));
  await expectStatus(400, server.call('GET', `/allot/v1/waiting?skuId=${skus.ems}&$top=0`));
});

test('a group cannot be made to meet requirements by itself while its bundle does not (L-24)', async () => {
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 5 }));
  const requirements = [{ plan: plans.sway, anyOf: [plans.exchange1] }];
  await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', { exclusions: [], requirements }));
  const group = await createGroup(server, 'Leaning');
  await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${group}/licensing`, { prerequisites: 'user' }));
  await licenseGroup(server, group, skus.e3);
  const { error } = await expectStatus(
    400,
    server.call('PATCH', `/allot/v1/groups/${group}/licensing`, { prerequisites: 'group', priority: 7 }),
  );
  assert.match(JSON.stringify(error), /depends on the service plan/);
  const { prerequisites, priority } = await expectStatus(
    200,
    server.call('GET', `/allot/v1/groups/${group}/licensing`),
  );
  assert.deepEqual({ prerequisites, priority }, { prerequisites: 'user', priority: 100 });
});

test('errors of a group are folded by cause, and reprocessing is accepted and settles them again (L-17)', async () => {
  const group = await createGroup(server, 'Short', [await createUser(server), await createUser(server)]);
  await licenseGroup(server, group, skus.ems);
  const causes = listAt(await expectStatus(200, server.call('GET', `/allot/v1/groups/${group}/errors`)), 'value');
  assert.deepEqual(
    causes.map((cause) => pick(cause, 'error', 'skuId', 'count')),
    [{ error: 'CountViolation', skuId: skus.ems, count: 2 }],
  );
  assert.equal(listAt(causes, 0, 'sampleUsers').length, 2);
  await expectStatus(202, server.call('POST', `/allot/v1/groups/${group}/reprocess`));
  assert.equal((await expectStatus(200, server.call('GET', '/allot/v1/processing')))['pending'], 1);
  await server.settle();
  assert.equal((await expectStatus(200, server.call('GET', '/allot/v1/processing')))['pending'], 0);
  assert.equal((await seatsOf(server, skus.ems))['waiting'], 6);
});

test('addresses of a user are read and replaced, and two users may share one (L-11)', async () => {
  const [ann, bob] = [await createUser(server, { userPrincipalName: 'ann@test.example' }), await createUser(server)];
  const proxyAddresses = ['SMTP:ann@test.example', 'smtp:shared@test.example'];
  await expectStatus(204, server.call('PUT', '/allot/v1/users/ann@test.example/addresses', { proxyAddresses }));
  assert.deepEqual(await expectStatus(200, server.call('GET', `/allot/v1/users/${ann}/addresses`)), {
    proxyAddresses,
    sharedAddresses: [],
  });
  await expectStatus(
    204,
    server.call('PUT', `/allot/v1/users/${bob}/addresses`, { proxyAddresses: ['SMTP:Shared@test.example'] }),
  );
  const { sharedAddresses } = await expectStatus(200, server.call('GET', `/allot/v1/users/${bob}/addresses`));
  assert.deepEqual(sharedAddresses, [
    { address: 'shared@test.example', userId: ann, userPrincipalName: 'ann@test.example' },
  ]);
  await expectStatus(400, server.call('PUT', `/allot/v1/users/${bob}/addresses`, {}));
  await expectStatus(404, server.call('GET', '/allot/v1/users/nobody@test.example/addresses'));
});

test('users named with a cause are the first of it, whether one cause is looked at or many together', async () => {
  const many: string[] = [];
  for (let n = 0; n < 7; n += 1) many.push(await createUser(server));
  await licenseGroup(server, await createGroup(server, 'Too many', many), skus.ems);
  const { db, tenantId } = server.ctx;
  const sets = (await loadErrors(db, tenantId)).map(({ cohortNos }) => cohortNos);
  const first = 5;
  const together = await loadSampleUsersOfEach(db, tenantId, sets, first);
  const alone = [];
  for (const cohortNos of sets) alone.push(await loadSampleUsers(db, tenantId, cohortNos, first));
  assert.deepEqual(together, alone);
  assert.deepEqual(
    together.map(({ length }) => length).filter((length) => length === first || length === 0),
    [first],
  );
  assert.deepEqual(await loadSampleUsersOfEach(db, tenantId, [], first), []);
});
