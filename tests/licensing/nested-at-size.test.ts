import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { deleteGroup } from '../../packages/server/src/operations/directory/delete-group.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { restoreGroup } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { changeGroupSettings } from '../../packages/server/src/operations/settings/change-group-settings.ts';
import { testDatabase } from '../database.ts';
import { addMembers as addUsersTo, addSeats, addUsers, makeTenant, settleAll, skus } from './tenant.ts';

const license = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };

async function consumed(ctx: Context): Promise<number> {
  const { rows } = await sql<{ consumed: number }>`
    select consumed from allot.product where tenant_id = ${ctx.tenantId} and product_id = ${skus.e3}
  `.execute(ctx.db);
  return rows[0]?.consumed ?? 0;
}

test('one nested link gives 10,000 users a license and takes it, and whoever has it by another way keeps it without a break (L-23)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const count = 10_000;
  await addSeats(ctx, skus.e3, count);
  const users = await addUsers(ctx, count);
  const numbers = users.map(({ userNo }) => userNo);
  const outer = await addUsersTo(ctx, undefined, numbers.slice(0, 100));
  const inner = await addUsersTo(ctx, undefined, numbers);
  await assignGroupLicense(ctx, outer, license);
  await changeGroupSettings(ctx, outer, { licenseInheritance: 'transitive' });
  await settleAll(ctx);
  assert.equal(await consumed(ctx), 100);
  for (let turn = 0; turn < 2; turn++) {
    await addMembers({ ...ctx, correlationId: randomUUID() }, outer, [inner]);
    await settleAll(ctx);
    assert.equal(await consumed(ctx), count);
    await removeMember({ ...ctx, correlationId: randomUUID() }, outer, inner);
    await settleAll(ctx);
    assert.equal(await consumed(ctx), 100);
  }
  const { rows } = await sql<{ moves: number }>`
    select count(*) as moves from (
      select user_no from allot.pointer_history where tenant_id = ${ctx.tenantId} and from_cohort_id <> 0
      union all
      select unnest(user_nos) from allot.pointer_history_pack where tenant_id = ${ctx.tenantId} and from_cohort_id <> 0
    ) as m where user_no between 1 and 100 and user_no <= ${numbers[99] ?? 0}
      and user_no in (select user_no from allot.membership where tenant_id = ${ctx.tenantId} and group_id = ${outer})
  `.execute(ctx.db);
  // At most once: when their group was licensed.
  assert.ok((rows[0]?.moves ?? 0) <= 100, JSON.stringify(rows));
});

test('a chain of a thousand groups and a diamond with a circle license whom they reach, once, also when one in the middle goes and comes back (L-23)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 10);
  const [deep, twice, loose] = await addUsers(ctx, 3);
  assert.ok(deep && twice && loose);
  const chain: string[] = [];
  for (let at = 0; at < 1_000; at++) chain.push(await addUsersTo(ctx, undefined, at === 999 ? [deep.userNo] : []));
  await sql`
    insert into allot.group_member (tenant_id, group_id, member_id)
    select ${ctx.tenantId}, g, m from unnest(${chain.slice(0, -1)}::uuid[], ${chain.slice(1)}::uuid[]) as n (g, m)
  `.execute(ctx.db);
  const [top, second, third] = chain;
  assert.ok(top && second && third);
  // By two ways, and back to the beginning.
  const side = await addUsersTo(ctx, undefined, [twice.userNo]);
  await addUsersTo(ctx, second, [twice.userNo, loose.userNo]);
  await addMembers(ctx, top, [side]);
  await addMembers(ctx, chain[999] ?? '', [top]);
  await assignGroupLicense(ctx, top, license);
  await changeGroupSettings(ctx, top, { licenseInheritance: 'transitive' });
  await settleAll(ctx);
  assert.equal(await consumed(ctx), 3);
  await deleteGroup(ctx, second, { removeLicenses: false });
  await settleAll(ctx);
  assert.equal(await consumed(ctx), 1, 'twice is reached by the other way');
  await restoreGroup(ctx, second);
  await settleAll(ctx);
  assert.equal(await consumed(ctx), 3);
  await removeMember(ctx, second, third);
  await settleAll(ctx);
  assert.equal(await consumed(ctx), 2);
});
