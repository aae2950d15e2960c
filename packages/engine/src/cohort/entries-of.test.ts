import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import type { Source } from '../ids.ts';
import { entriesOf } from './entries-of.ts';
import { type Exception, type Facts, noFacts } from './facts.ts';
import { type BundleData, prepareWorld, type World } from './world.ts';

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

const product = (productId: string, planIds: string[]) => ({
  productId,
  skuPartNumber: productId,
  displayName: productId,
  appliesTo: 'User' as const,
  planIds,
});

const catalogue = prepareCatalogue({
  plans: [
    plan('exchange 1', { mailbox: true }),
    plan('exchange 2', { mailbox: true }),
    plan('insights'),
    plan('power bi', { deny: ['CN'] }),
    plan('teams'),
  ],
  products: [
    product('analytics', ['insights']),
    product('e1', ['exchange 1', 'teams']),
    product('e3', ['exchange 2', 'teams']),
    product('e5', ['exchange 2', 'power bi']),
  ],
  exclusions: [{ name: 'Exchange Online', plans: ['exchange 1', 'exchange 2'] }],
  requirements: [{ plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] }],
});

/** Groups with these products, in the order of L-07. */
const worldOf = (bundles: Record<string, string[]>, keepUntilReplaced = false): World =>
  prepareWorld(
    catalogue,
    Object.entries(bundles).map(
      ([groupId, productIds], at): BundleData => ({
        groupId,
        priority: 100,
        firstLicensedAt: at,
        atomicity: 'bundle',
        prerequisites: 'user',
        assignments: productIds.map((productId) => ({ productId, disabledPlans: [] })),
      }),
    ),
    keepUntilReplaced,
  );

const missing = (source: Source, productId: string, error: Exception['error']): Exception => ({
  kind: 'missing',
  source,
  productId,
  error,
  plans: null,
});

const shown = (world: World, facts: Partial<Facts>, exceptions: readonly Exception[]) =>
  entriesOf({ facts: { ...noFacts, ...facts }, exceptions }, world).map(
    ({ source, productId, state, reason, inForce }) => ({
      entry: `${source} ${productId} ${state}`,
      plans: inForce ? catalogue.idsOf(inForce) : [],
      reason,
    }),
  );

test('without exceptions everything wanted is in force, direct first, then the groups in the order of L-07', () => {
  const direct = [{ productId: 'e3', disabledPlans: ['teams'] }];
  assert.deepEqual(shown(worldOf({ late: ['e5'], early: ['analytics'] }), { direct, groups: ['early', 'late'] }, []), [
    { entry: 'direct e3 Active', plans: ['exchange 2'], reason: undefined },
    { entry: 'late e5 Active', plans: ['exchange 2', 'power bi'], reason: undefined },
    { entry: 'early analytics Active', plans: ['insights'], reason: undefined },
  ]);
});

test('a bundle that lacks a seat says of which product, and of the others that this one failed (L-28)', () => {
  const exceptions = [missing('g', 'analytics', 'Other'), missing('g', 'e3', 'CountViolation')];
  assert.deepEqual(shown(worldOf({ g: ['analytics', 'e3'] }), { groups: ['g'] }, exceptions), [
    { entry: 'g analytics Error', plans: [], reason: { error: 'Other', failed: ['e3'] } },
    { entry: 'g e3 Error', plans: [], reason: { error: 'CountViolation', productId: 'e3' } },
  ]);
});

test('an exclusion is explained by both plans and the rule (L-28)', () => {
  const world = worldOf({ first: ['e3'], second: ['e1'] });
  const exceptions = [missing('second', 'e1', 'MutuallyExclusiveViolation')];
  assert.deepEqual(shown(world, { groups: ['first', 'second'] }, exceptions)[1], {
    entry: 'second e1 Error',
    plans: [],
    reason: {
      error: 'MutuallyExclusiveViolation',
      plan: 'exchange 1',
      excludes: 'exchange 2',
      rule: 'Exchange Online',
    },
  });
});

