import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueEffect, CataloguePreview, ProductImportResult } from '@allot/contract';
import {
  collect,
  csv,
  inChunks,
  sample,
  wholeProductList,
} from '../../packages/server/src/imports/samples/sample-streams.ts';
import { expectStatus, skus, startApi } from './api-server.ts';
import { at, listAt, textAt } from './json.ts';
import { createGroup, createUser, licenseGroup, statesOf } from './directory.ts';

const products = '/allot/v1/imports/products';
const header = [
  'Product_Display_Name',
  'String_Id',
  'GUID',
  'Service_Plan_Name',
  'Service_Plan_Id',
  'Service_Plans_Included_Friendly_Names',
];
const tailor = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0001';
const needle = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0002';
const thread = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0003';
const button = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0004';
const older = csv([
  header,
  ['Tailor Pack', 'TAILOR', tailor, 'NEEDLE', needle, 'Needle'],
  ['Tailor Pack', 'TAILOR', tailor, 'THREAD', thread, 'Thread'],
]);
const newer = csv([
  header,
  ['Tailor Pack', 'TAILOR_2', tailor, 'YARN', thread, 'Thread'],
  ['Tailor Pack', 'TAILOR_2', tailor, 'BUTTON', button, 'Button'],
]);

const noEffect: CatalogueEffect = {
  users: 0,
  gained: [],
  lost: [],
  assignments: [],
  assignmentsUnlisted: 0,
  errors: [],
};

