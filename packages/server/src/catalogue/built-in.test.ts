import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readProductList } from '../imports/product-list.ts';
import { sample, wholeProductList } from '../imports/samples/sample-streams.ts';
import { builtInCatalogue } from './built-in.ts';
import type { BuiltInProduct, Rules } from './built-in.ts';

const { plans, products, ruleSets } = builtInCatalogue();
const planById = new Map(plans.map((plan) => [plan.planId, plan]));
const nameOf = (planId: string) => planById.get(planId)?.name ?? `unknown plan ${planId}`;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function product(skuPartNumber: string): BuiltInProduct {
  const found = products.find((candidate) => candidate.skuPartNumber === skuPartNumber);
  assert.ok(found, skuPartNumber);
  return found;
}

/** The names of the sets by which one product excludes the other. */
function conflicts(rules: Rules, first: string, second: string): string[] {
  const [one, other] = [product(first).servicePlans, product(second).servicePlans];
  const excludes = (set: readonly string[]) =>
    set.some((a) => one.includes(a) && set.some((b) => b !== a && other.includes(b)));
  return rules.exclusions.filter((exclusion) => excludes(exclusion.plans)).map(({ name }) => name);
}

test('the built-in catalogue has the products administrators meet daily, each once, under the true ids', () => {
  assert.ok(products.length >= 30);
  assert.equal(new Set(products.map(({ productId }) => productId)).size, products.length);
  assert.equal(new Set(products.map(({ skuPartNumber }) => skuPartNumber.toLowerCase())).size, products.length);
  const ids = {
    STANDARDPACK: '18181a46-0d4e-45cd-891e-60aabd171b4e',
    ENTERPRISEPACK: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    ENTERPRISEPREMIUM: 'c7df2760-2c81-4ef7-b578-5b5392b571df',
    EMS: 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e',
    SPE_E5: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    DESKLESSPACK: '4b585984-651b-448a-9e53-3b10f069cf7f',
    VISIOCLIENT: 'c5928f49-12ba-48f7-ada3-0d743a3601d5',
    WORKPLACE_ANALYTICS: '3d957427-ecdc-4df2-aacd-01cc9d519da8',
  };
  for (const [part, id] of Object.entries(ids)) assert.equal(product(part).productId, id);
  assert.deepEqual(
    ['SPE_E3', 'ENTERPRISEPACK', 'STANDARDPACK', 'EMS'].map((part) => product(part).servicePlans.length),
    [50, 36, 34, 7],
  );
});

test('every value of the catalogue has its form, and every plan that is named exists', () => {
  for (const { productId, displayName, appliesTo, servicePlans } of products) {
    assert.match(productId, guid);
    assert.notEqual(displayName.trim(), '');
    assert.ok(['User', 'Company'].includes(appliesTo));
    assert.equal(new Set(servicePlans).size, servicePlans.length);
    for (const planId of servicePlans) assert.ok(planById.has(planId), planId);
  }
  assert.equal(planById.size, plans.length);
  for (const plan of plans) {
    assert.match(plan.planId, guid);
    for (const text of [plan.name, plan.displayName, plan.service]) assert.notEqual(text.trim(), '');
    assert.equal(typeof plan.mailbox, 'boolean');
    assert.ok(['User', 'Company'].includes(plan.appliesTo));
  }
  for (const { exclusions, requirements } of Object.values(ruleSets)) {
    for (const planId of exclusions.flatMap((exclusion) => exclusion.plans)) assert.ok(planById.has(planId), planId);
    for (const { plan, anyOf } of requirements)
      for (const planId of [plan, ...anyOf]) assert.ok(planById.has(planId), planId);
  }
});

test("products and plans are those of Microsoft's list", async () => {
  const whole = wholeProductList('2026-01');
  const list = await readProductList(whole ?? sample('product-list.csv'));
  const listed = new Map(list.products.map((each) => [each.productId, each]));
  // Of the excerpt only Enterprise Mobility + Security is complete.
  const comparable = whole === null ? [product('EMS')] : products;
  for (const { productId, skuPartNumber, servicePlans } of comparable) {
    const other = listed.get(productId);
    assert.equal(other?.skuPartNumber, skuPartNumber);
    assert.deepEqual(new Set(other?.servicePlans.map(({ planId }) => planId)), new Set(servicePlans), skuPartNumber);
  }
});

