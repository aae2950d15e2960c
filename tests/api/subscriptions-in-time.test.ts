import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import { runWorkers } from '../../packages/server/src/workers/run-workers.ts';
import { ageTenant } from '../age-tenant.ts';
import { silentLog } from '../database.ts';
import { expectStatus, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup, seatsOf, statesOf } from './directory.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test('workers that were away move subscriptions when they are back, and everybody sees it without asking for it (L-15)', async () => {
  const sent = { skuId: skus.e3, units: 1, endDateTime: inDays(1) };
  const id = textAt(await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', sent)), 'id');
  const subscription = () => expectStatus(200, server.call('GET', `/allot/v1/subscriptions/${id}`));
  const [held, waits] = [await createUser(server), await createUser(server)];
  const group = await createGroup(server, 'Everybody', [held, waits]);
  await licenseGroup(server, group, skus.e3);
  await ageTenant(server.database.db, server.ctx.tenantId, 'P40D');
  assert.equal(at(await subscription(), 'status'), 'Enabled');

  const workers = await runWorkers(server.database, silentLog, createOutgoing({ allowPrivate: false }));
  try {
    while (at(await subscription(), 'status') === 'Enabled') await sleep(20);
    assert.equal(at(await subscription(), 'status'), 'Suspended');

    assert.deepEqual(await statesOf(server, held), { 'ENTERPRISEPACK Everybody': 'Disabled None' });
    assert.deepEqual(await statesOf(server, waits), { 'ENTERPRISEPACK Everybody': 'Error CountViolation' });
    assert.deepEqual(await seatsOf(server, skus.e3), { usable: 0, consumed: 1, free: -1, waiting: 1 });
    const select = '$select=id,licenseAssignmentStates,assignedPlans,provisionedPlans';
    const users = listAt(await expectStatus(200, server.call('GET', `/v1.0/users?${select}`)), 'value');
    const user = users.find((one) => at(one, 'id') === held);
    const states = listAt(user, 'licenseAssignmentStates').map((state) => pick(state, 'state', 'error'));
    assert.deepEqual(states, [{ state: 'Disabled', error: 'None' }]);
    for (const property of ['assignedPlans', 'provisionedPlans']) {
      const statuses = new Set(listAt(user, property).map((plan) => at(plan, 'capabilityStatus')));
      assert.deepEqual([...statuses], ['Suspended']);
    }
    const failing = await expectStatus(200, server.call('GET', `/v1.0/groups/${group}/membersWithLicenseErrors`));
    assert.deepEqual(
      listAt(failing, 'value').map((one) => at(one, 'id')),
      [waits],
    );
    const holding = `/v1.0/users?$filter=assignedLicenses/any(x:x/skuId eq ${skus.e3})&$select=id`;
    const holders = listAt(await expectStatus(200, server.call('GET', holding)), 'value');
    assert.deepEqual(
      holders.map((one) => at(one, 'id')),
      [held],
    );

    const renewed = await expectStatus(
      200,
      server.call('PATCH', `/allot/v1/subscriptions/${id}`, { endDateTime: inDays(30) }),
    );
    assert.equal(renewed['status'], 'Enabled');
    assert.deepEqual(await statesOf(server, held), { 'ENTERPRISEPACK Everybody': 'Active None' });
  } finally {
    await workers.stop();
  }
});

test('nobody can be assigned a product that is suspended directly, and the caller is told (L-15)', async () => {
  const id = await createUser(server);
  await expectStatus(
    201,
    server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 5, status: 'Suspended' }),
  );
  const body = { addLicenses: [{ skuId: skus.ems, disabledPlans: [] }], removeLicenses: [] };
  const answer = await expectStatus(400, server.call('POST', `/v1.0/users/${id}/assignLicense`, body));
  assert.match(textAt(answer, 'error', 'message'), /does not have any available licenses/);
});
