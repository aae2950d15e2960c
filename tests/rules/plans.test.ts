import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { ruleStanding } from '../../packages/server/src/operations/rules/rule-standing.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, makeTenant, settleAll, skus, statesOf } from '../licensing/tenant.ts';
import { addRuleGroup, addUser, changeRule, memberIds, ruleState, withCause } from './tenant.ts';

const exchange1 = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';
const has = (planId: string, status = 'Enabled') =>
  `user.assignedPlans -any (assignedPlan.servicePlanId -eq "${planId}" -and assignedPlan.capabilityStatus -eq "${status}")`;
const noPlan = 'user.assignedPlans -all (assignedPlan.servicePlanId -eq null)';
const license = (skuId: string, disabledPlans: string[] = []) => ({
  addLicenses: [{ skuId, disabledPlans }],
  removeLicenses: [],
});

test('a rule over assigned plans follows direct licenses, those of groups, and their end (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e1, 10);
  const [direct, inherited, none] = [await addUser(ctx), await addUser(ctx), await addUser(ctx)];
  const withExchange = await addRuleGroup(ctx, has(exchange1));
  const without = await addRuleGroup(ctx, noPlan);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, withExchange), []);
  assert.deepEqual(await memberIds(ctx, without), [direct.id, inherited.id, none.id].toSorted());

  await assignUserLicense(withCause(ctx), direct.id, license(skus.e1));
  const group = await addMembers(ctx, undefined, [inherited.userNo]);
  await assignGroupLicense(withCause(ctx), group, license(skus.e1));
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, withExchange), [direct.id, inherited.id].toSorted());
  assert.deepEqual(await memberIds(ctx, without), [none.id]);

  await assignUserLicense(withCause(ctx), direct.id, { addLicenses: [], removeLicenses: [skus.e1] });
  await assignGroupLicense(withCause(ctx), group, license(skus.e1, [exchange1]));
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, withExchange), []);
  assert.deepEqual(await memberIds(ctx, without), [direct.id, none.id].toSorted());
});

test('licenses of one rule lead to those of the next in one settling, and never stop halfway (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e1, 10);
  await addSeats(ctx, skus.e3, 10);
  const first = await addRuleGroup(ctx, 'user.department -eq "Sales"');
  await assignGroupLicense(withCause(ctx), first, license(skus.e1, [yammer]));
  const second = await addRuleGroup(ctx, `${has(exchange1)} -and user.city -eq "Paris"`);
  const third = await addRuleGroup(ctx, `user.memberof -any (group.objectId -eq "${second}")`);
  await settleAll(ctx);
  const paris = await addUser(ctx, { department: 'Sales', city: 'Paris' });
  const rome = await addUser(ctx, { department: 'Sales', city: 'Rome' });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, first), [paris.id, rome.id].toSorted());
  assert.deepEqual(await memberIds(ctx, second), [paris.id]);
  assert.deepEqual(await memberIds(ctx, third), [paris.id]);
});

test('a rule that depends on its own members is refused when it is saved, with the way round (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e1, 10);
  const a = await addRuleGroup(ctx, 'user.city -eq "A"', { displayName: 'A' });
  const b = await addRuleGroup(ctx, `user.memberof -any (group.objectId -eq "${a}")`, { displayName: 'B' });
  const c = await addRuleGroup(ctx, `user.memberof -any (group.objectId -eq "${b}")`, { displayName: 'C' });
  await assert.rejects(changeRule(ctx, a, `user.memberof -any (group.objectId -eq "${c}")`), {
    message: "The rule depends on its own members: 'A' → 'C' → 'B' → 'A'.",
  });
  await assert.rejects(changeRule(ctx, a, `user.memberof -any (group.objectId -eq "${a}")`), { status: 400 });

  await assignGroupLicense(withCause(ctx), c, license(skus.e1, [yammer]));
  await assert.rejects(changeRule(ctx, a, has(exchange1)), {
    message: "The rule depends on its own members: 'A' → 'C' → 'B' → 'A'.",
  });
  await assert.rejects(changeRule(ctx, c, noPlan), { message: "The rule depends on its own members: 'C' → 'C'." });
  await changeRule(ctx, a, has(yammer));
  await settleAll(ctx);
});

test('a loop that nobody could know of is stopped after some rounds, recorded, and ends in a state that agrees (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e1, 10);
  const user = await addUser(ctx);
  const other = await addUser(ctx, { city: 'Rome' });
  const group = await addRuleGroup(ctx, noPlan);
  const calm = await addRuleGroup(ctx, 'user.city -eq "Rome"');
  await settleAll(ctx);
  // The license comes after the rule.
  await assignGroupLicense(withCause(ctx), group, license(skus.e1));
  await settleAll(ctx);
  const state = await ruleState(ctx, group);
  assert.equal(state?.status, 'Failed');
  assert.match(state?.errorMessage ?? '', /depends on licenses that its own members get or lose by it/);
  assert.equal((await ruleStanding(ctx.db, ctx.tenantId, group, true))?.error?.code, 'comesAndGoes');
  assert.equal((await ruleState(ctx, calm))?.status, 'Succeeded');
  // Whoever is a member then has the license, and nobody else.
  const members = await memberIds(ctx, group);
  for (const { id, userNo } of [user, other])
    assert.equal((await statesOf(ctx, userNo)).length, members.includes(id) ? 1 : 0);
  const { rows } = await sql`select from allot.pending_rule`.execute(ctx.db);
  assert.equal(rows.length, 0);

  await changeRule(ctx, group, 'user.city -eq "Rome"');
  await settleAll(ctx);
  assert.equal((await ruleState(ctx, group))?.status, 'Succeeded');
  assert.deepEqual(await memberIds(ctx, group), [other.id]);
});
