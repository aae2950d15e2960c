import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { at, listAt } from './json.ts';
import { createGroup, createUser, licenseGroup, statesOf } from './directory.ts';

const server = await startApi({ after });

test('a new tenant has the built-in catalogue, with the names of the plans', async () => {
  const products = await expectStatus(200, server.call('GET', '/allot/v1/catalogue/products'));
  const e3 = listAt(products, 'value').find((product) => at(product, 'skuId') === skus.e3);
  assert.equal(at(e3, 'skuPartNumber'), 'ENTERPRISEPACK');
  const exchange = listAt(e3, 'servicePlans').find((one) => at(one, 'servicePlanId') === plans.exchange2);
  assert.deepEqual(exchange, {
    servicePlanId: plans.exchange2,
    servicePlanName: 'EXCHANGE_S_ENTERPRISE',
    displayName: 'Exchange Online (Plan 2)',
    service: 'exchange',
    appliesTo: 'User',
    mailbox: true,
    locations: null,
  });
});

test('a plan and a product can be added and changed, and what was read can be sent back', async () => {
  const [planId, skuId] = [randomUUID(), randomUUID()];
  const plan = {
    servicePlanName: 'TAILOR',
    displayName: 'Tailor',
    service: 'tailor',
    mailbox: false,
    locations: { deny: ['cn'] },
  };
  const madePlan = { servicePlanId: planId, ...plan, appliesTo: 'User', locations: { deny: ['CN'] } };
  assert.deepEqual(await expectStatus(201, server.call('PUT', `/allot/v1/catalogue/plans/${planId}`, plan)), madePlan);
  const product = {
    skuPartNumber: 'TAILOR_PACK',
    displayName: 'Tailor pack',
    appliesTo: 'User',
    servicePlans: [planId],
  };
  const made = { skuId, ...product, servicePlans: [madePlan] };
  assert.deepEqual(await expectStatus(201, server.call('PUT', `/allot/v1/catalogue/products/${skuId}`, product)), made);
  assert.deepEqual(await expectStatus(200, server.call('PUT', `/allot/v1/catalogue/products/${skuId}`, made)), made);
  const everywhere = { ...madePlan, locations: null };
  assert.deepEqual(
    await expectStatus(200, server.call('PUT', `/allot/v1/catalogue/plans/${planId}`, everywhere)),
    everywhere,
  );
  const known = await expectStatus(200, server.call('GET', '/allot/v1/catalogue/plans'));
  assert.deepEqual(
    listAt(known, 'value').find((one) => at(one, 'servicePlanId') === planId),
    everywhere,
  );
});

for (const [fault, path, body, says] of [
  [
    'a plan that there is not',
    'products',
    { skuPartNumber: 'X', servicePlans: ['00000000-0000-4000-8000-00000000000a'] },
    /no service plan 0{8}-.*catalogue\/plans/,
  ],
  ['a plan twice', 'products', { skuPartNumber: 'X', servicePlans: [plans.sway, plans.sway] }, /twice/],
  ['no part number', 'products', { servicePlans: [] }, /skuPartNumber/],
  [
    'somebody else it applies to',
    'products',
    { skuPartNumber: 'X', servicePlans: [], appliesTo: 'Guest' },
    /User, Company/,
  ],
  [
    'both lists of countries',
    'plans',
    { servicePlanName: 'X', locations: { deny: ['CN'], allow: ['US'] } },
    /not both/,
  ],
  ['a country that there is not', 'plans', { servicePlanName: 'X', locations: { deny: ['ZZ'] } }, /two-letter code/],
  ['a mailbox that is a word', 'plans', { servicePlanName: 'X', mailbox: 'yes' }, /true or false/],
] as const) {
  test(`one of the ${path} with ${fault} is refused, and does not come to be`, async () => {
    const id = randomUUID();
    const { error } = await expectStatus(400, server.call('PUT', `/allot/v1/catalogue/${path}/${id}`, body));
    assert.match(JSON.stringify(error), says);
    const list = await expectStatus(200, server.call('GET', `/allot/v1/catalogue/${path}`));
    assert.ok(!JSON.stringify(list).includes(id));
  });
}

test('the rules in use are read and replaced whole, and are those of the rule set that the settings name', async () => {
  const classic = await expectStatus(200, server.call('GET', '/allot/v1/catalogue/rules'));
  assert.equal(classic['ruleSet'], 'classic');
  assert.ok(listAt(classic, 'exclusions').length > 0);
  const rules = {
    exclusions: [{ name: 'Tailors', plans: [plans.sway, plans.yammer] }],
    requirements: [{ plan: plans.sway, anyOf: [plans.exchange1, plans.exchange2] }],
  };
  assert.deepEqual(await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', rules)), {
    ruleSet: 'classic',
    ...rules,
  });
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { ruleSet: 'current' }));
  assert.notDeepEqual(
    (await expectStatus(200, server.call('GET', '/allot/v1/catalogue/rules')))['exclusions'],
    rules.exclusions,
  );
  await expectStatus(200, server.call('PATCH', '/allot/v1/settings', { ruleSet: 'classic' }));
  assert.deepEqual(await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', classic)), classic);
});

