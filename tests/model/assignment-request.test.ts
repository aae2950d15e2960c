import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NaiveTenant } from './naive-tenant.ts';
import { active, e3Plans, give, join, license, office, officeWith } from './office.ts';

test('a direct call that cannot be granted changes nothing (L-09)', () => {
  const tenant = officeWith({ users: ['ada'], groups: [], seats: { E3: 1, E5: 0 } });
  give(tenant, 'ada', 'E3');
  assert.deepEqual(tenant.assignDirect('ada', [{ productId: 'E5', disabledPlans: [] }], ['E3']), {
    reason: 'count',
    message: 'Subscription with SKU E5 does not have any available licenses.',
  });
  assert.deepEqual(tenant.entries('ada'), [active('direct', 'E3', e3Plans)]);
  assert.deepEqual(tenant.waiting('E5'), []);
});

test('a direct removal that would leave a requirement unmet is refused (L-08)', () => {
  const tenant = officeWith({ users: ['ada'], groups: [] });
  give(tenant, 'ada', 'E1');
  give(tenant, 'ada', 'Analytics');
  const refusal = {
    reason: 'dependency',
    message:
      'License assignment failed because service plan Insights depends on the service plan(s) Exchange1,Exchange2',
  };
  assert.deepEqual(tenant.assignDirect('ada', [], ['E1']), refusal);
  assert.deepEqual(tenant.assignDirect('ada', [{ productId: 'E1', disabledPlans: ['Exchange1'] }], []), refusal);
  assert.deepEqual(tenant.entries('ada'), [
    active('direct', 'Analytics', ['Insights']),
    active('direct', 'E1', ['Exchange1', 'Teams']),
  ]);
});

test('a direct assignment needs the own usage location, a group is content with the default (L-10)', () => {
  const tenant = new NaiveTenant(office, { defaultUsageLocation: 'DE' });
  tenant.addUser('ada');
  tenant.addGroup('group');
  tenant.setSeats('E3', 5);
  license(tenant, 'group', 'E3');
  join(tenant, 'ada', 'group');
  assert.deepEqual(tenant.entries('ada'), [active('group', 'E3', e3Plans)]);
  assert.deepEqual(tenant.assignDirect('ada', [{ productId: 'E3', disabledPlans: [] }], []), {
    reason: 'usageLocation',
    message: 'License assignment cannot be done for user with invalid usage location.',
  });
});

test('a product inherited from a group cannot be removed from the user, one on top of it can (L-03)', () => {
  const tenant = officeWith({ users: ['ada'], groups: ['group'] });
  license(tenant, 'group', 'E3');
  join(tenant, 'ada', 'group');
  assert.deepEqual(tenant.assignDirect('ada', [], ['E3']), {
    reason: 'inherited',
    message: 'User license is inherited from a group membership and it cannot be removed directly from the user.',
  });
  assert.deepEqual(tenant.assignDirect('ada', [], ['E1']), {
    reason: 'notHeld',
    message: 'User does not have a corresponding license.',
  });
  give(tenant, 'ada', 'E3');
  assert.equal(tenant.assignDirect('ada', [], ['E3']), undefined);
  assert.deepEqual(tenant.entries('ada'), [active('group', 'E3', e3Plans)]);
});

test('a group is refused a bundle that nobody could have, in a fixed order of reasons (L-24)', () => {
  const tenant = officeWith({ users: [], groups: ['group'] });
  const refused = (add: string[], remove: string[] = [], disabledPlans: string[] = []): string | undefined =>
    tenant.assignGroup(
      'group',
      add.map((productId) => ({ productId, disabledPlans })),
      remove,
    )?.message;

  assert.equal(refused(['E9', 'Company']), 'License E9 does not correspond to a valid company License.');
  assert.equal(refused(['Company'], [], ['Sway']), 'License Company cannot be assigned to a user.');
  assert.equal(refused(['E1'], ['E3'], ['Sway']), 'One or more property values specified are invalid.');
  assert.equal(refused(['E1', 'E3'], ['E5']), 'User does not have a corresponding license.');
  assert.equal(
    refused(['E1', 'E3']),
    'License assignment failed because service plans Exchange1,Exchange2 are mutually exclusive',
  );
  const needsExchange =
    'License assignment failed because service plan Insights depends on the service plan(s) Exchange1,Exchange2';
  assert.equal(refused(['Analytics']), needsExchange);
  assert.equal(refused(['Analytics', 'E1']), undefined);
  assert.equal(refused([], ['E1']), needsExchange);
  tenant.setGroupLicensing('group', { prerequisites: 'user' });
  assert.equal(refused([], ['E1']), undefined);
});
