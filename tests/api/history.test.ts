import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { removeOldAudit } from '@allot/store';
import { mergeEqualCohorts } from '../../packages/server/src/operations/licensing/merge-equal-cohorts.ts';
import type { Permission } from '../../packages/server/src/sign-in/index.ts';
import { ageTenant } from '../age-tenant.ts';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup } from './directory.ts';
import { at, listAt, textAt } from './json.ts';

const server = await startApi({ after });
const analytics = '3d957427-ecdc-4df2-aacd-01cc9d519da8';
const { ctx, database } = server;
const history = (user: string, query = '') =>
  expectStatus(200, server.call('GET', `/allot/v1/users/${user}/history${query}`));
const licensesAt = async (user: string, instant: Date) =>
  shown(await history(user, `?at=${encodeURIComponent(instant.toISOString())}`));
const shown = (past: unknown) =>
  listAt(past, 'licenses').map((one) =>
    ['skuPartNumber', 'sourceName', 'state', 'error'].map((name) => textAt(one, name)).join(' '),
  );
const afterAWhile = async () => {
  await new Promise((done) => setTimeout(done, 5));
  const now = new Date();
  await new Promise((done) => setTimeout(done, 5));
  return now;
};
const assign = (path: string, add: readonly object[], remove: readonly string[] = []) =>
  server.call('POST', `/v1.0/${path}/assignLicense`, { addLicenses: add, removeLicenses: remove });

await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: 1 }));
const e3 = textAt(
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 1 })),
  'id',
);