test('no product contradicts itself: no two of its plans exclude each other', () => {
  for (const { exclusions } of Object.values(ruleSets)) {
    for (const { skuPartNumber, servicePlans } of products) {
      for (const exclusion of exclusions) {
        const inside = exclusion.plans.filter((planId) => servicePlans.includes(planId));
        assert.ok(inside.length <= 1, `${skuPartNumber}: ${inside.map(nameOf).join(', ')}`);
      }
    }
  }
});

test('under classic E1 and E3 exclude each other by Exchange and SharePoint', () => {
  assert.deepEqual(conflicts(ruleSets.classic, 'STANDARDPACK', 'ENTERPRISEPACK'), ['Exchange Online', 'SharePoint']);
  assert.deepEqual(conflicts(ruleSets.classic, 'EXCHANGESTANDARD', 'EXCHANGEENTERPRISE'), ['Exchange Online']);
  assert.deepEqual(conflicts(ruleSets.classic, 'SHAREPOINTSTANDARD', 'SHAREPOINTENTERPRISE'), ['SharePoint']);
  assert.deepEqual(conflicts(ruleSets.classic, 'ENTERPRISEPACK', 'EMS'), []);
});

test('under current Exchange plans stack, and SharePoint plans still exclude each other', () => {
  for (const [one, other] of [
    ['EXCHANGESTANDARD', 'EXCHANGEENTERPRISE'],
    ['EXCHANGEDESKLESS', 'EXCHANGEENTERPRISE'],
    ['DESKLESSPACK', 'EXCHANGESTANDARD'],
    ['Microsoft_365_E3_(no_Teams)', 'Microsoft_Teams_EEA_New'],
  ] as const) {
    assert.deepEqual(conflicts(ruleSets.current, one, other), [], `${one} and ${other}`);
  }
  assert.deepEqual(conflicts(ruleSets.current, 'SHAREPOINTSTANDARD', 'SHAREPOINTENTERPRISE'), ['SharePoint']);
  assert.deepEqual(conflicts(ruleSets.current, 'STANDARDPACK', 'ENTERPRISEPACK'), ['SharePoint']);
});

test('every product whose plans need others is in the decision, with whether it can be assigned alone', () => {
  const page = readFileSync(new URL('../../../../docs/decisions/0003-built-in-rules.md', import.meta.url), 'utf8');
  const rows = page.matchAll(/^\| ([^|]+) \| ([A-Z0-9_, ]+) \| (yes|no: an add-on) \|$/gm);
  const documented = new Map(Array.from(rows, ([, part, names, alone]) => [part, { names, alone: alone === 'yes' }]));
  for (const { requirements } of Object.values(ruleSets)) {
    const actual = new Map<string, { names: string; alone: boolean }>();
    for (const { skuPartNumber, servicePlans } of products) {
      const own = requirements.filter(({ plan }) => servicePlans.includes(plan));
      if (own.length === 0) continue;
      const names = own
        .map(({ plan }) => nameOf(plan))
        .sort()
        .join(', ');
      actual.set(skuPartNumber, {
        names,
        alone: own.every(({ anyOf }) => anyOf.some((planId) => servicePlans.includes(planId))),
      });
    }
    assert.deepEqual(actual, documented);
  }
});

test('a plan that creates a mailbox is marked, and neither the foundation nor an archive is', () => {
  const mailboxes = plans.filter(({ mailbox }) => mailbox).map(({ name }) => name);
  assert.deepEqual(mailboxes, [
    'EXCHANGE_B_STANDARD',
    'EXCHANGE_L_STANDARD',
    'EXCHANGE_S_DESKLESS',
    'EXCHANGE_S_ENTERPRISE',
    'EXCHANGE_S_ESSENTIALS',
    'EXCHANGE_S_STANDARD',
    'EXCHANGE_S_STANDARD_MIDMARKET',
  ]);
  assert.equal(plans.find(({ name }) => name === 'EXCHANGE_S_FOUNDATION')?.appliesTo, 'Company');
  assert.deepEqual(
    products.filter(({ appliesTo }) => appliesTo === 'Company').map(({ skuPartNumber }) => skuPartNumber),
    ['SHAREPOINTSTORAGE', 'FLOW_BUSINESS_PROCESS', 'PBI_PREMIUM_P1_ADDON'],
  );
});
