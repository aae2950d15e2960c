import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { createSubscription } from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import { deleteSubscription } from '../../packages/server/src/operations/subscriptions/change-subscription.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addUsers, makeTenant, settleAll, skus, statesOf } from './tenant.ts';

test('when the last subscription goes users keep what they have, and nobody gets what they give back (L-13)', async (t) => {
  const ctx = await makeTenant(await testDatabase(t));
  const users = (await addUsers(ctx, 4)).map(({ userNo }) => userNo);
  const group = await addMembers(ctx, undefined, users);
  const { id } = await createSubscription(ctx, { skuId: skus.e3, units: 3 });
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  const shown = async () => {
    const states = await Promise.all(users.map((userNo) => statesOf(ctx, userNo)));
    return states.map(([state]) => state && `${state.state} ${state.error}`);
  };
  const consumed = async () => {
    const { rows } = await sql<{ consumed: number }>`
      select consumed from allot.product where tenant_id = ${ctx.tenantId} and product_id = ${skus.e3}
    `.execute(ctx.db);
    return rows[0]?.consumed;
  };
  const waiting = 'Error CountViolation';
  assert.deepEqual(await shown(), ['Active None', 'Active None', 'Active None', waiting]);

  await deleteSubscription(ctx, id ?? '');
  assert.deepEqual(await shown(), ['Active None', 'Active None', 'Active None', waiting]);
  assert.equal(await consumed(), 3);

  await addMembers(ctx, group, users.slice(0, 1), { remove: true });
  await settleAll(ctx);
  assert.deepEqual(await shown(), [undefined, 'Active None', 'Active None', waiting]);
  assert.equal(await consumed(), 2);

  await createSubscription(ctx, { skuId: skus.e3, units: 3 });
  assert.deepEqual(await shown(), [undefined, 'Active None', 'Active None', 'Active None']);
  assert.equal(await consumed(), 3);
});
