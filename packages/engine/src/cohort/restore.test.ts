import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import { type CohortState, noFacts } from './facts.ts';
import { heldBy, restoredHoldings } from './restore.ts';
import { type BundleData, prepareWorld } from './world.ts';

const plan = (planId: string): PlanData => ({
  planId,
  name: planId,
  displayName: planId,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny: planId === 'sway' ? ['CN'] : null,
  allow: null,
});
const product = (productId: string, planIds: string[]) => ({
  productId,
  skuPartNumber: productId,
  displayName: productId,
  appliesTo: 'User' as const,
  planIds,
});
const catalogue = prepareCatalogue({
  plans: ['mail 1', 'mail 2', 'sway'].map(plan),
  products: [product('e1', ['mail 1', 'sway']), product('e3', ['mail 2', 'sway'])],
  exclusions: [{ name: 'Mail', plans: ['mail 1', 'mail 2'] }],
  requirements: [],
});
const bundle = (groupId: string, at: number, productId: string): BundleData => ({
  groupId,
  priority: 100,
  firstLicensedAt: at,
  atomicity: 'bundle',
  prerequisites: 'group',
  assignments: [{ productId, disabledPlans: [] }],
});
const world = prepareWorld(catalogue, [bundle('early', 1, 'e3'), bundle('late', 2, 'e1')], false);

/** In both groups; what the later one gives was there first. */
const state: CohortState = {
  facts: { ...noFacts, groups: ['early', 'late'] },
  exceptions: [
    { kind: 'missing', source: 'early', productId: 'e3', error: 'MutuallyExclusiveViolation', plans: null },
    { kind: 'missing', source: 'late', productId: 'e1', error: 'Other', plans: ['sway'] },
  ],
};
const shown = (place: string, seatFree: boolean, groups = state.facts.groups) =>
  restoredHoldings(heldBy(state, world), { ...noFacts, place, groups }, world, () => seatFree).map(
    ({ source, product: { productId }, inForce }) =>
      `${source} ${productId} ${catalogue.idsOf(inForce ?? catalogue.none).join()}`,
  );

test('what was in force and is still to be had is so again before anything else, plan by plan', () => {
  assert.deepEqual(heldBy(state, world), [{ source: 'late', productId: 'e1', disabledPlans: ['sway'] }]);
  assert.deepEqual(shown('', true), ['late e1 mail 1']);
});

test('nothing comes back without a free seat, nor from a group that the user is in no more', () => {
  assert.deepEqual(shown('', false), []);
  assert.deepEqual(shown('', true, ['early']), []);
});

test('a plan that was not in force is not tested: what it lacks stops nothing that was there', () => {
  assert.deepEqual(shown('CN', true), ['late e1 mail 1']);
});
