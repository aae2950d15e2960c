import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { readProductList } from '../../packages/server/src/imports/product-list.ts';
import { csv, sample, wholeProductList } from '../../packages/server/src/imports/samples/sample-streams.ts';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { at, listAt, pick, textAt } from './json.ts';
import { createGroup, createUser, licenseGroup, statesOf } from './directory.ts';

const server = await startApi({ after });
const { db } = server.database;
const products = '/allot/v1/imports/products';

const header = [
  'Product_Display_Name',
  'String_Id',
  'GUID',
  'Service_Plan_Name',
  'Service_Plan_Id',
  'Service_Plans_Included_Friendly_Names',
];
const list = (...rows: readonly (readonly string[])[]) => csv([header, ...rows]);
const counts = (result: unknown) => pick(result, 'read', 'created', 'updated', 'unchanged', 'skipped');

const tailor = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0001';
const needle = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0002';
const thread = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0003';
const row = (planId: string, name: string) => [
  'Tailor Pack',
  'TAILOR',
  tailor,
  name,
  planId,
  `The ${name.toLowerCase()}`,
];

const listProducts = async () =>
  listAt(await expectStatus(200, server.call('GET', '/allot/v1/catalogue/products')), 'value');

const readProduct = async (skuId: string) => (await listProducts()).find((product) => at(product, 'skuId') === skuId);

const planNames = async (skuId: string) =>
  listAt(await readProduct(skuId), 'servicePlans')
    .map((plan) => textAt(plan, 'servicePlanName'))
    .toSorted(alphabetically);

const alphabetically = (a: string, b: string) => (a < b ? -1 : 1);

test('products and plans of a list are added, and the same list again changes nothing', async () => {
  const text = list(row(needle, 'NEEDLE'), row(thread, 'THREAD'));
  const result = await expectStatus(200, server.upload(products, text));
  assert.deepEqual(counts(result), { read: 2, created: 1, updated: 0, unchanged: 0, skipped: 0 });
  assert.deepEqual(result['changes'], [
    { skuId: tailor, skuPartNumber: 'TAILOR', change: 'new', gained: [], lost: [] },
  ]);
  assert.deepEqual(await planNames(tailor), ['NEEDLE', 'THREAD']);
  assert.deepEqual(counts(await expectStatus(200, server.upload(products, text))), {
    read: 2,
    created: 0,
    updated: 0,
    unchanged: 1,
    skipped: 0,
  });
});

test('a newer list says what changed: products follow it, and those it does not have stay', async () => {
  const before = await planNames(skus.e3);
  const result = await expectStatus(200, server.upload(products, list(row(thread, 'THREAD'), row(plans.sway, 'SWAY'))));
  assert.deepEqual(result['changes'], [
    { skuId: tailor, skuPartNumber: 'TAILOR', change: 'changed', gained: ['SWAY'], lost: ['NEEDLE'] },
  ]);
  assert.deepEqual(await planNames(tailor), ['SWAY', 'THREAD']);
  assert.deepEqual(await planNames(skus.e3), before);
});

test('what an administrator said of a plan stays, and a new plan that we know comes with what we know', async () => {
  const plan = {
    servicePlanName: 'THREAD',
    displayName: 'Mine',
    service: 'mine',
    mailbox: true,
    locations: { allow: ['CH'] },
  };
  await expectStatus(200, server.call('PUT', `/allot/v1/catalogue/plans/${thread}`, plan));
  await sql`delete from allot.plan where plan_id = ${plans.exchange2}`.execute(db);
  const text = list(row(thread, 'THREAD'), [
    'Tailor Pack',
    'TAILOR',
    tailor,
    'EXCHANGE_S_ENTERPRISE',
    plans.exchange2,
    'Exchange Online (Plan 2)',
  ]);
  await expectStatus(200, server.upload(products, text));
  const found = listAt(await readProduct(tailor), 'servicePlans').map((one) =>
    pick(one, 'servicePlanName', 'displayName', 'service', 'mailbox', 'locations'),
  );
  const [exchange, other] = found.toSorted((a) => (a['servicePlanName'] === 'THREAD' ? 1 : -1));
  assert.deepEqual(exchange, {
    servicePlanName: 'EXCHANGE_S_ENTERPRISE',
    displayName: 'Exchange Online (Plan 2)',
    service: 'exchange',
    mailbox: true,
    locations: null,
  });
  assert.deepEqual(other, { ...plan, displayName: 'The thread' });
  assert.equal(found.length, 2);
});

