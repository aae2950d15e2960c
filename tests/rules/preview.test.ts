import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { previewRule } from '../../packages/server/src/operations/rules/preview-rule.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, makeTenant, settleAll, skus } from '../licensing/tenant.ts';
import { addRuleGroup, addUser, changeRule, memberIds, withCause } from './tenant.ts';

test('the preview of a rule is exactly what saving it does: members, plans, errors and seats (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 3);
  for (const city of ['Paris', 'Paris', 'Rome', 'Rome', 'Oslo']) await addUser(ctx, { city });
  const group = await addRuleGroup(ctx, 'user.city -eq "Paris"');
  await assignGroupLicense(withCause(ctx), group, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  const reader = await addRuleGroup(ctx, `user.memberof -any (group.objectId -eq "${group}")`, {
    displayName: 'Reader',
  });
  await settleAll(ctx);
  const before = await everything();

  const rule = 'user.city -in ["Rome", "Oslo"] -or user.displayName -eq "nobody"';
  const preview = await previewRule(ctx, { groupId: group, membershipRule: rule });
  assert.deepEqual(await everything(), before, 'a preview changes nothing');
  assert.deepEqual(preview.members, { before: 2, after: 3 });
  assert.equal(preview.joining.count, 3);
  assert.equal(preview.joining.users.length, 3);
  assert.equal(preview.leaving.count, 2);
  assert.deepEqual(
    preview.seats.map(({ skuId, usable, consumedBefore, consumedAfter }) => ({
      skuId,
      usable,
      consumedBefore,
      consumedAfter,
    })),
    [{ skuId: skus.e3, usable: 3, consumedBefore: 2, consumedAfter: 3 }],
  );
  assert.equal(preview.effect.users, 5);
  assert.deepEqual(preview.effect.errors, []);
  assert.deepEqual(preview.cascades, [{ groupId: reader, displayName: 'Reader', reads: 'members' }]);

  const all = await previewRule(ctx, { groupId: group, membershipRule: 'user.objectId -ne null' });
  assert.deepEqual(
    all.effect.errors.map(({ error, usersBefore, usersAfter }) => [error, usersBefore, usersAfter]),
    [['CountViolation', 0, 2]],
  );

  await changeRule(ctx, group, rule);
  await settleAll(ctx);
  const members = await memberIds(ctx, group);
  assert.deepEqual(preview.joining.users.map(({ id }) => id).toSorted(), members);
  const { rows } = await sql<{ consumed: number }>`
    select consumed from allot.product where tenant_id = ${ctx.tenantId} and product_id = ${skus.e3}
  `.execute(ctx.db);
  assert.deepEqual(rows, [{ consumed: 3 }]);

  async function everything(): Promise<unknown> {
    const tables = ['membership', 'user_cohort', 'cohort', 'dynamic_group', 'pending_rule', 'audit', 'change'];
    return Promise.all(
      tables.map((table) =>
        sql`select * from ${sql.id('allot', table)} order by 1, 2`.execute(ctx.db).then((answer) => answer.rows),
      ),
    );
  }
});

test('the preview of a group below one that gives to nested groups counts what members get and lose through it (L-23, L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 10);
  const users = [
    await addUser(ctx, { city: 'Paris' }),
    await addUser(ctx, { city: 'Rome' }),
    await addUser(ctx, { city: 'Rome' }),
  ];
  const outer = await addMembers(
    ctx,
    undefined,
    users.slice(0, 1).map(({ userNo }) => userNo),
  );
  const group = await addRuleGroup(ctx, 'user.city -eq "Paris"');
  await sql`insert into allot.group_member (tenant_id, group_id, member_id) values (${ctx.tenantId}, ${outer}, ${group})`.execute(
    ctx.db,
  );
  await assignGroupLicense(withCause(ctx), outer, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await sql`update allot.group_licensing set license_inheritance = 'transitive' where tenant_id = ${ctx.tenantId}`.execute(
    ctx.db,
  );
  await settleAll(ctx);
  const preview = await previewRule(ctx, { groupId: group, membershipRule: 'user.city -eq "Rome"' });
  // Whoever leaves is a member of the outer group itself, too.
  assert.deepEqual(
    preview.seats.map(({ consumedBefore, consumedAfter }) => [consumedBefore, consumedAfter]),
    [[1, 3]],
  );
  await changeRule(ctx, group, 'user.city -eq "Rome"');
  await settleAll(ctx);
  const { rows } =
    await sql`select consumed from allot.product where tenant_id = ${ctx.tenantId} and product_id = ${skus.e3}`.execute(
      ctx.db,
    );
  assert.deepEqual(rows, [{ consumed: 3 }]);
});