test('a history tells what a user had at every instant, and the change that made it so (L-31)', async () => {
  const start = await afterAWhile();
  const [first, second] = [await createUser(server), await createUser(server)];
  const sales = await createGroup(server, 'Sales', [first, second]);
  await server.settle();
  const unlicensed = await afterAWhile();
  await licenseGroup(server, sales, skus.e3);
  const licensed = await afterAWhile();
  await expectStatus(200, server.call('PATCH', `/allot/v1/subscriptions/${e3}`, { units: 2 }));
  const bought = await afterAWhile();

  assert.deepEqual(await licensesAt(first, start), []);
  assert.deepEqual(await licensesAt(second, unlicensed), []);
  assert.deepEqual(await licensesAt(first, licensed), ['ENTERPRISEPACK Sales Active None']);
  assert.deepEqual(await licensesAt(second, licensed), ['ENTERPRISEPACK Sales Error CountViolation']);
  assert.deepEqual(await licensesAt(second, bought), ['ENTERPRISEPACK Sales Active None']);
  assert.deepEqual(await licensesAt(second, new Date(Date.now() + 86_400_000)), ['ENTERPRISEPACK Sales Active None']);

  const moments = listAt(await history(second), 'value');
  assert.deepEqual(
    moments.map((moment) => [textAt(at(moment, 'change'), 'activity'), ...shown(moment)]),
    [
      ['Update subscription', 'ENTERPRISEPACK Sales Active None'],
      ['Finish applying group based license to users', 'ENTERPRISEPACK Sales Error CountViolation'],
    ],
  );
  // Who did it is in the audit log, under the id that the change names.
  const correlationId = textAt(at(moments[0], 'change'), 'correlationId');
  const audit = await expectStatus(
    200,
    server.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=correlationId eq '${correlationId}'`),
  );
  assert.deepEqual(
    listAt(audit, 'value').map((entry) => at(entry, 'activityDisplayName')),
    ['Update subscription'],
  );

  const seats = async (instant: Date) =>
    listAt(await expectStatus(200, server.call('GET', `/allot/v1/seats?at=${instant.toISOString()}`)), 'value')
      .filter((one) => at(one, 'skuId') === skus.e3)
      .map((one) => [at(one, 'consumedUnits'), at(one, 'usableUnits')]);
  assert.deepEqual(await seats(unlicensed), [[0, 1]]);
  assert.deepEqual(await seats(licensed), [[1, 1]]);
  assert.deepEqual(await seats(bought), [[2, 2]]);
});

test('a series of seats says what was usable and consumed at each instant, as asking for each instant does (L-31)', async () => {
  const subscription = textAt(
    await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 2 })),
    'id',
  );
  const from = await afterAWhile();
  const [one, two] = [await createUser(server), await createUser(server)];
  for (const user of [one, two])
    await expectStatus(200, assign(`users/${user}`, [{ skuId: skus.ems, disabledPlans: [] }]));
  await expectStatus(200, server.call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 5 }));
  await expectStatus(200, assign(`users/${one}`, [], [skus.ems]));
  const to = await afterAWhile();
  const series = (query: string) => expectStatus(200, server.call('GET', `/allot/v1/seats/series?${query}`));
  const span = `from=${from.toISOString()}&to=${to.toISOString()}`;
  const told = listAt(await series(`skuId=${skus.ems}&${span}&points=40`), 'value');
  assert.equal(told.length, 1);
  const points = listAt(told[0], 'points');
  assert.equal(points.length, 40);
  assert.deepEqual([at(points[0], 'at'), at(points.at(-1), 'at')], [from.toISOString(), to.toISOString()]);
  const numbers = (point: unknown) => [at(point, 'consumedUnits'), at(point, 'usableUnits')];
  assert.deepEqual(
    [numbers(points[0]), numbers(points.at(-1))],
    [
      [0, 2],
      [1, 5],
    ],
  );
  for (const point of points) {
    const then = await expectStatus(200, server.call('GET', `/allot/v1/seats?at=${textAt(point, 'at')}`));
    assert.deepEqual(numbers(point), numbers(listAt(then, 'value').find((seats) => at(seats, 'skuId') === skus.ems)));
  }
  // Of all products, those without any change in this time too.
  const all = listAt(await series(`${span}&points=2`), 'value');
  assert.deepEqual(
    all.map((seats) => at(seats, 'skuPartNumber')),
    ['EMS', 'ENTERPRISEPACK', 'STANDARDPACK'],
  );
  assert.equal(listAt(listAt(await series(''), 'value')[0], 'points').length, 61);
  for (const query of ['points=1', 'points=401', 'from=yesterday', `from=${to.toISOString()}&to=${from.toISOString()}`])
    await expectStatus(400, server.call('GET', `/allot/v1/seats/series?${query}`));
});

test('an entry says when it changed, and nothing else that changes moves that time (L-27)', async () => {
  const [user, other] = [await createUser(server), await createUser(server)];
  const quiet = await createGroup(server, 'Quiet', [user, other]);
  const busy = await createGroup(server, 'Busy', [user]);
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 9 }));
  await licenseGroup(server, quiet, skus.e3);
  const updated = async (group: string) => {
    const path = `/v1.0/users/${user}?$select=licenseAssignmentStates,assignedPlans`;
    const states = listAt(await expectStatus(200, server.call('GET', path)), 'licenseAssignmentStates');
    return at(
      states.find((one) => at(one, 'assignedByGroup') === group),
      'lastUpdatedDateTime',
    );
  };
  const since = await updated(quiet);
  assert.equal(typeof since, 'string');
  await licenseGroup(server, busy, skus.e3, [plans.yammer]);
  assert.equal(await updated(quiet), since);
  const busySince = await updated(busy);
  await licenseGroup(server, busy, skus.e3, [plans.sway]);
  assert.notEqual(await updated(busy), busySince);
  await expectStatus(204, server.call('DELETE', `/v1.0/groups/${quiet}/members/${other}/$ref`));
  await server.settle();
  while (await mergeEqualCohorts(ctx));
  assert.equal(await updated(quiet), since);
});

test('a plan that is lost is suspended for the grace period and deleted after it, and comes back with nothing lost (L-20)', async () => {
  const user = await createUser(server);
  await expectStatus(200, assign(`users/${user}`, [{ skuId: skus.e1, disabledPlans: [] }]));
  const path = `/v1.0/users/${user}?$select=assignedPlans,provisionedPlans,assignedLicenses`;
  const read = () => expectStatus(200, server.call('GET', path));
  const statuses = async (property: string) =>
    [...new Set(listAt(await read(), property).map((one) => textAt(one, 'capabilityStatus')))].toSorted();
  const [given] = listAt(await read(), 'assignedPlans');
  assert.deepEqual(await statuses('assignedPlans'), ['Enabled']);

  await expectStatus(200, assign(`users/${user}`, [], [skus.e1]));
  assert.deepEqual(listAt(await read(), 'assignedLicenses'), []);
  for (const property of ['assignedPlans', 'provisionedPlans'])
    assert.deepEqual(await statuses(property), ['Suspended']);
  await ageTenant(database.db, ctx.tenantId, 'P29D');
  assert.deepEqual(await statuses('assignedPlans'), ['Suspended']);
  await expectStatus(200, assign(`users/${user}`, [{ skuId: skus.e1, disabledPlans: [] }]));
  assert.deepEqual(await statuses('assignedPlans'), ['Enabled']);
  const [back] = listAt(await read(), 'assignedPlans');
  assert.ok(textAt(back, 'assignedDateTime') > textAt(given, 'assignedDateTime'));

  await expectStatus(200, assign(`users/${user}`, [], [skus.e1]));
  await ageTenant(database.db, ctx.tenantId, 'P31D');
  for (const property of ['assignedPlans', 'provisionedPlans']) assert.deepEqual(await statuses(property), ['Deleted']);
  assert.deepEqual(
    listAt(await expectStatus(200, server.call('GET', `/v1.0/users/${user}/licenseDetails`)), 'value'),
    [],
  );
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { gracePeriod: 'P60D' }));
  assert.deepEqual(await statuses('assignedPlans'), ['Suspended']);
});

test('an instant without a zone, or none at all, is refused with what to send', async () => {
  const user = await createUser(server);
  for (const instant of ['2026-11-20', '2026-11-20T08:00:00', 'yesterday', '2026-13-01T00:00:00Z']) {
    const answer = await server.call('GET', `/allot/v1/users/${user}/history?at=${instant}`);
    assert.equal(answer.status, 400, instant);
    assert.match(JSON.stringify(answer.body), /at=2026-11-20T08:00:00Z/);
  }
  assert.deepEqual(shown(await history(user, '?at=2026-11-20T10:00:00+02:00')), []);
  await expectStatus(404, server.call('GET', '/allot/v1/users/nobody@test.example/history'));
});

/** Of each moment, newest first: `ACTIVITY by WHO: TARGETS` of its causes. */
const causes = async (user: string) =>
  listAt(await history(user), 'value').map((moment) =>
    listAt(moment, 'change', 'causes').map((cause) => {
      const about = listAt(cause, 'targets').map((target) => String(at(target, 'displayName')));
      return `${textAt(cause, 'activity')} by ${textAt(cause, 'initiatedBy', 'displayName')}: ${about.join(', ')}`;
    }),
  );
const member = (group: string, user: string) =>
  server.call('POST', `/v1.0/groups/${group}/members/$ref`, {
    '@odata.id': `http://x/v1.0/directoryObjects/${user}`,
  });

test('each moment of a history names the call that caused it, and who made that (L-31)', async () => {
  const free = await expectStatus(200, server.call('GET', '/allot/v1/seats'));
  const e1 = listAt(free, 'value').find((one) => at(one, 'skuId') === skus.e1);
  assert.deepEqual([at(e1, 'consumedUnits'), at(e1, 'usableUnits')], [0, 1]);
  const [ada, bob] = [
    await createUser(server, { displayName: 'Ada' }),
    await createUser(server, { displayName: 'Bob' }),
  ];
  const staff = await createGroup(server, 'Staff', [ada]);
  await server.settle();
  await licenseGroup(server, staff, skus.e1);
  await expectStatus(204, member(staff, bob));
  await server.settle();
  const more = await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: 1 }));

  assert.deepEqual(await causes(ada), [['Set group license by Test: Staff']]);
  assert.deepEqual(await causes(bob), [
    ['Add subscription by Test: null'],
    ['Add member to group by Test: Bob, Staff'],
  ]);

  // Freed by somebody of another group: nothing names the user who gets the seat.
  await expectStatus(204, server.call('DELETE', `/allot/v1/subscriptions/${textAt(more, 'id')}`));
  const cyd = await createUser(server, { displayName: 'Cyd' });
  await createGroup(server, 'Elsewhere', [cyd]).then((group) => licenseGroup(server, group, skus.e1));
  for (const one of [ada, bob])
    await expectStatus(204, server.call('DELETE', `/v1.0/groups/${staff}/members/${one}/$ref`));
  await server.settle();
  // Two calls, settled together: each user is told its own, and who only gains by them both.
  assert.deepEqual((await causes(ada))[0], ['Remove member from group by Test: Ada, Staff']);
  assert.deepEqual((await causes(bob))[0], ['Remove member from group by Test: Bob, Staff']);
  assert.deepEqual((await causes(cyd))[0], [
    'Remove member from group by Test: Bob, Staff',
    'Remove member from group by Test: Ada, Staff',
  ]);
});