/** A tenant with groups of both policies that have the older product, and somebody who has it directly. */
async function tailors(scope: Parameters<typeof startApi>[0]) {
  const server = await startApi(scope);
  await expectStatus(200, server.upload(products, older));
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: tailor, units: 9 }));
  const [ann, bob, eve, zoe] = [
    await createUser(server),
    await createUser(server),
    await createUser(server),
    await createUser(server),
  ];
  const takes = await createGroup(server, 'Takes', [ann, bob]);
  const holds = await createGroup(server, 'Holds', [eve]);
  const empty = await createGroup(server, 'Empty');
  await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${holds}/licensing`, { newPlans: 'off' }));
  for (const group of [takes, holds, empty]) await licenseGroup(server, group, tailor);
  const direct = { addLicenses: [{ skuId: tailor, disabledPlans: [needle] }], removeLicenses: [] };
  await expectStatus(200, server.call('POST', `/v1.0/users/${zoe}/assignLicense`, direct));
  return { server, users: { ann, bob, eve, zoe }, groups: { takes, holds, empty } };
}

type Tailors = Awaited<ReturnType<typeof tailors>>;

async function enabledPlans({ server }: Pick<Tailors, 'server'>, user: string): Promise<readonly string[]> {
  const answer = await expectStatus(200, server.call('GET', `/v1.0/users/${user}?$select=assignedPlans`));
  const on = listAt(answer, 'assignedPlans').filter((one) => at(one, 'capabilityStatus') === 'Enabled');
  return on.map((one) => textAt(one, 'servicePlanId')).toSorted();
}

/** A file as it is, whatever its encoding. */
const sent = (file: string | Buffer) => (typeof file === 'string' ? file : inChunks(file, 65_536));

async function upload(
  { server }: Pick<Tailors, 'server'>,
  query: string,
  file: string | Buffer,
): Promise<ProductImportResult> {
  // `as`: the shape of the contract, which the assertions look at.
  return (await expectStatus(200, server.upload(`${products}?${query}`, sent(file)))) as unknown as ProductImportResult;
}

const planUsers = (servicePlanName: string, servicePlanId: string, users: number) => ({
  servicePlanId,
  servicePlanName,
  users,
});

test('a newer list is shown before it acts: what changes, in which groups, for how many users; then it does just that (L-21)', async (t) => {
  const tenant = await tailors(t);
  const { users, groups } = tenant;
  const shown = await upload(tenant, 'dryRun=true', newer);
  assert.deepEqual(shown.changes, [
    {
      skuId: tailor,
      skuPartNumber: 'TAILOR_2',
      change: 'changed',
      renamedFrom: { skuPartNumber: 'TAILOR', displayName: 'Tailor Pack' },
      gained: ['BUTTON'],
      lost: ['NEEDLE'],
    },
  ]);
  assert.deepEqual(shown.renamedPlans, [
    {
      servicePlanId: thread,
      servicePlanName: 'YARN',
      displayName: 'Thread',
      renamedFrom: { servicePlanName: 'THREAD', displayName: 'Thread' },
    },
  ]);
  assert.ok(shown.kept.some(({ skuId }) => skuId === skus.e3) && !shown.kept.some(({ skuId }) => skuId === tailor));
  const product = { skuId: tailor, skuPartNumber: 'TAILOR_2' };
  const [gains, loses] = [
    (count: number) => [planUsers('BUTTON', button, count)],
    (count: number) => [planUsers('NEEDLE', needle, count)],
  ];
  assert.deepEqual(shown.effect, {
    users: 4,
    gained: gains(3),
    lost: loses(3),
    assignments: [
      {
        groupId: null,
        groupName: null,
        ...product,
        newPlans: null,
        users: 1,
        gained: gains(1),
        heldOff: [],
        lost: [],
      },
      {
        groupId: groups.empty,
        groupName: 'Empty',
        ...product,
        newPlans: 'on',
        users: 0,
        gained: gains(0),
        heldOff: [],
        lost: loses(0),
      },
      {
        groupId: groups.holds,
        groupName: 'Holds',
        ...product,
        newPlans: 'off',
        users: 1,
        gained: [],
        heldOff: ['BUTTON'],
        lost: loses(1),
      },
      {
        groupId: groups.takes,
        groupName: 'Takes',
        ...product,
        newPlans: 'on',
        users: 2,
        gained: gains(2),
        heldOff: [],
        lost: loses(2),
      },
    ],
    assignmentsUnlisted: 0,
    errors: [],
  });
  for (const user of [users.ann, users.eve]) assert.deepEqual(await enabledPlans(tenant, user), [needle, thread]);

  assert.deepEqual(await upload(tenant, `preview=${shown.preview}`, newer), shown);
  for (const user of [users.ann, users.bob]) assert.deepEqual(await enabledPlans(tenant, user), [thread, button]);
  assert.deepEqual(await enabledPlans(tenant, users.eve), [thread]);
  assert.deepEqual(await enabledPlans(tenant, users.zoe), [thread, button]);
  const again = await upload(tenant, 'dryRun=true', newer);
  assert.deepEqual([again.changes, again.renamedPlans, again.effect], [[], [], noEffect]);
});

test('an import that would do something else than its preview said is refused, and changes nothing', async (t) => {
  const tenant = await tailors(t);
  const { server, users, groups } = tenant;
  const { preview } = await upload(tenant, 'dryRun=true', newer);
  const reference = { '@odata.id': `http://x/v1.0/directoryObjects/${await createUser(server)}` };
  await expectStatus(204, server.call('POST', `/v1.0/groups/${groups.takes}/members/$ref`, reference));
  await server.settle();
  const { error } = await expectStatus(409, server.upload(`${products}?preview=${preview}`, newer));
  assert.match(textAt(error, 'message'), /not do what its preview said/);
  assert.deepEqual(await enabledPlans(tenant, users.ann), [needle, thread]);
  const fresh = await upload(tenant, 'dryRun=true', newer);
  assert.deepEqual(await upload(tenant, `preview=${fresh.preview}`, newer), fresh);
});

test('a dry run leaves no trace in the audit log and no change', async (t) => {
  const tenant = await tailors(t);
  const { server } = tenant;
  const latest = async () =>
    (await expectStatus(200, server.call('GET', '/v1.0/auditLogs/directoryAudits?$top=1')))['value'];
  const before = await latest();
  await upload(tenant, 'dryRun=true', newer);
  await expectStatus(
    200,
    server.call('PUT', '/allot/v1/catalogue/rules?dryRun=true', { exclusions: [], requirements: [] }),
  );
  assert.deepEqual(await latest(), before);
});

