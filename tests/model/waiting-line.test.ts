import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NaiveTenant } from './naive-tenant.ts';
import { license } from './office.ts';

test('a scarce seat goes to the better priority, then the longer wait, then the older user, then the lower id (L-14)', () => {
  const tenant = lineWith(['eve', 'dan', 'cyd', 'bob', 'ada'], ['A']);
  tenant.setGroupLicensing('urgent', { priority: 50 });
  license(tenant, 'urgent', 'A');
  license(tenant, 'usual', 'A');
  addMembers(tenant, 'usual', 'ada');
  addMembers(tenant, 'usual', 'eve', 'dan', 'cyd');
  addMembers(tenant, 'urgent', 'bob');
  assert.deepEqual(tenant.waiting('A'), [
    { userId: 'bob', priority: 50, position: 1 },
    { userId: 'ada', priority: 100, position: 2 },
    { userId: 'eve', priority: 100, position: 3 },
    { userId: 'dan', priority: 100, position: 4 },
    { userId: 'cyd', priority: 100, position: 5 },
  ]);

  tenant.setSeats('A', 3);
  assert.deepEqual(holders(tenant, 'A', ['ada', 'bob', 'cyd', 'dan', 'eve']), ['ada', 'bob', 'eve']);
  assert.deepEqual(tenant.waiting('A'), [
    { userId: 'dan', priority: 100, position: 1 },
    { userId: 'cyd', priority: 100, position: 2 },
  ]);
});

test('users created together stand in the order of their ids (L-14)', () => {
  const tenant = lineWith([], ['A']);
  tenant.addUsers([{ id: 'cyd' }, { id: 'ada' }, { id: 'bob' }]);
  license(tenant, 'usual', 'A');
  addMembers(tenant, 'usual', 'cyd', 'bob', 'ada');
  assert.deepEqual(
    tenant.waiting('A').map((one) => one.userId),
    ['ada', 'bob', 'cyd'],
  );
});

test('who waits for a second product keeps the time since when it waits (L-14)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A', 'B']);
  license(tenant, 'usual', 'A');
  license(tenant, 'urgent', 'B');
  addMembers(tenant, 'usual', 'bob');
  addMembers(tenant, 'usual', 'ada');
  addMembers(tenant, 'urgent', 'ada');
  addMembers(tenant, 'urgent', 'bob');
  assert.deepEqual(
    tenant.waiting('B').map((one) => one.userId),
    ['bob', 'ada'],
  );
});

test('who stops waiting and begins again starts behind those who wait (L-14)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A']);
  license(tenant, 'usual', 'A');
  addMembers(tenant, 'usual', 'ada', 'bob');
  tenant.changeMembers([{ group: 'usual', user: 'ada', member: false }]);
  addMembers(tenant, 'usual', 'ada');
  assert.deepEqual(
    tenant.waiting('A').map((one) => one.userId),
    ['bob', 'ada'],
  );
});

test('a user who lacks a second seat is skipped and blocks nobody (L-14)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A', 'B']);
  license(tenant, 'urgent', 'A', 'B');
  license(tenant, 'usual', 'A');
  addMembers(tenant, 'urgent', 'ada');
  addMembers(tenant, 'usual', 'bob');
  tenant.setSeats('A', 1);
  assert.deepEqual(tenant.effectivePlans('bob'), ['a']);
  assert.deepEqual(tenant.effectivePlans('ada'), []);
});

test('with one seat for two users the first is settled as if there were enough, the second without it (L-14)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A', 'B']);
  tenant.setRules([{ name: 'either', plans: ['a', 'b'] }], []);
  tenant.setSeats('A', 1);
  tenant.setSeats('B', 5);
  tenant.setGroupLicensing('urgent', { priority: 50 });
  license(tenant, 'urgent', 'A');
  license(tenant, 'usual', 'B');
  tenant.changeMembers(
    ['ada', 'bob'].flatMap((user) => ['urgent', 'usual'].map((group) => ({ group, user, member: true }))),
  );
  assert.deepEqual(tenant.effectivePlans('ada'), ['a']);
  assert.deepEqual(tenant.effectivePlans('bob'), ['b']);
});

