import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { expectStatus, plans, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup } from './directory.ts';
import { at, listAt, textAt } from './json.ts';

const server = await startApi({ after });
const products = '/allot/v1/catalogue/products';
const plansPath = '/allot/v1/catalogue/plans';
const rulesPath = '/allot/v1/catalogue/rules';

/** A product of one service plan, both new. */
async function tailor() {
  const [planId, skuId] = [randomUUID(), randomUUID()];
  await expectStatus(201, server.call('PUT', `${plansPath}/${planId}`, { servicePlanName: 'TAILOR' }));
  const body = { skuPartNumber: 'TAILOR_PACK', servicePlans: [planId] };
  await expectStatus(201, server.call('PUT', `${products}/${skuId}`, body));
  return { planId, skuId, plan: `${plansPath}/${planId}`, product: `${products}/${skuId}` };
}

const buy = async (skuId: string): Promise<string> =>
  textAt(await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId, units: 9 })), 'id');

const sell = (subscription: string) =>
  expectStatus(204, server.call('DELETE', `/allot/v1/subscriptions/${subscription}`));

const assign = (user: string, addLicenses: readonly object[], removeLicenses: readonly string[]) =>
  expectStatus(200, server.call('POST', `/v1.0/users/${user}/assignLicense`, { addLicenses, removeLicenses }));

/** What keeps it, by kind. */
async function usesOf(path: string): Promise<readonly string[]> {
  const { error } = await expectStatus(409, server.call('DELETE', path));
  assert.match(textAt(error, 'message'), /cannot be deleted, because it is in use, or was\. Nothing was changed\./);
  return listAt(error, 'details').map((detail) => textAt(detail, 'target'));
}

const isListed = async (path: string, id: string): Promise<boolean> =>
  JSON.stringify(await expectStatus(200, server.call('GET', path))).includes(id);

test('a product that nobody uses is shown to take nothing from anybody, and is deleted, and then its plan', async () => {
  const { planId, skuId, plan, product } = await tailor();
  const shown = await expectStatus(200, server.call('DELETE', `${product}?dryRun=true`));
  assert.deepEqual(at(shown, 'effect', 'users'), 0);
  assert.ok(await isListed(products, skuId));
  assert.deepEqual(await usesOf(plan), ['products']);
  await expectStatus(204, server.call('DELETE', `${product}?preview=${textAt(shown, 'preview')}`));
  assert.equal(await isListed(products, skuId), false);
  assert.ok(await isListed(plansPath, planId));
  await expectStatus(204, server.call('DELETE', plan));
  assert.equal(await isListed(plansPath, planId), false);
  await expectStatus(404, server.call('DELETE', product));
  await expectStatus(404, server.call('DELETE', plan));
  // It can come back as if it had never been.
  await expectStatus(201, server.call('PUT', plan, { servicePlanName: 'TAILOR' }));
  await expectStatus(201, server.call('PUT', product, { skuPartNumber: 'TAILOR_PACK', servicePlans: [planId] }));
});

test('a deletion that would do something else than its preview said is refused', async () => {
  const { product, skuId } = await tailor();
  await expectStatus(409, server.call('DELETE', `${product}?preview=of-something-else`));
  assert.ok(await isListed(products, skuId));
});

test('seats alone keep a product only as long as there is a subscription', async () => {
  const { skuId, product } = await tailor();
  const subscription = await buy(skuId);
  assert.deepEqual(await usesOf(product), ['subscriptions']);
  await sell(subscription);
  await expectStatus(204, server.call('DELETE', product));
});

test('a product is kept by groups and users, deleted ones included, and by what they had before', async () => {
  const { planId, skuId, plan, product } = await tailor();
  const subscription = await buy(skuId);
  const user = await createUser(server);
  const group = await createGroup(server, 'Tailors', [user]);
  await licenseGroup(server, group, skuId);
  await server.settle();
  assert.deepEqual(await usesOf(product), ['subscriptions', 'groups', 'history']);
  await assign(user, [{ skuId, disabledPlans: [] }], []);
  const { error } = await expectStatus(409, server.call('DELETE', product));
  assert.match(JSON.stringify(error), /Groups license it: Tailors\. Users have it, keep it or wait for it: 1\./);
  await expectStatus(
    202,
    server.call('POST', `/v1.0/groups/${group}/assignLicense`, { addLicenses: [], removeLicenses: [skuId] }),
  );
  await server.settle();
  await sell(subscription);
  await expectStatus(204, server.call('DELETE', `/v1.0/users/${user}`));
  await server.settle();
  assert.deepEqual(await usesOf(product), ['deletedUsers', 'history']);
  await expectStatus(204, server.call('DELETE', `/v1.0/directory/deletedItems/${user}`));
  assert.deepEqual(await usesOf(product), ['history']);
  // Without the plan, too, what was had by it is told.
  await expectStatus(200, server.call('PUT', product, { skuPartNumber: 'TAILOR_PACK', servicePlans: [plans.sway] }));
  assert.deepEqual(await usesOf(plan), ['history']);
  assert.ok(await isListed(plansPath, planId));
});

test('what a user had of a product that stays for that is told with its service plans', async () => {
  const { planId, skuId, product } = await tailor();
  await buy(skuId);
  const user = await createUser(server);
  await assign(user, [{ skuId, disabledPlans: [] }], []);
  await assign(user, [], [skuId]);
  assert.deepEqual(await usesOf(product), ['subscriptions', 'history']);
  const history = await expectStatus(200, server.call('GET', `/allot/v1/users/${user}/history`));
  const [, had] = listAt(history, 'value');
  assert.deepEqual(at(had, 'licenses', 0, 'servicePlans'), [planId]);
});

test('a service plan is kept by conflicts and prerequisites, also those of the rule set that is not in use', async () => {
  const { planId, plan, product } = await tailor();
  await expectStatus(204, server.call('DELETE', product));
  const rules = await expectStatus(200, server.call('GET', rulesPath));
  const { exclusions, requirements } = rules as { exclusions: object[]; requirements: object[] };
  await expectStatus(
    200,
    server.call('PUT', rulesPath, {
      exclusions: [...exclusions, { name: 'Tailors', plans: [planId, plans.sway] }],
      requirements: [...requirements, { plan: plans.sway, anyOf: [planId] }],
    }),
  );
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { ruleSet: 'current' }));
  assert.deepEqual(await usesOf(plan), ['exclusions', 'requirements']);
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { ruleSet: 'classic' }));
  await expectStatus(200, server.call('PUT', rulesPath, rules));
  await expectStatus(204, server.call('DELETE', plan));
});

test('who may only read the organization deletes nothing', async () => {
  const { plan, product } = await tailor();
  const headers = await server.authorization(['Organization.Read.All']);
  for (const path of [product, plan]) await expectStatus(403, server.call('DELETE', path, undefined, headers));
});
