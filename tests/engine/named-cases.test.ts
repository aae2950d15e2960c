import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBatchToModel } from '../model/batches.ts';
import type { ModelExclusion, ModelRequirement } from '../model/catalogue.ts';
import { NaiveTenant } from '../model/naive-tenant.ts';
import type { Step } from '../model/random-history.ts';
import { MemoryTenant } from './memory-tenant.ts';

/** Cases that random histories found: the engine and the model must agree on them for good. */
interface Office {
  /** Plans by product; a product has a seat for everybody unless `seats` says otherwise. */
  products: Record<string, string[]>;
  seats?: Record<string, number>;
  exclusions?: ModelExclusion[];
  requirements?: ModelRequirement[];
  keepUntilReplaced?: boolean;
  users: string[];
  groups: string[];
}

test('who moves with a seat keeps it, whoever waits for a seat of it and would also take others (L-05, L-14)', () => {
  const office = open({
    products: { base: ['base'], extra: ['extra'] },
    seats: { base: 1, extra: 2 },
    users: ['ada', 'bob', 'cyd'],
    groups: ['both', 'one'],
  });
  office.license('one', 'base');
  office.license('both', 'base', 'extra');
  office.join('one', 'bob');
  office.join('both', 'ada', 'cyd');
  office.move('bob', 'one', 'both');
  assert.deepEqual(office.shown('bob'), ['both base Active None', 'both extra Active None']);
  assert.deepEqual(office.shown('ada'), ['both base Error CountViolation', 'both extra Error Other']);
});

test('so it is when those who wait are settled by the same change', () => {
  const office = open({
    products: { base: ['base'], extra: ['extra'] },
    seats: { base: 1, extra: 2 },
    users: ['ada', 'bob', 'cyd'],
    groups: ['both', 'one'],
  });
  office.license('one', 'base');
  office.license('both', 'base', 'extra');
  office.join('one', 'bob');
  office.join('both', 'ada', 'cyd');
  office.apply(
    { kind: 'setGroupLicensing', groupId: 'both', licensing: { priority: 90 } },
    {
      kind: 'changeMembers',
      changes: ['both', 'one'].map((group) => ({ group, user: 'bob', member: group === 'both' })),
    },
  );
  assert.deepEqual(office.shown('bob'), ['both base Active None', 'both extra Active None']);
});

test('who lacks a seat waits for it, also when what is kept meanwhile excludes the product (L-08, L-14)', () => {
  const office = open({
    products: { new: ['exchange 2'], old: ['exchange 1'], insights: ['insights'] },
    seats: { new: 0 },
    exclusions: [{ name: 'Exchange Online', plans: ['exchange 1', 'exchange 2'] }],
    requirements: [{ plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] }],
    users: ['ada'],
    groups: ['former', 'latter'],
  });
  office.apply({ kind: 'setGroupLicensing', groupId: 'latter', licensing: { prerequisites: 'user' } });
  office.license('former', 'old');
  office.join('former', 'ada');
  office.license('latter', 'insights');
  office.join('latter', 'ada');
  office.apply({ kind: 'setGroupLicensing', groupId: 'latter', licensing: { atomicity: 'product' } });
  office.license('latter', 'new');
  assert.deepEqual(office.shown('ada')[2], 'latter new Error MutuallyExclusiveViolation');
  office.apply({ kind: 'changeMembers', changes: [{ group: 'former', user: 'ada', member: false }] });
  assert.deepEqual(office.shown('ada'), [
    'former old ActiveWithError DependencyViolation',
    'latter insights Active None',
    'latter new Error CountViolation',
  ]);
  assert.deepEqual(office.waiting('new'), ['ada']);
  office.apply({ kind: 'setSeats', productId: 'new', usable: 1 });
  assert.deepEqual(office.shown('ada'), ['latter insights Active None', 'latter new Active None']);
});

test('with keepUntilReplaced an old product stays while any product that replaces it is not in force (L-09)', () => {
  const office = open({
    products: { first: ['a', 'x'], second: ['b'], 'for first': ['a2'], 'for second': ['b2', 'y'] },
    seats: { 'for first': 0 },
    exclusions: [
      { name: 'a', plans: ['a', 'a2'] },
      { name: 'b', plans: ['b', 'b2'] },
      { name: 'x or y', plans: ['x', 'y'] },
    ],
    keepUntilReplaced: true,
    users: ['ada'],
    groups: ['former', 'latter', 'old'],
  });
  office.apply({ kind: 'setGroupLicensing', groupId: 'latter', licensing: { atomicity: 'product' } });
  office.license('old', 'first');
  office.license('former', 'second');
  office.license('latter', 'for first', 'for second');
  office.join('old', 'ada');
  office.join('former', 'ada');
  office.apply({
    kind: 'changeMembers',
    changes: ['former', 'latter', 'old'].map((group) => ({ group, user: 'ada', member: group === 'latter' })),
  });
  // What is kept for want of a seat keeps the other successor out, so that the other old product is not replaced either.
  assert.deepEqual(office.shown('ada'), [
    'former second ActiveWithError Other',
    'latter for first Error CountViolation',
    'latter for second Error MutuallyExclusiveViolation',
    'old first ActiveWithError Other',
  ]);
  office.apply({ kind: 'setSeats', productId: 'for first', usable: 1 });
  assert.deepEqual(office.shown('ada'), ['latter for first Active None', 'latter for second Active None']);
});