test('what is in force and would not be granted today stays, with the reason (L-05)', () => {
  assert.deepEqual(shown(worldOf({ g: ['e5'] }), { place: 'CN', groups: ['g'] }, []), [
    {
      entry: 'g e5 ActiveWithError',
      plans: ['exchange 2', 'power bi'],
      reason: { error: 'ProhibitedInUsageLocationViolation', place: 'CN', plans: ['power bi'] },
    },
  ]);
});

test('what nobody wants any more is kept for the plan that needs it (L-08)', () => {
  const kept: Exception = {
    kind: 'kept',
    source: 'left',
    productId: 'e3',
    error: 'DependencyViolation',
    plans: ['exchange 2', 'teams'],
  };
  assert.deepEqual(shown(worldOf({ left: ['e3'], g: ['analytics'] }), { groups: ['g'] }, [kept]), [
    {
      entry: 'left e3 ActiveWithError',
      plans: ['exchange 2', 'teams'],
      reason: { error: 'DependencyViolation', plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] },
    },
    { entry: 'g analytics Active', plans: ['insights'], reason: undefined },
  ]);
});

test('a mailbox of who shares an address is kept, and the plans of it are named (L-08, L-11)', () => {
  const kept: Exception = {
    kind: 'kept',
    source: 'left',
    productId: 'e1',
    error: 'UniquenessViolation',
    plans: ['exchange 1', 'teams'],
  };
  assert.deepEqual(shown(worldOf({ left: ['e1'] }), { sharesAddress: true }, [kept]), [
    {
      entry: 'left e1 ActiveWithError',
      plans: ['exchange 1', 'teams'],
      reason: { error: 'UniquenessViolation', plans: ['exchange 1'] },
    },
  ]);
});

test('what waits to be replaced says by what (L-09)', () => {
  const world = worldOf({ left: ['e3'], g: ['e5'] }, true);
  const kept: Exception = {
    kind: 'kept',
    source: 'left',
    productId: 'e3',
    error: 'Other',
    plans: ['exchange 2', 'teams'],
  };
  assert.deepEqual(shown(world, { groups: ['g'] }, [missing('g', 'e5', 'CountViolation'), kept]), [
    {
      entry: 'left e3 ActiveWithError',
      plans: ['exchange 2', 'teams'],
      reason: { error: 'Other', failed: ['e5'] },
    },
    { entry: 'g e5 Error', plans: [], reason: { error: 'CountViolation', productId: 'e5' } },
  ]);
});

test('of an assignment in force of which one plan is missing, that plan is explained (L-27)', () => {
  const lacking: Exception = {
    kind: 'missing',
    source: 'g',
    productId: 'e5',
    error: 'ProhibitedInUsageLocationViolation',
    plans: ['power bi'],
  };
  assert.deepEqual(shown(worldOf({ g: ['e5'] }), { place: 'CN', groups: ['g'] }, [lacking]), [
    {
      entry: 'g e5 ActiveWithError',
      plans: ['exchange 2'],
      reason: { error: 'ProhibitedInUsageLocationViolation', place: 'CN', plans: ['power bi'] },
    },
  ]);
});

test('an entry says whether its reason is about something kept, be it single plans of an assignment still wanted (L-08)', () => {
  const direct = [{ productId: 'e3', disabledPlans: ['exchange 2'] }];
  const kept: Exception = {
    kind: 'kept',
    source: 'direct',
    productId: 'e3',
    error: 'DependencyViolation',
    plans: ['exchange 2'],
  };
  const facts = { ...noFacts, direct, groups: ['g'] };
  const entries = entriesOf({ facts, exceptions: [kept] }, worldOf({ g: ['analytics'] }));
  assert.deepEqual(
    entries.map(({ productId, state, isKept }) => [productId, state, isKept]),
    [
      ['e3', 'ActiveWithError', true],
      ['analytics', 'Active', false],
    ],
  );
});
