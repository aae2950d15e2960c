import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { notePendingUsers } from '@allot/store';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { changeWorld } from '../../packages/server/src/operations/licensing/change-world.ts';
import { reprocessGroup, reprocessUser } from '../../packages/server/src/operations/licensing/reprocess.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, addUsers, makeTenant, settleAll, skus, statesOf } from './tenant.ts';

test('with autoResolve off, freed seats wait for Reprocess (L-16)', async (t) => {
  const { ctx, users, group } = await waitingTenant(t);
  await autoResolve(ctx, false);
  await addSeats(ctx, skus.e3, 1);
  await settleAll(ctx);
  assert.deepEqual(await states(ctx, users), ['Active', 'Error', 'Error']);

  await reprocessGroup(ctx, group);
  await settleAll(ctx);
  assert.deepEqual(await states(ctx, users), ['Active', 'Active', 'Error']);
});

test('with autoResolve off, another address is looked at when the user is reprocessed, not before (L-16)', async (t) => {
  const { ctx, users } = await waitingTenant(t);
  await autoResolve(ctx, false);
  const [first, second] = users.map(({ userNo }) => userNo);
  await sql`
    insert into allot.user_address (tenant_id, address, user_no)
    select ${ctx.tenantId}, 'shared@test.example', unnest(${[first, second]}::bigint[])
  `.execute(ctx.db);
  await ctx.db
    .transaction()
    .execute((trx) => notePendingUsers(trx, ctx.tenantId, [first ?? 0, second ?? 0], 'attribute'));
  await settleAll(ctx);
  assert.deepEqual(await states(ctx, users), ['Active', 'Error', 'Error']);

  await reprocessUser(ctx, users[0]?.id ?? '');
  assert.deepEqual(await states(ctx, users), ['ActiveWithError', 'Error', 'Error']);
});

async function waitingTenant(t: Parameters<typeof testDatabase>[0]) {
  const ctx = await makeTenant(await testDatabase(t));
  const users = await addUsers(ctx, 3);
  const group = await addMembers(
    ctx,
    undefined,
    users.map(({ userNo }) => userNo),
  );
  await addSeats(ctx, skus.e3, 1);
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  return { ctx, users, group };
}

const autoResolve = (ctx: Context, on: boolean) =>
  changeWorld(ctx, 'settings', 'Update settings', (trx) =>
    sql`update allot.tenant set auto_resolve = ${on} where tenant_id = ${ctx.tenantId}`.execute(trx),
  );

const states = (ctx: Context, users: readonly { userNo: number }[]) =>
  Promise.all(users.map(async ({ userNo }) => (await statesOf(ctx, userNo))[0]?.state));
