import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NaiveTenant } from './naive-tenant.ts';
import type { Entry } from './naive-tenant.ts';
import { active, e3Plans, e5Plans, give, join, license, office, officeWith, waiting } from './office.ts';

test('three sources of one product give the union of their plans and one seat (L-01, L-02)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['base', 'extended'] });
  join(tenant, 'ada', 'base', 'extended');
  const base = ['Sway', 'Planner', 'Yammer'];
  assert.equal(tenant.assignGroup('base', [{ productId: 'E3', disabledPlans: base }], []), undefined);
  assert.equal(tenant.assignGroup('extended', [{ productId: 'E3', disabledPlans: ['Yammer'] }], []), undefined);
  const allButYammer = e3Plans.filter((plan) => plan !== 'Yammer');
  assert.equal(tenant.assignDirect('ada', [{ productId: 'E3', disabledPlans: allButYammer }], []), undefined);

  assert.deepEqual(tenant.entries('ada'), [
    active('base', 'E3', ['Exchange2', 'Office', 'SharePoint', 'Teams']),
    active('direct', 'E3', ['Yammer']),
    active('extended', 'E3', allButYammer),
  ]);
  assert.deepEqual(tenant.effectivePlans('ada'), e3Plans);
  assert.equal(tenant.consumed('E3'), 1);
});

test('the assignment in force wins over a newcomer that excludes it, until an administrator decides (L-05, L-06)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['e3'] });
  give(tenant, 'ada', 'E1');
  license(tenant, 'e3', 'E3');
  join(tenant, 'ada', 'e3');
  assert.deepEqual(tenant.entries('ada'), [
    active('direct', 'E1', ['Exchange1', 'Teams']),
    { source: 'e3', productId: 'E3', state: 'Error', error: 'MutuallyExclusiveViolation', enabledPlans: [] },
  ]);

  assert.equal(tenant.assignDirect('ada', [], ['E1']), undefined);
  assert.deepEqual(tenant.entries('ada'), [active('e3', 'E3', e3Plans)]);
  assert.equal(tenant.consumed('E1'), 0);
});

test('E3 is replaced by E5 in one change, whoever makes it (L-09)', () => {
  const tenant = officeWith({ users: ['ada', 'bob', 'cyd'], groups: ['old', 'new', 'swap'], seats: { E3: 3, E5: 3 } });
  license(tenant, 'old', 'E3');
  license(tenant, 'new', 'E5');
  license(tenant, 'swap', 'E3');
  join(tenant, 'ada', 'old');
  join(tenant, 'bob', 'swap');
  give(tenant, 'cyd', 'E3');

  tenant.changeMembers([
    { group: 'old', user: 'ada', member: false },
    { group: 'new', user: 'ada', member: true },
  ]);
  assert.equal(tenant.assignGroup('swap', [{ productId: 'E5', disabledPlans: [] }], ['E3']), undefined);
  assert.equal(tenant.assignDirect('cyd', [{ productId: 'E5', disabledPlans: [] }], ['E3']), undefined);

  assert.deepEqual(tenant.entries('ada'), [active('new', 'E5', e5Plans)]);
  assert.deepEqual(tenant.entries('bob'), [active('swap', 'E5', e5Plans)]);
  assert.deepEqual(tenant.entries('cyd'), [active('direct', 'E5', e5Plans)]);
  assert.equal(tenant.consumed('E3'), 0);
});

test('an inherited product leaves although its successor has no seat (L-09)', () => {
  const tenant = withoutSeatOfE5(false);
  assert.deepEqual(tenant.entries('ada'), [waiting('group', 'E5')]);
});

test('with keepUntilReplaced an inherited product stays until its successor has a seat (L-09)', () => {
  const tenant = withoutSeatOfE5(true);
  assert.deepEqual(tenant.entries('ada'), [
    { source: 'group', productId: 'E3', state: 'ActiveWithError', error: 'Other', enabledPlans: e3Plans },
    waiting('group', 'E5'),
  ]);
  tenant.setSeats('E5', 1);
  assert.deepEqual(tenant.entries('ada'), [active('group', 'E5', e5Plans)]);
});