test('a deleted user has a history by its id, and deletion and restoration are causes in it', async () => {
  const dan = await createUser(server, { displayName: 'Dan' });
  await server.settle();
  await expectStatus(200, assign(`users/${dan}`, [{ skuId: skus.e3, disabledPlans: [] }]));
  await expectStatus(204, server.call('DELETE', `/v1.0/users/${dan}`));
  await server.settle();
  const [deleted, given] = listAt(await history(dan), 'value');
  assert.deepEqual([shown(deleted), shown(given)], [[], ['ENTERPRISEPACK Direct Active None']]);
  await expectStatus(200, server.call('POST', `/v1.0/directory/deletedItems/${dan}/restore`));
  assert.deepEqual(await causes(dan), [
    ['Restore user by Test: Dan'],
    ['Delete user by Test: Dan'],
    ['Change user license by Test: Dan'],
  ]);
});

test('what a deleted group leaves behind as direct is caused by its deletion (L-25)', async () => {
  const eve = await createUser(server, { displayName: 'Eve' });
  const old = await createGroup(server, 'Old', [eve]);
  await licenseGroup(server, old, skus.e3);
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: analytics, units: 1 }));
  await expectStatus(200, assign(`users/${eve}`, [{ skuId: analytics, disabledPlans: [] }]));
  await expectStatus(202, server.call('DELETE', `/v1.0/groups/${old}?removeLicenses=true`));
  await server.settle();
  const [converted, kept] = listAt(await history(eve), 'value');
  assert.deepEqual(shown(converted).toSorted(), [
    'ENTERPRISEPACK Direct Active None',
    'WORKPLACE_ANALYTICS Direct Active None',
  ]);
  assert.ok(shown(kept).includes('ENTERPRISEPACK Old ActiveWithError DependencyViolation'));
  const [asDirect, asKept] = await causes(eve);
  assert.ok(asDirect?.includes('Delete group by Test: Old'), String(asDirect));
  assert.deepEqual(asKept, ['Set group license by Test: Old']);
});

