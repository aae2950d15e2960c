import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { notePendingUsers } from '@allot/store';
import { expectStatus, startApi } from './api-server.ts';
import { at } from './json.ts';

const server = await startApi({ after });

const defaults = {
  defaultUsageLocation: 'US',
  autoResolve: true,
  gracePeriod: 'P30D',
  keepUntilReplaced: false,
  onGroupDelete: 'convert',
  ruleSet: 'classic',
  warningPeriod: 'P30D',
  suspendedPeriod: 'P90D',
  auditRetention: null,
};

test('a new tenant has the settings of the rules, and a patch changes what it names', async () => {
  assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/settings')), defaults);
  const patch = { defaultUsageLocation: 'de', gracePeriod: 'P6W', onGroupDelete: 'error', keepUntilReplaced: true };
  const changed = { ...defaults, ...patch, defaultUsageLocation: 'DE' };
  assert.deepEqual(await expectStatus(200, server.call('PATCH', '/allot/v1/settings', patch)), changed);
  assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/settings')), changed);
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', defaults));
});

test('an unknown setting is refused with those that there are', async () => {
  const { error } = await expectStatus(400, server.call('PATCH', '/allot/v1/settings', { autoresolve: false }));
  assert.match(JSON.stringify(error), /There is no field 'autoresolve'/);
  for (const name of Object.keys(defaults)) assert.match(JSON.stringify(error), new RegExp(`\\b${name}\\b`));
});

for (const [name, value] of [
  ['gracePeriod', '30 days'],
  ['gracePeriod', 'PT5M'],
  ['gracePeriod', 'P'],
  ['warningPeriod', 'P99Y'],
  ['defaultUsageLocation', 'Germany'],
  ['defaultUsageLocation', 'XX'],
  ['autoResolve', 'true'],
  ['onGroupDelete', 'keep'],
  ['ruleSet', 'modern'],
] as const) {
  test(`${name} cannot be ${JSON.stringify(value)}, and a refused patch changes nothing`, async () => {
    const { error } = await expectStatus(
      400,
      server.call('PATCH', '/allot/v1/settings', { keepUntilReplaced: true, [name]: value }),
    );
    assert.equal(at(error, 'details', 0, 'target'), name);
    assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/settings')), defaults);
  });
}

test('users whose change was only recorded are settled when autoResolve becomes true again', async () => {
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { autoResolve: false }));
  await notePendingUsers(server.database.db, server.ctx.tenantId, [1], 'attribute');
  const deferred = async () =>
    (await sql<{ deferred: boolean }>`select deferred from allot.pending_user`.execute(server.database.db)).rows;
  assert.deepEqual(await deferred(), [{ deferred: true }]);
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { gracePeriod: 'P31D' }));
  assert.deepEqual(await deferred(), [{ deferred: true }]);
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', defaults));
  assert.deepEqual(await deferred(), [{ deferred: false }]);
  await server.settle();
  assert.deepEqual(await deferred(), []);
});

test('a changed setting is in the audit log with its old and new value', async () => {
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { suspendedPeriod: 'P1Y' }));
  const { rows } = await sql<{ targets: { modifiedProperties: unknown }[] }>`
    select targets from allot.audit where activity = 'Update settings' order by activity_at desc limit 1
  `.execute(server.database.db);
  assert.deepEqual(rows[0]?.targets[0]?.modifiedProperties, [
    { displayName: 'suspendedPeriod', oldValue: '"P90D"', newValue: '"P1Y"' },
  ]);
});
