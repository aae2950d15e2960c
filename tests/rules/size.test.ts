import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { notePendingRules, ruleFailureOf, withinLimits } from '@allot/store';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { readUserHistory } from '../../packages/server/src/operations/history/read-user-history.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { reprocessGroup } from '../../packages/server/src/operations/licensing/reprocess.ts';
import { previewRule } from '../../packages/server/src/operations/rules/preview-rule.ts';
import { ruleStanding } from '../../packages/server/src/operations/rules/rule-standing.ts';
import { testDatabase } from '../database.ts';
import { addSeats, makeTenant, settleAll, skus } from '../licensing/tenant.ts';
import { addRuleGroup, changeRule, memberIds, ruleState, withCause } from './tenant.ts';

/** Users whose department is their number modulo `departments`, made by one statement and settled with the rules that are there. */
async function insertUsers(ctx: Context, count: number, departments: number): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await sql`
      insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname, usage_location,
        department, mail)
      select ${ctx.tenantId}, n, gen_random_uuid(), now() - (${count} - n) * interval '1 ms', 'u' || n || '@' || ${ctx.tenantId}, 'User ' || n,
        'u' || n, 'US', 'D' || n % ${departments}, 'u' || n || '@test.example'
      from generate_series(1, ${count}) as n
    `.execute(trx);
    await sql`
      insert into allot.pending_user (tenant_id, user_no) select ${ctx.tenantId}, n from generate_series(1, ${count}) as n
    `.execute(trx);
    await notePendingRules(trx, ctx.tenantId, 'everybody', 'all', null);
    await sql`analyze allot.directory_user`.execute(trx);
  });
}

test('editing the rule of 100,000 users moves the difference alone: whoever matches before and after has no plan without a break (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const count = 100_000;
  await addSeats(ctx, skus.e3, count);
  await insertUsers(ctx, count, 20);
  const list = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `"D${from + at}"`).join(', ');
  const group = await addRuleGroup(ctx, `user.department -in [${list(0, 10)}]`);
  await assignGroupLicense(withCause(ctx), group, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await settleAll(ctx);
  const rule = `user.department -in [${list(1, 11)}]`;
  const preview = await previewRule(ctx, { groupId: group, membershipRule: rule });
  assert.deepEqual([preview.joining.count, preview.leaving.count], [5_000, 5_000]);

  const { rows: before } = await sql<{ changeId: number }>`
    select revision as "changeId" from allot.tenant where tenant_id = ${ctx.tenantId}
  `.execute(ctx.db);
  await changeRule(ctx, group, rule);
  await settleAll(ctx);
  const { rows } = await sql<{ members: number; moved: number; kept: number }>`
    with moved as (
      select user_no from allot.pointer_history where tenant_id = ${ctx.tenantId} and change_id > ${before[0]?.changeId ?? 0}
      union
      select unnest(user_nos) from allot.pointer_history_pack
      where tenant_id = ${ctx.tenantId} and change_id > ${before[0]?.changeId ?? 0}
    )
    select (select count(*) from allot.membership where tenant_id = ${ctx.tenantId} and group_id = ${group}) as members,
           (select count(*) from moved) as moved,
           (select count(*) from moved m join allot.directory_user u on u.tenant_id = ${ctx.tenantId} and u.user_no = m.user_no
            where u.department not in ('D0', 'D10')) as kept
  `.execute(ctx.db);
  assert.deepEqual(rows, [{ members: 50_000, moved: 10_000, kept: 0 }]);
  // From the history of some who stayed: one stay, since the rule was saved.
  for (const department of ['D1', 'D5', 'D9']) {
    const { rows: some } = await sql<{ id: string }>`
      select id from allot.directory_user where tenant_id = ${ctx.tenantId} and department = ${department} limit 3
    `.execute(ctx.db);
    for (const { id } of some) {
      const history = await readUserHistory(ctx, { userRef: id, withCauses: false });
      const licensed = history.filter(({ licenses }) => licenses.length > 0);
      assert.equal(licensed.length, 1, 'licensed once, and never interrupted');
    }
  }
});

