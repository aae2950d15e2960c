import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import type { Reason, Situation, Wish } from './check.ts';
import { firstFailing } from './index.ts';

const plan = (planId: string, more: Partial<PlanData> = {}): PlanData => ({
  planId,
  name: planId,
  displayName: planId,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny: null,
  allow: null,
  ...more,
});

/** One plan that every check has something against. */
const catalogue = prepareCatalogue({
  plans: [
    plan('mail', { mailbox: true, deny: ['CN'] }),
    plan('other mail', { mailbox: true }),
    plan('base'),
    plan('plain'),
  ],
  products: [
    { productId: 'product', skuPartNumber: 'P', displayName: 'P', appliesTo: 'User', planIds: ['mail', 'plain'] },
  ],
  exclusions: [{ name: 'one mailbox', plans: ['mail', 'other mail'] }],
  requirements: [{ plan: 'mail', anyOf: ['base'] }],
});

const product = catalogue.products.get('product');
if (!product) throw new Error('the catalogue has the product');

const wish: Wish = { product, plans: product.plans };

/** Everything is against it. */
const worst: Situation = {
  catalogue,
  place: 'CN',
  sharesAddress: true,
  inForce: catalogue.setOf(['other mail']),
  candidate: product.plans,
  holdsSeat: () => false,
  seatFree: () => false,
};

/** Each step takes away what the step before failed for: the checks of L-06 in their order. */
const table: readonly [removed: Partial<Situation>, reason: Reason | undefined][] = [
  [{}, { error: 'ProhibitedInUsageLocationViolation', place: 'CN', plans: ['mail'] }],
  [{ place: '' }, { error: 'UniquenessViolation', plans: ['mail'] }],
  [
    { sharesAddress: false },
    { error: 'MutuallyExclusiveViolation', plan: 'mail', excludes: 'other mail', rule: 'one mailbox' },
  ],
  [{ inForce: catalogue.none }, { error: 'DependencyViolation', plan: 'mail', anyOf: ['base'] }],
  [{ inForce: catalogue.setOf(['base']) }, { error: 'CountViolation', productId: 'product' }],
  [{ seatFree: () => true }, undefined],
];

let situation = worst;
for (const [removed, reason] of table) {
  situation = { ...situation, ...removed };
  const now = situation;
  test(`of all that is against a wish the first in the order of L-06 is told: ${reason?.error ?? 'nothing'}`, () => {
    assert.deepEqual(firstFailing(wish, now), reason);
  });
}

test('who holds a seat of the product needs no free one (L-01)', () => {
  assert.equal(firstFailing(wish, { ...situation, seatFree: () => false, holdsSeat: () => true }), undefined);
});

test('plans of one candidate exclude each other, and meet what they require of each other (L-06)', () => {
  const together = { ...situation, inForce: catalogue.none };
  assert.equal(firstFailing(wish, { ...together, candidate: catalogue.setOf(['mail', 'base']) }), undefined);
  const reason = firstFailing(wish, { ...together, candidate: catalogue.setOf(['mail', 'base', 'other mail']) });
  assert.equal(reason?.error, 'MutuallyExclusiveViolation');
});

test('a plan does not exclude itself, nor do plans that are not wished for', () => {
  const twice = { ...situation, inForce: catalogue.setOf(['mail', 'base']), candidate: product.plans };
  assert.equal(firstFailing(wish, twice), undefined);
  const others = { ...situation, inForce: catalogue.setOf(['mail', 'other mail']), candidate: catalogue.none };
  assert.equal(firstFailing({ product, plans: catalogue.setOf(['plain']) }, others), undefined);
});