test('what another product needs stays, and goes as soon as nothing needs it (L-08)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['mail', 'analytics'] });
  license(tenant, 'mail', 'E1');
  tenant.setGroupLicensing('analytics', { prerequisites: 'user' });
  license(tenant, 'analytics', 'Analytics');
  join(tenant, 'ada', 'mail', 'analytics');

  tenant.changeMembers([{ group: 'mail', user: 'ada', member: false }]);
  assert.deepEqual(tenant.entries('ada'), [
    active('analytics', 'Analytics', ['Insights']),
    {
      source: 'mail',
      productId: 'E1',
      state: 'ActiveWithError',
      error: 'DependencyViolation',
      enabledPlans: ['Exchange1', 'Teams'],
    },
  ]);

  tenant.changeMembers([{ group: 'analytics', user: 'ada', member: false }]);
  assert.deepEqual(tenant.entries('ada'), []);
});

test('of a product that goes on, only the plan that is needed stays (L-08)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['mail', 'analytics'] });
  license(tenant, 'mail', 'E1');
  tenant.setGroupLicensing('analytics', { prerequisites: 'user' });
  license(tenant, 'analytics', 'Analytics');
  join(tenant, 'ada', 'mail', 'analytics');

  const off = [{ productId: 'E1', disabledPlans: ['Exchange1', 'Teams'] }];
  assert.equal(tenant.assignGroup('mail', off, []), undefined);
  assert.deepEqual(tenant.entries('ada'), [
    active('analytics', 'Analytics', ['Insights']),
    {
      source: 'mail',
      productId: 'E1',
      state: 'ActiveWithError',
      error: 'DependencyViolation',
      enabledPlans: ['Exchange1'],
    },
  ]);
});

test('a successor that provides what another product needs lets the old product go (L-08, L-09)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['mail', 'analytics', 'e3'] });
  license(tenant, 'mail', 'E1');
  tenant.setGroupLicensing('analytics', { prerequisites: 'user' });
  license(tenant, 'analytics', 'Analytics');
  license(tenant, 'e3', 'E3');
  join(tenant, 'ada', 'mail', 'analytics');

  tenant.changeMembers([
    { group: 'mail', user: 'ada', member: false },
    { group: 'e3', user: 'ada', member: true },
  ]);
  assert.deepEqual(tenant.entries('ada'), [
    active('analytics', 'Analytics', ['Insights']),
    active('e3', 'E3', e3Plans),
  ]);
});

test('a bundle is granted whole or not at all, and the others say Other (L-04)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['group'], seats: { E3: 5, VisioOnline: 0 } });
  license(tenant, 'group', 'E3', 'VisioOnline');
  join(tenant, 'ada', 'group');
  assert.deepEqual(tenant.entries('ada'), [
    { source: 'group', productId: 'E3', state: 'Error', error: 'Other', enabledPlans: [] },
    waiting('group', 'VisioOnline'),
  ]);
  assert.equal(tenant.consumed('E3'), 0);

  tenant.setGroupLicensing('group', { atomicity: 'product' });
  assert.deepEqual(tenant.entries('ada'), [active('group', 'E3', e3Plans), waiting('group', 'VisioOnline')]);
});

test('what is in force stays when an addition to the bundle fails (L-04)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['group'], seats: { E3: 5, VisioOnline: 0 } });
  license(tenant, 'group', 'E3');
  join(tenant, 'ada', 'group');
  license(tenant, 'group', 'VisioOnline');
  assert.deepEqual(tenant.entries('ada'), [active('group', 'E3', e3Plans), waiting('group', 'VisioOnline')]);
});

test('users who share an address get no mailbox and lose none (L-08, L-11)', () => {
  const tenant = officeWith({ users: ['ada', 'bob'], groups: ['group'] });
  license(tenant, 'group', 'E1');
  join(tenant, 'ada', 'group');
  tenant.setAddresses('ada', ['SMTP:Ada@allot.example']);
  tenant.setAddresses('bob', ['smtp:ada@ALLOT.example']);
  const mailbox = ['Exchange1', 'Teams'];
  const flawed: Entry = { ...active('group', 'E1', mailbox), state: 'ActiveWithError', error: 'UniquenessViolation' };
  assert.deepEqual(tenant.entries('ada'), [flawed]);

  join(tenant, 'bob', 'group');
  const refused: Entry = { ...flawed, state: 'Error', enabledPlans: [] };
  assert.deepEqual(tenant.entries('bob'), [refused]);

  tenant.changeMembers([{ group: 'group', user: 'ada', member: false }]);
  assert.deepEqual(tenant.entries('ada'), [flawed], 'no longer wanted, and kept');

  tenant.deleteUser('bob');
  assert.deepEqual(tenant.entries('ada'), []);
});