test('a user who moves to another group with the same product keeps the seat while others wait (L-09, L-14)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A']);
  tenant.setSeats('A', 1);
  license(tenant, 'urgent', 'A');
  license(tenant, 'usual', 'A');
  addMembers(tenant, 'urgent', 'bob');
  addMembers(tenant, 'urgent', 'ada');
  tenant.changeMembers([
    { group: 'urgent', user: 'bob', member: false },
    { group: 'usual', user: 'bob', member: true },
  ]);
  assert.deepEqual(tenant.entries('bob'), [
    { source: 'usual', productId: 'A', state: 'Active', error: 'None', enabledPlans: ['a'] },
  ]);
  assert.deepEqual(tenant.waiting('A'), [{ userId: 'ada', priority: 100, position: 1 }]);
});

test('a seat freed by a direct call goes to who waits, one that is free goes to the caller (L-14, L-16)', () => {
  const tenant = lineWith(['ada', 'bob', 'cyd'], ['A', 'B']);
  tenant.setSeats('A', 1);
  tenant.setSeats('B', 1);
  license(tenant, 'usual', 'A');
  assert.equal(tenant.assignDirect('ada', [{ productId: 'A', disabledPlans: [] }], []), undefined);
  addMembers(tenant, 'usual', 'bob');

  assert.equal(tenant.assignDirect('ada', [{ productId: 'B', disabledPlans: [] }], ['A']), undefined);
  assert.deepEqual(tenant.effectivePlans('ada'), ['b']);
  assert.deepEqual(tenant.effectivePlans('bob'), ['a']);
  assert.equal(tenant.assignDirect('cyd', [{ productId: 'A', disabledPlans: [] }], [])?.reason, 'count');
});

test('who waits comes before the user of a direct call, whatever that user itself waits for (L-14, L-16)', () => {
  const tenant = lineWith(['ada', 'bob'], ['A', 'B', 'C']);
  tenant.setSeats('A', 1);
  tenant.setSeats('C', 1);
  assert.equal(tenant.assignDirect('ada', [{ productId: 'A', disabledPlans: [] }], []), undefined);
  tenant.setGroupLicensing('urgent', { priority: 50 });
  license(tenant, 'urgent', 'B');
  license(tenant, 'usual', 'A', 'C');
  addMembers(tenant, 'urgent', 'ada');
  addMembers(tenant, 'usual', 'bob');

  // The call frees the A that Bob lacks, and with it Bob takes the C that was free.
  assert.equal(tenant.assignDirect('ada', [{ productId: 'C', disabledPlans: [] }], ['A'])?.reason, 'count');
  assert.deepEqual(tenant.effectivePlans('ada'), ['a']);
  assert.deepEqual(tenant.effectivePlans('bob'), []);
});

function lineWith(users: string[], productIds: string[]): NaiveTenant {
  const tenant = new NaiveTenant({
    plans: productIds.map((id) => ({ id: id.toLowerCase() })),
    products: productIds.map((id) => ({ id, plans: [id.toLowerCase()] })),
    exclusions: [],
    requirements: [],
  });
  for (const id of users) tenant.addUser(id, { usageLocation: 'DE' });
  for (const id of productIds) tenant.setSeats(id, 0);
  tenant.addGroup('urgent');
  tenant.addGroup('usual');
  return tenant;
}

function addMembers(tenant: NaiveTenant, group: string, ...users: string[]): void {
  tenant.changeMembers(users.map((user) => ({ group, user, member: true })));
}

function holders(tenant: NaiveTenant, productId: string, users: string[]): string[] {
  return users.filter((user) =>
    tenant.entries(user).some((one) => one.productId === productId && one.state === 'Active'),
  );
}