test('of two users and one seat the first has what it would have with seats for all (L-07, L-14)', () => {
  const office = open({
    products: { a: ['a'], b: ['b'] },
    seats: { a: 1 },
    exclusions: [{ name: 'a or b', plans: ['a', 'b'] }],
    users: ['ada', 'bob'],
    groups: ['former', 'latter'],
  });
  office.license('former', 'a');
  office.license('latter', 'b');
  const groups = ['former', 'latter'];
  office.apply({
    kind: 'changeMembers',
    changes: groups.flatMap((group) => ['ada', 'bob'].map((user) => ({ group, user, member: true }))),
  });
  assert.deepEqual(office.shown('ada'), ['former a Active None', 'latter b Error MutuallyExclusiveViolation']);
  assert.deepEqual(office.shown('bob'), ['former a Error MutuallyExclusiveViolation', 'latter b Active None']);
});

test('a seat that was given back and taken by another cannot be kept after all (L-09, L-14)', () => {
  const office = open({
    products: { old: ['a'], scarce: ['b'], successor: ['a', 'c'] },
    seats: { old: 2, scarce: 1 },
    exclusions: [{ name: 'b or c', plans: ['b', 'c'] }],
    keepUntilReplaced: true,
    users: ['ada', 'bob', 'cyd', 'dan'],
    groups: ['former', 'latter', 'left', 'others'],
  });
  office.license('left', 'old');
  office.license('others', 'old');
  office.license('former', 'scarce');
  office.license('latter', 'successor');
  office.join('left', 'ada', 'bob');
  office.join('others', 'cyd', 'dan');
  // While the scarce product is denied Ada and Bob get the successor, and their seats of the old one go to Cyd and Dan. When it is
  // her turn Ada could have the scarce product only with the old one beside it, for want of the successor.
  office.apply({
    kind: 'changeMembers',
    changes: ['ada', 'bob'].flatMap((user) =>
      ['former', 'latter', 'left'].map((group) => ({ group, user, member: group !== 'left' })),
    ),
  });
  for (const user of ['ada', 'bob']) {
    assert.deepEqual(office.shown(user), [
      'former scarce Error MutuallyExclusiveViolation',
      'latter successor Active None',
    ]);
  }
  for (const user of ['cyd', 'dan']) assert.deepEqual(office.shown(user), ['others old Active None']);
});

test('the seat that somebody in line gives back goes to who waits for it, in the same change (L-14, L-16)', () => {
  const office = open({
    products: { e3: ['exchange'], e5: ['exchange', 'phone'] },
    seats: { e3: 1, e5: 1 },
    keepUntilReplaced: true,
    users: ['ada', 'bob', 'cyd'],
    groups: ['old', 'new'],
  });
  office.license('old', 'e3');
  office.license('new', 'e5');
  office.join('old', 'ada');
  office.join('old', 'bob');
  office.apply({
    kind: 'changeMembers',
    changes: [
      { group: 'old', user: 'ada', member: false },
      { group: 'new', user: 'ada', member: true },
      { group: 'new', user: 'cyd', member: true },
    ],
  });
  assert.deepEqual(office.shown('ada'), ['new e5 Active None']);
  assert.deepEqual(office.shown('bob'), ['old e3 Active None']);
  assert.deepEqual(office.shown('cyd'), ['new e5 Error CountViolation']);
});

test('of single plans that nobody wants any more the one with the lowest id is kept, if one is needed (L-08)', () => {
  const office = open({
    products: { suite: ['b1', 'b2', 'c'], addition: ['x'] },
    requirements: [{ plan: 'x', anyOf: ['b1', 'b2'] }],
    users: ['ada'],
    groups: ['group'],
  });
  office.license('group', 'suite');
  office.join('group', 'ada');
  office.apply({
    kind: 'assignDirect',
    userId: 'ada',
    add: [{ productId: 'addition', disabledPlans: [] }],
    remove: [],
  });
  const add = [{ productId: 'suite', disabledPlans: ['b1', 'b2'] }];
  office.apply({ kind: 'assignGroup', groupId: 'group', add, remove: [] });
  assert.deepEqual(office.plansOf('ada', 'suite'), ['b1', 'c']);
});