test('a bad row stops the import with nothing written; with skipBad the rest comes, and no plan is taken away', async () => {
  const before = await planNames(tailor);
  const text = list(row(needle, 'NEEDLE'), row('not a guid', 'THREAD'));
  const { error } = await expectStatus(400, server.upload(products, text));
  assert.deepEqual(
    listAt(error, 'details').map((one) => [at(one, 'target'), at(one, 'code')]),
    [['3:Service_Plan_Id', 'BadRow']],
  );
  assert.deepEqual(await planNames(tailor), before);
  const result = await expectStatus(200, server.upload(`${products}?skipBad=true`, text));
  assert.deepEqual(counts(result), { read: 2, created: 0, updated: 1, unchanged: 0, skipped: 1 });
  assert.deepEqual(await planNames(tailor), [...before, 'NEEDLE'].toSorted(alphabetically));
});

test('a dry run says what an import would do, and does nothing', async () => {
  const before = await readProduct(tailor);
  const text = list(row(needle, 'NEEDLE'));
  const result = await expectStatus(200, server.upload(`${products}?dryRun=true`, text));
  assert.equal(result['updated'], 1);
  assert.deepEqual(await readProduct(tailor), before);
});

test('a plan that a product gains by a list is on for its users, and off where a group holds new plans off (L-21)', async () => {
  await expectStatus(200, server.upload(products, list(row(needle, 'NEEDLE'))));
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: tailor, units: 5 }));
  const [taking, holding] = [await createUser(server), await createUser(server)];
  await licenseGroup(server, await createGroup(server, 'Takes', [taking]), tailor);
  const group = await createGroup(server, 'Holds', [holding]);
  await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${group}/licensing`, { newPlans: 'off' }));
  await licenseGroup(server, group, tailor);
  await expectStatus(200, server.upload(products, list(row(needle, 'NEEDLE'), row(plans.sway, 'SWAY'))));
  const enabled = async (user: string) => {
    const answer = await expectStatus(200, server.call('GET', `/v1.0/users/${user}?$select=assignedPlans`));
    const on = listAt(answer, 'assignedPlans').filter((one) => at(one, 'capabilityStatus') === 'Enabled');
    return on.map((one) => textAt(one, 'servicePlanId')).toSorted(alphabetically);
  };
  assert.deepEqual(await enabled(taking), [needle, plans.sway]);
  assert.deepEqual(await enabled(holding), [needle]);
  for (const user of [taking, holding]) assert.deepEqual(Object.values(await statesOf(server, user)), ['Active None']);
});

test("Microsoft's lists of two dates are imported one after the other, and the second says how the first has changed", async () => {
  const [older, newer] = [
    wholeProductList('2024-10') ?? sample('product-list.csv'),
    wholeProductList('2026-01') ?? sample('product-list.csv'),
  ];
  const first = await expectStatus(200, server.upload(products, older));
  const second = await expectStatus(200, server.upload(products, newer));
  const [expected, earlier] = await Promise.all([
    readProductList(wholeProductList('2026-01') ?? sample('product-list.csv')),
    readProductList(wholeProductList('2024-10') ?? sample('product-list.csv')),
  ]);
  assert.equal(first['read'], earlier.rows);
  const { read, ...ofProducts } = pick(second, 'read', 'created', 'updated', 'unchanged');
  assert.equal(read, expected.rows);
  assert.equal(
    Object.values(ofProducts).reduce((sum: number, count) => sum + Number(count), 0),
    expected.products.length,
  );

  const here = new Map((await listProducts()).map((product) => [textAt(product, 'skuId'), product]));
  for (const { productId, skuPartNumber, displayName, servicePlans } of expected.products) {
    const product = here.get(productId);
    assert.deepEqual(pick(product, 'skuPartNumber', 'displayName'), { skuPartNumber, displayName });
    assert.deepEqual(
      new Set(listAt(product, 'servicePlans').map((plan) => at(plan, 'servicePlanId'))),
      new Set(servicePlans.map(({ planId }) => planId)),
    );
  }
  const changed = listAt(second, 'changes').filter((one) => at(one, 'change') === 'changed');
  const gained = changed.flatMap((one) => listAt(one, 'gained'));
  const had = new Map(
    earlier.products.map(({ productId, servicePlans }) => [
      productId,
      new Set(servicePlans.map(({ planId }) => planId)),
    ]),
  );
  const expectedGains = expected.products.flatMap(({ productId, servicePlans }) => {
    const plansBefore = had.get(productId);
    return plansBefore === undefined ? [] : servicePlans.filter(({ planId }) => !plansBefore.has(planId));
  });
  assert.equal(gained.length, expectedGains.length);
  assert.equal(
    counts(await expectStatus(200, server.upload(products, wholeProductList('2026-01') ?? sample('product-list.csv'))))[
      'unchanged'
    ],
    expected.products.length,
  );
});

test('a file that is no product list is refused with what to do', async () => {
  const { error } = await expectStatus(
    400,
    server.upload(products, await readFile(new URL('../../package.json', import.meta.url), 'utf8')),
  );
  assert.match(JSON.stringify(error), /this column is missing: take the CSV file of Microsoft's product list/);
});