test('a tenant of 500 rules follows every change of a user, of many users, and of a rule (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const [count, rules] = [20_000, 500];
  await addSeats(ctx, skus.e1, count);
  await insertUsers(ctx, count, rules);
  const groups: string[] = [];
  for (let at = 0; at < rules; at++) groups.push(await addRuleGroup(ctx, `user.department -eq "d${at}"`));
  for (const groupId of groups.slice(0, 60)) {
    await assignGroupLicense(withCause(ctx), groupId, {
      addLicenses: [{ skuId: skus.e1, disabledPlans: [] }],
      removeLicenses: [],
    });
  }
  await settleAll(ctx);
  await assertMembers();

  const { rows } = await sql<{ id: string }>`
    select id from allot.directory_user where tenant_id = ${ctx.tenantId} and user_no = 7
  `.execute(ctx.db);
  const [{ id } = { id: '' }] = rows;
  await updateUser(withCause(ctx), id, { department: 'D499' });
  await settleAll(ctx);
  assert.ok((await memberIds(ctx, groups[499] ?? '')).includes(id));
  await assertMembers();

  // Everybody moves one department on, and nobody who had a license before and has one after is without.
  const { rows: before } = await sql<{ changeId: number }>`
    select revision as "changeId" from allot.tenant where tenant_id = ${ctx.tenantId}
  `.execute(ctx.db);
  await ctx.db.transaction().execute(async (trx) => {
    await sql`
      update allot.directory_user set department = 'D' || (substr(department, 2)::int + 1) % ${rules} where tenant_id = ${ctx.tenantId}
    `.execute(trx);
    await notePendingRules(trx, ctx.tenantId, 'everybody', { reads: ['department'] }, randomUUID());
  });
  await settleAll(ctx);
  await assertMembers();
  const moved = await sql<{ userNo: number; moves: number }>`
    select user_no as "userNo", count(*) as moves from (
      select user_no from allot.pointer_history where tenant_id = ${ctx.tenantId} and change_id > ${before[0]?.changeId ?? 0}
      union all
      select unnest(user_nos) from allot.pointer_history_pack where tenant_id = ${ctx.tenantId} and change_id > ${before[0]?.changeId ?? 0}
    ) as m group by user_no having count(*) > 1
  `.execute(ctx.db);
  assert.deepEqual(moved.rows, [], 'each user is judged once, with all groups together');

  async function assertMembers(): Promise<void> {
    const differing = await sql`
      select coalesce(w.department, h.rule) as "group", coalesce(w.members, 0) as wanted, coalesce(h.members, 0) as has
      from (select lower(department) as department, count(*) as members from allot.directory_user
            where tenant_id = ${ctx.tenantId} group by 1) as w
      full join (
        select substring(g.membership_rule from '"(.*)"') as rule, count(*) as members
        from allot.membership m join allot.directory_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
        join allot.directory_user u on u.tenant_id = m.tenant_id and u.user_no = m.user_no
          and lower(u.department) = substring(g.membership_rule from '"(.*)"')
        where m.tenant_id = ${ctx.tenantId} group by 1) as h on h.rule = w.department
      where w.members is distinct from h.members
    `.execute(ctx.db);
    assert.deepEqual(differing.rows, []);
    const { rows: sums } = await sql<{ members: number }>`
      select count(*) as members from allot.membership where tenant_id = ${ctx.tenantId}
    `.execute(ctx.db);
    assert.deepEqual(sums, [{ members: count }]);
  }
});

test('a rule that cannot be evaluated fails by itself with the reason, its members stay, and the others are followed', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await insertUsers(ctx, 100, 2);
  const good = await addRuleGroup(ctx, 'user.department -eq "D1"');
  const bad = await addRuleGroup(ctx, 'user.department -match "^D(0|1)$"');
  await settleAll(ctx);
  // No rule that can be saved; it stands for one that another version saved.
  await sql`
    update allot.directory_group set membership_rule = 'user.department -match "x{1,300}"'
    where tenant_id = ${ctx.tenantId} and id = ${bad}
  `.execute(ctx.db);
  await sql`update allot.directory_user set department = 'D1' where tenant_id = ${ctx.tenantId}`.execute(ctx.db);
  await ctx.db
    .transaction()
    .execute((trx) => notePendingRules(trx, ctx.tenantId, 'everybody', { reads: ['department'] }, randomUUID()));
  await settleAll(ctx);
  const state = await ruleState(ctx, bad);
  assert.equal(state?.status, 'Failed');
  assert.match(state.errorMessage ?? '', /repeats too much/);
  assert.deepEqual((await ruleStanding(ctx.db, ctx.tenantId, bad, true))?.error, {
    code: 'patternRepeats',
    hintCode: 'repeatLess',
    arguments: { pattern: 'x{1,300}', max: 255, together: 1000 },
  });
  // A server of another version says why in its own words: what is kept beside them is no longer what it says.
  await sql`
    update allot.dynamic_group set error_message = 'Something else.' where tenant_id = ${ctx.tenantId} and group_id = ${bad}
  `.execute(ctx.db);
  assert.equal((await ruleStanding(ctx.db, ctx.tenantId, bad, true))?.error, null);
  assert.deepEqual([(await memberIds(ctx, bad)).length, (await memberIds(ctx, good)).length], [100, 100]);
  await sql`
    update allot.directory_group set membership_rule = 'user.department -match "^D0$"' where tenant_id = ${ctx.tenantId} and id = ${bad}
  `.execute(ctx.db);
  await reprocessGroup(withCause(ctx), bad);
  await settleAll(ctx);
  assert.deepEqual([(await ruleState(ctx, bad))?.status, (await memberIds(ctx, bad)).length], ['Succeeded', 0]);
  await changeRule(ctx, bad, 'user.department -match "^D1$"');
  await settleAll(ctx);
  assert.equal((await ruleState(ctx, bad))?.status, 'Succeeded');
});

test('a statement that takes too long is stopped, and its transaction goes on', async (t) => {
  const { db } = await testDatabase(t);
  const answer = await db.transaction().execute(async (trx) => {
    await sql`create temporary table kept (a int) on commit drop`.execute(trx);
    const failure = await withinLimits(trx, () => sql`select pg_sleep(60)`.execute(trx), 0.05).catch(ruleFailureOf);
    const { rows } = await sql`select count(*) as rows from kept`.execute(trx);
    return [failure, rows];
  });
  assert.deepEqual(answer, ['tooSlow', [{ rows: 0 }]]);
});