test('rules edited on a live tenant show who gets which error, take nothing in force, and do what was shown (L-05)', async (t) => {
  const tenant = await tailors(t);
  const { server, users } = tenant;
  const rules = '/allot/v1/catalogue/rules';
  const before = await expectStatus(200, server.call('GET', rules));
  const body = { exclusions: [{ name: 'Sewing', plans: [needle, thread] }], requirements: [] };
  const shown = await shownBy(server.call('PUT', `${rules}?dryRun=true`, body));
  assert.deepEqual([shown.effect.users, shown.effect.lost, shown.effect.assignments], [0, [], []]);
  assert.deepEqual(
    shown.effect.errors.map(({ groupName, error, usersBefore, usersAfter }) => [
      groupName,
      error,
      usersBefore,
      usersAfter,
    ]),
    [
      ['Holds', 'MutuallyExclusiveViolation', 0, 1],
      ['Takes', 'MutuallyExclusiveViolation', 0, 2],
    ],
  );
  assert.deepEqual(await expectStatus(200, server.call('GET', rules)), before);
  assert.deepEqual(await statesOf(server, users.ann), { 'TAILOR Takes': 'Active None' });

  await expectStatus(200, server.call('PUT', `${rules}?preview=${shown.preview}`, body));
  assert.deepEqual(await statesOf(server, users.ann), { 'TAILOR Takes': 'ActiveWithError MutuallyExclusiveViolation' });
  assert.deepEqual(await enabledPlans(tenant, users.ann), [needle, thread]);
  await expectStatus(409, server.call('PUT', `${rules}?preview=${shown.preview}`, body));
});

test('a product or plan changed by hand is shown first in the same way', async (t) => {
  const tenant = await tailors(t);
  const { server, users } = tenant;
  const path = `/allot/v1/catalogue/products/${tailor}`;
  const body = { skuPartNumber: 'TAILOR', servicePlans: [needle] };
  const shown = await shownBy(server.call('PUT', `${path}?dryRun=true`, body));
  assert.deepEqual([shown.effect.users, shown.effect.lost], [4, [planUsers('THREAD', thread, 4)]]);
  assert.deepEqual(await enabledPlans(tenant, users.ann), [needle, thread]);

  const planPath = `/allot/v1/catalogue/plans/${needle}`;
  const denied = { servicePlanName: 'NEEDLE', displayName: 'Needle', locations: { deny: ['US'] } };
  const { effect } = await shownBy(server.call('PUT', `${planPath}?dryRun=true`, denied));
  assert.equal(effect.users, 0);
  assert.deepEqual(
    effect.errors.map(({ groupName, error, usersAfter }) => [groupName, error, usersAfter]),
    [
      ['Holds', 'ProhibitedInUsageLocationViolation', 1],
      ['Takes', 'ProhibitedInUsageLocationViolation', 2],
    ],
  );
  await expectStatus(200, server.call('PUT', `${path}?preview=${shown.preview}`, body));
  assert.deepEqual(await enabledPlans(tenant, users.ann), [needle]);
  assert.deepEqual(await enabledPlans(tenant, users.zoe), []);
});

