import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createChangeWatch } from '../../packages/server/src/operations/changes/watch-changes.ts';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { createGroup, createUser } from './directory.ts';
import { textAt } from './json.ts';

const server = await startApi({ after });
const { ctx } = server;
const changes = async (since?: string) =>
  expectStatus(200, server.call('GET', `/allot/v1/changes${since === undefined ? '' : `?since=${since}`}`));
const position = async (since?: string) => textAt(await changes(since), 'position');
const never = new AbortController().signal;

const user = await createUser(server);
const group = await createGroup(server, 'Staff', [user]);
const reference = { '@odata.id': `http://x/v1.0/directoryObjects/${await createUser(server)}` };
const subscription = textAt(
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 5 })),
  'id',
);
await server.settle();

const license = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };
const made: readonly (readonly [what: string, method: string, path: string, body: object, status: number])[] = [
  ['a user', 'PATCH', `/v1.0/users/${user}`, { displayName: 'Ann' }, 204],
  ['a group', 'PATCH', `/v1.0/groups/${group}`, { description: 'All' }, 204],
  ['a member', 'POST', `/v1.0/groups/${group}/members/$ref`, reference, 204],
  ['licenses of a user', 'POST', `/v1.0/users/${user}/assignLicense`, license, 200],
  ['licenses of a group', 'POST', `/v1.0/groups/${group}/assignLicense`, license, 202],
  ['how a group licenses', 'PATCH', `/allot/v1/groups/${group}/licensing`, { priority: 7 }, 200],
  ['settings', 'PATCH', '/allot/v1/settings', { gracePeriod: 'P10D' }, 200],
  ['a plan', 'PUT', `/allot/v1/catalogue/plans/${plans.sway}`, { servicePlanName: 'SWAY', displayName: 'Sway!' }, 200],
  ['rules', 'PUT', '/allot/v1/catalogue/rules', { exclusions: [], requirements: [] }, 200],
  ['a subscription', 'PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 6 }, 200],
];
for (const [what, method, path, body, status] of made) {
  test(`who waits is told that ${what} changed`, async () => {
    const before = await position();
    const told = changes(before);
    await expectStatus(status, server.call(method, path, body));
    assert.notEqual(textAt(await told, 'position'), before);
    await server.settle();
  });
}

test('without a change the position stays, also that of another process, and what is pending is told', async () => {
  const [here, elsewhere] = [createChangeWatch(quick), createChangeWatch(quick)];
  const ask = (tell: typeof here, since?: string) => tell(ctx, { since, ended: never });
  const { position: mine } = await ask(here);
  const { position: theirs } = await ask(elsewhere);
  assert.equal((await ask(here, theirs)).position, theirs);
  assert.equal((await ask(elsewhere, mine)).position, mine);
  assert.equal((await ask(here)).position, mine);
  await expectStatus(202, server.call('POST', `/allot/v1/groups/${group}/reprocess`));
  const told = await ask(elsewhere, mine);
  assert.notEqual(told.position, mine);
  assert.equal(told.pending, 1);
  await server.settle();
  assert.equal((await ask(here, told.position)).pending, 0);
});

const quick = { lookMs: 1, waitMs: 20, waitersMax: 10, tenantsMax: 10 };
const patient = { lookMs: 20, waitMs: 600_000, waitersMax: 1, tenantsMax: 10 };

test('more than may wait are answered at once', async () => {
  const tell = createChangeWatch(patient);
  const { position: since } = await tell(ctx, { since: undefined, ended: never });
  const [gone, stays] = [new AbortController(), new AbortController()];
  const first = tell(ctx, { since, ended: gone.signal });
  // The first one waits by then: both ask the same, in this order.
  assert.equal((await tell(ctx, { since, ended: stays.signal })).position, since);
  gone.abort();
  assert.equal((await first).position, since);
});

test('whoever waits holds no connection of the database', async () => {
  const tell = createChangeWatch({ ...patient, waitersMax: 100 });
  const { position: since } = await tell(ctx, { since: undefined, ended: never });
  // Many more than there are connections.
  const waiting = Array.from({ length: 60 }, () => tell(ctx, { since, ended: never }));
  await createUser(server);
  const told = new Set((await Promise.all(waiting)).map((one) => one.position));
  assert.equal(told.size, 1);
  assert.ok(!told.has(since));
});

test('a text that is no position is refused, and one that is too old is answered at once', async () => {
  for (const since of ['soon', 'W10', Buffer.from('["1","1:1:",1]').toString('base64url')])
    await expectStatus(400, server.call('GET', `/allot/v1/changes?since=${since}`));
  const [cluster, snapshot, changeNo, at, version, pending]: unknown[] = JSON.parse(
    Buffer.from(await position(), 'base64url').toString(),
  );
  const old = [cluster, snapshot, changeNo, Number(at) - 30 * 86_400_000, version, pending];
  assert.notEqual(await position(Buffer.from(JSON.stringify(old)).toString('base64url')), undefined);
});