test('a history is its tenant’s own; who caused a change is told to those who may read the audit log', async (t) => {
  const gil = await createUser(server);
  await expectStatus(200, assign(`users/${gil}`, [{ skuId: skus.e3, disabledPlans: [] }]));
  const path = `/allot/v1/users/${gil}/history`;
  const as = async (...permissions: readonly Permission[]) =>
    server.call('GET', path, undefined, await server.authorization(permissions));
  const causesAs = async (...permissions: readonly Permission[]) =>
    at(await expectStatus(200, as(...permissions)), 'value', 0, 'change', 'causes');
  assert.equal(await causesAs('LicenseAssignment.Read.All'), null);
  assert.equal(
    at(await causesAs('LicenseAssignment.Read.All', 'AuditLog.Read.All'), 0, 'activity'),
    'Change user license',
  );
  await expectStatus(403, as('AuditLog.Read.All'));
  const other = await startApi(t);
  await expectStatus(404, other.call('GET', path));
});

test('causes that the audit log keeps no longer are left out, and the change stays', async () => {
  const user = await createUser(server);
  await expectStatus(200, assign(`users/${user}`, [{ skuId: skus.e3, disabledPlans: [] }]));
  await ageTenant(database.db, ctx.tenantId, 'P400D');
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { auditRetention: 'P365D' }));
  while (await removeOldAudit(database.db, ctx.tenantId));
  const [moment] = listAt(await history(user), 'value');
  assert.deepEqual([at(moment, 'change', 'activity'), at(moment, 'change', 'causes')], ['Change user license', []]);
});
