import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanData } from '@allot/engine';
import { setPlan } from '../../packages/server/src/operations/catalogue/set-plan.ts';
import { testDatabase } from '../database.ts';
import { ids, type World } from '../model/random-world.ts';
import { HistoryTenant } from './history-tenant.ts';
import { settleAll, statesOf } from './tenant.ts';

const [plan = ''] = ids('plan', 1);
const [product = ''] = ids('product', 1);
const [group = ''] = ids('group', 1);
const [chinese = '', russian = '', german = ''] = ids('user', 3);

const denied = (deny: string[] | null): PlanData => ({
  planId: plan,
  name: plan,
  displayName: plan,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny,
  allow: null,
});

/** Everybody is in the licensed group; one user each in three countries. */
const world: World = {
  catalogue: {
    plans: [{ id: plan, deny: ['CN', 'RU'] }],
    products: [{ id: product, plans: [plan] }],
    exclusions: [],
    requirements: [],
  },
  settings: { defaultUsageLocation: null, keepUntilReplaced: false },
  users: [],
  usersToCome: [],
  groups: [],
  seats: [],
};

test('a country that stays prohibited when another is allowed gets nothing, not even for a moment (L-06, L-10)', async (t) => {
  const tenant = await HistoryTenant.create(await testDatabase(t), world);
  await tenant.apply({ kind: 'setSeats', productId: product, usable: 5 });
  await tenant.apply({
    kind: 'addUsers',
    users: [
      { id: chinese, usageLocation: 'CN' },
      { id: russian, usageLocation: 'RU' },
      { id: german, usageLocation: 'DE' },
    ],
  });
  await tenant.apply({ kind: 'addGroup', groupId: group });
  const changes = [chinese, russian, german].map((user) => ({ group, user, member: true }));
  await tenant.apply({ kind: 'changeMembers', changes });
  await tenant.apply({
    kind: 'assignGroup',
    groupId: group,
    add: [{ productId: product, disabledPlans: [] }],
    remove: [],
  });
  const states = async () => {
    const shown: string[] = [];
    for (const user of [chinese, russian, german]) {
      const [state] = await statesOf(tenant.ctx, tenant.users.get(user) ?? 0);
      shown.push(`${state?.state} ${state?.error}`);
    }
    return shown;
  };
  const prohibited = 'Error ProhibitedInUsageLocationViolation';
  assert.deepEqual(await states(), [prohibited, prohibited, 'Active None']);

  await setPlan(tenant.ctx, denied(['RU']));
  assert.deepEqual(await states(), ['Active None', prohibited, 'Active None']);
  await settleAll(tenant.ctx);
  assert.deepEqual(await states(), ['Active None', prohibited, 'Active None']);

  await setPlan(tenant.ctx, denied(['CN', 'DE']));
  const stays = 'ActiveWithError ProhibitedInUsageLocationViolation';
  assert.deepEqual(await states(), [stays, 'Active None', stays]);
  await settleAll(tenant.ctx);
  assert.deepEqual(await states(), [stays, 'Active None', stays]);
});