test('a refused call names the first of its products that is itself at fault (L-16)', () => {
  const office = open({
    products: { 'needs the other': ['a'], scarce: ['b'] },
    seats: { scarce: 0 },
    requirements: [{ plan: 'a', anyOf: ['b'] }],
    users: ['ada'],
    groups: [],
  });
  const add = ['needs the other', 'scarce'].map((productId) => ({ productId, disabledPlans: [] }));
  assert.equal(office.apply({ kind: 'assignDirect', userId: 'ada', add, remove: [] }), 'count');
});

test('a user of whose assignment one plan is missing and another kept is one user in error (L-27)', () => {
  const counted: number[] = [];
  const office = open(
    {
      products: { suite: ['a', 'b'], addition: ['c'] },
      requirements: [
        { plan: 'a', anyOf: ['nothing'] },
        { plan: 'c', anyOf: ['b'] },
      ],
      users: ['ada'],
      groups: ['group'],
    },
    (errors) => counted.push(errors),
  );
  office.apply({ kind: 'setGroupLicensing', groupId: 'group', licensing: { prerequisites: 'user' } });
  office.apply({
    kind: 'assignGroup',
    groupId: 'group',
    add: [{ productId: 'suite', disabledPlans: ['a'] }],
    remove: [],
  });
  office.join('group', 'ada');
  office.apply({
    kind: 'assignDirect',
    userId: 'ada',
    add: [{ productId: 'addition', disabledPlans: [] }],
    remove: [],
  });
  office.apply({
    kind: 'assignGroup',
    groupId: 'group',
    add: [{ productId: 'suite', disabledPlans: ['b'] }],
    remove: [],
  });
  assert.deepEqual(office.shown('ada'), [
    'direct addition Active None',
    'group suite ActiveWithError DependencyViolation',
  ]);
  assert.equal(counted.at(-1), 1);
});

/** The engine and the model side by side; whatever is asked, both must say the same. */
function open(office: Office, onErrors: (users: number) => void = () => {}) {
  const planIds = [...new Set([...Object.values(office.products).flat(), 'nothing'])];
  const catalogue = {
    plans: planIds.map((id) => ({ id })),
    products: Object.entries(office.products).map(([id, plans]) => ({ id, plans })),
    exclusions: office.exclusions ?? [],
    requirements: office.requirements ?? [],
  };
  const settings = { defaultUsageLocation: null, keepUntilReplaced: office.keepUntilReplaced ?? false };
  const model = new NaiveTenant(catalogue, settings);
  const engine = new MemoryTenant(catalogue, settings, ({ plan }, apply) => {
    onErrors(plan.errorsAfter.reduce((sum, { users }) => sum + users, 0));
    apply();
  });
  const apply = (...steps: Step[]) => {
    const refusals = applyBatchToModel(model, steps);
    assert.deepEqual(engine.applyTogether(steps), refusals);
    for (const user of office.users) if (started) assert.deepEqual(engine.entries(user), model.entries(user));
    return refusals[0];
  };
  let started = false;
  for (const productId of Object.keys(office.products)) {
    apply({ kind: 'setSeats', productId, usable: office.seats?.[productId] ?? office.users.length });
  }
  for (const id of office.users) apply({ kind: 'addUsers', users: [{ id, usageLocation: 'DE' }] });
  for (const groupId of office.groups) apply({ kind: 'addGroup', groupId });
  started = true;
  const membersOf = (group: string, users: string[], member: boolean) => users.map((user) => ({ group, user, member }));
  return {
    apply,
    license: (groupId: string, ...productIds: string[]) =>
      assert.equal(
        apply({
          kind: 'assignGroup',
          groupId,
          add: productIds.map((productId) => ({ productId, disabledPlans: [] })),
          remove: [],
        }),
        undefined,
      ),
    join: (group: string, ...users: string[]) =>
      apply({ kind: 'changeMembers', changes: membersOf(group, users, true) }),
    move: (user: string, from: string, to: string) =>
      apply({ kind: 'changeMembers', changes: [...membersOf(from, [user], false), ...membersOf(to, [user], true)] }),
    shown: (user: string) =>
      engine.entries(user).map(({ source, productId, state, error }) => `${source} ${productId} ${state} ${error}`),
    plansOf: (user: string, productId: string) =>
      engine.entries(user).find((entry) => entry.productId === productId)?.enabledPlans,
    waiting: (productId: string) => {
      assert.deepEqual(engine.waiting(productId), model.waiting(productId));
      return engine.waiting(productId).map(({ userId }) => userId);
    },
  };
}