const nobody = '00000000-0000-4000-8000-00000000000a';
for (const [fault, rules, says] of [
  [
    'naming a plan twice',
    { exclusions: [{ name: 'E', plans: [plans.sway, plans.sway] }], requirements: [] },
    /exclusion 'E' names service plan .* twice/,
  ],
  ['naming one plan only', { exclusions: [{ name: 'E', plans: [plans.sway] }], requirements: [] }, /at least two/],
  [
    'of the same name as another',
    {
      exclusions: [
        { name: 'E', plans: [plans.sway, plans.yammer] },
        { name: 'E', plans: [plans.sway, plans.exchange1] },
      ],
      requirements: [],
    },
    /Two exclusions/,
  ],
  [
    'naming a plan that there is not',
    { exclusions: [], requirements: [{ plan: plans.sway, anyOf: [nobody] }] },
    /no service plan/,
  ],
  ['that is always met', { exclusions: [], requirements: [{ plan: plans.sway, anyOf: [plans.sway] }] }, /always/],
  ['that is never met', { exclusions: [], requirements: [{ plan: plans.sway, anyOf: [] }] }, /never/],
  ['of another rule set', { ruleSet: 'current', exclusions: [], requirements: [] }, /classic/],
] as const) {
  test(`a rule ${fault} is refused, and the rules stay`, async () => {
    const before = await expectStatus(200, server.call('GET', '/allot/v1/catalogue/rules'));
    const { error } = await expectStatus(400, server.call('PUT', '/allot/v1/catalogue/rules', rules));
    assert.match(JSON.stringify(error), says);
    assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/catalogue/rules')), before);
  });
}

test('a new rule takes nothing from anybody, and says who would not get it today (L-05)', async () => {
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 5 }));
  const user = await createUser(server);
  await licenseGroup(server, await createGroup(server, 'Ruled', [user]), skus.e3);
  assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Ruled': 'Active None' });
  const classic = await expectStatus(200, server.call('GET', '/allot/v1/catalogue/rules'));
  const exclusions = [{ name: 'Tailors', plans: [plans.sway, plans.yammer] }];
  await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', { exclusions, requirements: [] }));
  assert.deepEqual(await statesOf(server, user), {
    'ENTERPRISEPACK Ruled': 'ActiveWithError MutuallyExclusiveViolation',
  });
  await expectStatus(200, server.call('PUT', '/allot/v1/catalogue/rules', classic));
  assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Ruled': 'Active None' });
});

test('a plan that a product gains is on in existing groups, and off in those whose newPlans is off (L-21)', async () => {
  const [skuId, gained] = [randomUUID(), randomUUID()];
  const put = (servicePlans: readonly string[]) =>
    server.call('PUT', `/allot/v1/catalogue/products/${skuId}`, { skuPartNumber: 'GROWING', servicePlans });
  await expectStatus(201, server.call('PUT', `/allot/v1/catalogue/plans/${gained}`, { servicePlanName: 'GAINED' }));
  await expectStatus(201, put([plans.sway]));
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId, units: 5 }));
  const [on, off] = [await createUser(server), await createUser(server)];
  await licenseGroup(server, await createGroup(server, 'Takes', [on]), skuId);
  const holding = await createGroup(server, 'Holds', [off]);
  await expectStatus(200, server.call('PATCH', `/allot/v1/groups/${holding}/licensing`, { newPlans: 'off' }));
  await licenseGroup(server, holding, skuId);

  await expectStatus(200, put([plans.sway, gained]));
  await server.settle();
  const plansOf = async (user: string) => {
    const answer = await expectStatus(200, server.call('GET', `/v1.0/users/${user}?$select=assignedPlans`));
    const enabled = listAt(answer, 'assignedPlans').filter((one) => at(one, 'capabilityStatus') === 'Enabled');
    return enabled.map((one) => at(one, 'servicePlanId'));
  };
  assert.deepEqual(new Set(await plansOf(on)), new Set([plans.sway, gained]));
  assert.deepEqual(await plansOf(off), [plans.sway]);
  const group = await expectStatus(200, server.call('GET', `/v1.0/groups/${holding}?$select=assignedLicenses`));
  assert.deepEqual(group['assignedLicenses'], [{ disabledPlans: [gained], skuId }]);
});