test('a plan not offered in the country is not granted, and not taken from who moves there (L-06, L-10)', () => {
  const tenant = officeWith({ users: ['ada', 'bob'], groups: ['group'] });
  license(tenant, 'group', 'E5');
  tenant.setUsageLocation('ada', 'CN');
  join(tenant, 'ada', 'group');
  join(tenant, 'bob', 'group');
  const error = 'ProhibitedInUsageLocationViolation';
  assert.deepEqual(tenant.entries('ada'), [
    { source: 'group', productId: 'E5', state: 'Error', error, enabledPlans: [] },
  ]);
  tenant.setUsageLocation('bob', 'CN');
  assert.deepEqual(tenant.entries('bob'), [{ ...active('group', 'E5', e5Plans), state: 'ActiveWithError', error }]);
});

test('in no country only a plan for listed countries is prohibited (L-10)', () => {
  const plans = [
    { id: 'NotInChina', deny: ['CN'] },
    { id: 'OnlyInGermany', allow: ['DE'] },
  ];
  const products = plans.map(({ id }) => ({ id: `${id}Product`, plans: [id] }));
  const tenant = new NaiveTenant({ plans, products, exclusions: [], requirements: [] });
  tenant.addUser('ada');
  tenant.addGroup('group');
  tenant.setGroupLicensing('group', { atomicity: 'product' });
  for (const { id } of products) tenant.setSeats(id, 1);
  license(tenant, 'group', 'NotInChinaProduct', 'OnlyInGermanyProduct');
  join(tenant, 'ada', 'group');
  assert.deepEqual(
    tenant.entries('ada').map((entry) => entry.error),
    ['None', 'ProhibitedInUsageLocationViolation'],
  );
});

test('fewer seats than users takes nothing away and gives nobody a seat (L-13)', () => {
  const tenant = officeWith({ users: ['ada', 'bob', 'cyd'], groups: ['group'], seats: { E3: 2 } });
  license(tenant, 'group', 'E3');
  join(tenant, 'ada', 'group');
  join(tenant, 'bob', 'group');
  tenant.setSeats('E3', 1);
  join(tenant, 'cyd', 'group');
  assert.equal(tenant.consumed('E3'), 2);
  tenant.deleteUser('ada');
  assert.deepEqual(tenant.entries('cyd'), [waiting('group', 'E3')]);
  tenant.deleteUser('bob');
  assert.deepEqual(tenant.entries('cyd'), [active('group', 'E3', e3Plans)]);
});

test('of groups with the same priority the one licensed first is tried first, of others the lower number (L-07)', () => {
  const first = officeWith({ users: ['ada'], groups: ['a', 'b'] });
  license(first, 'b', 'E3');
  license(first, 'a', 'E1');
  join(first, 'ada', 'a', 'b');
  assert.deepEqual(first.effectivePlans('ada'), e3Plans);

  const lower = officeWith({ users: ['ada'], groups: ['a', 'b'] });
  lower.setGroupLicensing('a', { priority: 99 });
  license(lower, 'b', 'E3');
  license(lower, 'a', 'E1');
  join(lower, 'ada', 'a', 'b');
  assert.deepEqual(lower.effectivePlans('ada'), ['Exchange1', 'Teams']);
});

/** Ada moves from E3 to an E5 of which there is no seat, because her group does. */
function withoutSeatOfE5(keepUntilReplaced: boolean): NaiveTenant {
  const tenant = new NaiveTenant(office, { keepUntilReplaced });
  tenant.addUser('ada', { usageLocation: 'DE' });
  tenant.addGroup('group');
  tenant.setSeats('E3', 1);
  tenant.setSeats('E5', 0);
  license(tenant, 'group', 'E3');
  join(tenant, 'ada', 'group');
  assert.equal(tenant.assignGroup('group', [{ productId: 'E5', disabledPlans: [] }], ['E3']), undefined);
  return tenant;
}