test('another rule set is shown before it is used, too', async (t) => {
  const tenant = await tailors(t);
  const { server, users } = tenant;
  const body = { exclusions: [{ name: 'Sewing', plans: [needle, thread] }], requirements: [] };
  await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', body));
  const settings = '/allot/v1/settings';
  const shown = await shownBy(server.call('PATCH', `${settings}?dryRun=true`, { ruleSet: 'current' }));
  assert.equal(shown.effect.users, 0);
  assert.deepEqual(
    shown.effect.errors.map(({ groupName, usersBefore, usersAfter }) => [groupName, usersBefore, usersAfter]),
    [
      ['Holds', 1, 0],
      ['Takes', 2, 0],
    ],
  );
  assert.equal((await expectStatus(200, server.call('GET', settings)))['ruleSet'], 'classic');
  await expectStatus(200, server.call('PATCH', `${settings}?preview=${shown.preview}`, { ruleSet: 'current' }));
  assert.deepEqual(await statesOf(server, users.ann), { 'TAILOR Takes': 'Active None' });
});

async function shownBy(answer: Parameters<typeof expectStatus>[1]): Promise<CataloguePreview> {
  // `as`: the shape of the contract, which the assertions look at.
  return (await expectStatus(200, answer)) as unknown as CataloguePreview;
}

test("Microsoft's lists of two dates: a dry run of the newer one says exactly what users then gain and lose", async (t) => {
  const server = await startApi(t);
  const [first, second] = await lists();
  await expectStatus(200, server.upload(products, sent(first)));
  const { changes } = await upload({ server }, 'dryRun=true', second);
  const growing = changes.filter(({ change, gained }) => change === 'changed' && gained.length > 0).slice(0, 4);
  assert.ok(growing.length > 0);
  const users: string[] = [];
  for (const [number, { skuId }] of growing.entries()) {
    await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId, units: 9 }));
    for (const newPlans of ['on', 'off']) {
      const members = [await createUser(server), await createUser(server)];
      users.push(...members);
      const group = await createGroup(server, `New plans ${newPlans} ${number}`, members);
      const settings = { newPlans, prerequisites: 'user' };
      await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${group}/licensing`, settings));
      await licenseGroup(server, group, skuId);
    }
  }
  const plansOf = async () => Promise.all(users.map((user) => enabledPlans({ server }, user)));
  const before = await plansOf();
  const shown = await upload({ server }, 'dryRun=true', second);
  assert.deepEqual(await plansOf(), before);
  assert.deepEqual(await upload({ server }, `preview=${shown.preview}`, second), shown);
  const now = await plansOf();

  const counted = (ends: readonly (readonly string[])[], starts: readonly (readonly string[])[]) => {
    const came = ends.flatMap((end, i) => end.filter((planId) => !starts[i]?.includes(planId)));
    return Object.fromEntries([...Map.groupBy(came, (planId) => planId)].map(([id, times]) => [id, times.length]));
  };
  const told = (counts: CatalogueEffect['gained']) =>
    Object.fromEntries(counts.map(({ servicePlanId, users: count }) => [servicePlanId, count]));
  assert.deepEqual(told(shown.effect.gained), counted(now, before));
  assert.deepEqual(told(shown.effect.lost), counted(before, now));
  assert.equal(shown.effect.users, now.filter((end, i) => end.join() !== before[i]?.join()).length);
  for (const one of shown.effect.assignments) {
    const gained = growing.find(({ skuId }) => skuId === one.skuId)?.gained ?? [];
    assert.deepEqual(one.newPlans === 'off' ? one.heldOff : one.gained.map((plan) => plan.servicePlanName), gained);
    assert.deepEqual(one.newPlans === 'off' ? one.gained : one.heldOff, []);
  }
  assert.equal(shown.effect.assignments.length, growing.length * 2);
});

/** An older and a newer list; the older one made from a sample where the reference material is not at hand. */
async function lists(): Promise<readonly [Buffer, Buffer]> {
  const [first, second] = [wholeProductList('2024-10'), wholeProductList('2026-01')];
  if (first && second) return [await bytesOf(first), await bytesOf(second)];
  const whole = await bytesOf(sample('product-list.csv'));
  const lines = whole.toString('utf8').split('\n');
  return [Buffer.from(lines.filter((_, line) => line === 0 || line % 3 > 0).join('\n')), whole];
}

const bytesOf = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => Buffer.concat(await collect(stream));
