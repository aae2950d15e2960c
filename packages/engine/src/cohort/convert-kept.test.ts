import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import { draftPlan } from '../plan/draft-plan.ts';
import { finishPlan, type Plan } from '../plan/finish-plan.ts';
import { convertKept } from './convert-kept.ts';
import { entriesOf } from './entries-of.ts';
import { type CohortState, type Exception, type LicenseError, noFacts } from './facts.ts';
import { prepareWorld } from './world.ts';

const plan = (planId: string): PlanData => ({
  planId,
  name: planId,
  displayName: planId,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny: null,
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
  plans: ['chat', 'insights', 'mail', 'sway'].map(plan),
  products: [product('analytics', ['insights']), product('suite', ['chat', 'mail', 'sway'])],
  exclusions: [{ name: 'Mail', plans: ['chat', 'mail'] }],
  requirements: [{ plan: 'insights', anyOf: ['mail'] }],
});
const world = prepareWorld(catalogue, [], false);

const kept = (error: LicenseError, plans: string[]): Exception => ({
  kind: 'kept',
  source: 'gone',
  productId: 'suite',
  error,
  plans,
});
const analytics = { productId: 'analytics', disabledPlans: [] };
const stateOf = (direct: { productId: string; disabledPlans: string[] }[], exception: Exception): CohortState => ({
  facts: { ...noFacts, direct: [analytics, ...direct] },
  exceptions: [exception],
});

/** Plans the conversion of one cohort of seven, without a seat to be had. */
function convert(state: CohortState): Plan {
  const conversion = convertKept(state, new Set(['gone']), world);
  assert.ok(conversion);
  const seats = { usableBefore: 7, usable: 7, consumed: 7 };
  const planned = finishPlan(
    draftPlan({
      before: world,
      after: world,
      seats: new Map([
        ['analytics', seats],
        ['suite', seats],
      ]),
      cohorts: [{ cohortNo: 1, members: 7, concerned: false, state }],
      movements: [{ movementNo: 0, from: 1, count: 7, ...conversion }],
      loadedWaiting: new Set(['analytics', 'suite']),
      reactToSeats: true,
    }),
    { userNos: [], units: [] },
  );
  assert.ok(planned.kind === 'plan');
  return planned;
}

const entries = (state: CohortState) =>
  entriesOf(state, world).map(
    ({ source, productId, state: of, inForce }) =>
      `${source} ${productId} ${of} ${catalogue.idsOf(inForce ?? catalogue.none).join()}`,
  );

test('what is kept becomes direct in place: the same plans in force, no seat, no pointer and no check (L-25)', () => {
  const { moves, revisions, consumedChange } = convert(stateOf([], kept('DependencyViolation', ['chat', 'mail'])));
  assert.deepEqual(moves, []);
  assert.equal(consumedChange.size, 0);
  assert.equal(revisions.length, 1);
  const state = revisions[0]?.state ?? stateOf([], kept('Other', []));
  assert.deepEqual(state.facts.direct, [analytics, { productId: 'suite', disabledPlans: ['sway'] }]);
  // Two of its plans exclude each other today, which no conversion may take away (L-05).
  assert.deepEqual(entries(state), ['direct analytics Active insights', 'direct suite ActiveWithError chat,mail']);
});

test('it joins what the user has directly of the product: wanted and in force are what either gave', () => {
  const direct = [{ productId: 'suite', disabledPlans: ['chat', 'mail'] }];
  const [revision] = convert(stateOf(direct, kept('DependencyViolation', ['mail']))).revisions;
  assert.deepEqual(revision?.state.facts.direct, [analytics, { productId: 'suite', disabledPlans: ['chat'] }]);
  assert.deepEqual(revision && entries(revision.state), [
    'direct analytics Active insights',
    'direct suite Active mail,sway',
  ]);
});

test('what waits to be replaced, and what another group gave, does not become direct', () => {
  assert.equal(convertKept(stateOf([], kept('Other', ['mail'])), new Set(['gone']), world), undefined);
  assert.equal(convertKept(stateOf([], kept('DependencyViolation', ['mail'])), new Set(['other']), world), undefined);
});
