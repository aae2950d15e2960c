import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateGroup } from '../../packages/server/src/operations/directory/change-groups.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { deleteGroup } from '../../packages/server/src/operations/directory/delete-group.ts';
import { deleteUser } from '../../packages/server/src/operations/directory/delete-user.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { restoreGroup, restoreUser } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { testDatabase } from '../database.ts';
import { addMembers as addStatic, addSeats, makeTenant, settleAll, skus, statesOf } from '../licensing/tenant.ts';
import { addRuleGroup, addUser, changeRule, memberIds, ruleState, withCause } from './tenant.ts';

test('members follow the rule of their group: created, changed, deleted and restored users, and so do their licenses (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 10);
  const sales = await addUser(ctx, { department: 'Sales' });
  const other = await addUser(ctx, { department: 'Legal' });
  const group = await addRuleGroup(ctx, 'user.department -eq "sales"');
  await assignGroupLicense(withCause(ctx), group, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [sales.id]);
  assert.deepEqual(
    (await statesOf(ctx, sales.userNo)).map(({ state }) => state),
    ['Active'],
  );
  assert.equal((await ruleState(ctx, group))?.status, 'Succeeded');

  const created = await addUser(ctx, { department: 'SALES' });
  await updateUser(withCause(ctx), other.id, { department: 'Sales' });
  await updateUser(withCause(ctx), sales.id, { department: 'Legal' });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [other.id, created.id].toSorted());
  assert.deepEqual(await statesOf(ctx, sales.userNo), []);
  assert.deepEqual(
    (await statesOf(ctx, other.userNo)).map(({ state }) => state),
    ['Active'],
  );

  await deleteUser(withCause(ctx), created.id);
  await settleAll(ctx);
  await changeRule(ctx, group, 'user.department -eq "Legal"');
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [sales.id]);
  await restoreUser(withCause(ctx), created.id);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [sales.id], 'a restored user follows the rule as it is now');
  assert.deepEqual(await statesOf(ctx, created.userNo), []);
});

test('a paused rule changes nothing; a resumed one makes up for it (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const one = await addUser(ctx, { department: 'Sales' });
  const group = await addRuleGroup(ctx, 'user.department -eq "Sales"');
  await settleAll(ctx);
  await updateGroup(withCause(ctx), group, { membershipRuleProcessingState: 'Paused' });
  const two = await addUser(ctx, { department: 'Sales' });
  await updateUser(withCause(ctx), one.id, { department: 'Legal' });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [one.id]);
  await updateGroup(withCause(ctx), group, { membershipRuleProcessingState: 'On' });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [two.id]);
});

test('a static group becomes one by rule by the difference, and back with its members; by rule nobody edits them by hand (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const [stays, goes, comes] = [
    await addUser(ctx, { city: 'Paris' }),
    await addUser(ctx, { city: 'Rome' }),
    await addUser(ctx, { city: 'paris' }),
  ];
  const group = await addStatic(ctx, undefined, [stays.userNo, goes.userNo]);
  const inner = await addStatic(ctx, undefined, []);
  await addMembers(withCause(ctx), group, [inner]);
  const rule = { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Paris"' };
  await updateGroup(withCause(ctx), group, rule);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [stays.id, comes.id].toSorted());
  await assert.rejects(addMembers(withCause(ctx), group, [goes.id]), { status: 403 });
  await assert.rejects(removeMember(withCause(ctx), group, comes.id), { status: 403 });

  await updateGroup(withCause(ctx), group, { groupTypes: [], membershipRuleProcessingState: 'Paused' });
  await updateUser(withCause(ctx), stays.id, { city: 'Rome' });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [stays.id, comes.id].toSorted());
  await addMembers(withCause(ctx), group, [goes.id]);
});

test('a rule over members of groups follows them: by hand, by rule, deleted and restored (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const [byHand, byRule, neither] = [
    await addUser(ctx),
    await addUser(ctx, { jobTitle: 'Chef' }),
    await addUser(ctx, { accountEnabled: false }),
  ];
  const source = await addStatic(ctx, undefined, [byHand.userNo, neither.userNo]);
  const chefs = await addRuleGroup(ctx, 'user.jobTitle -eq "Chef"');
  const both = await addRuleGroup(
    ctx,
    `user.memberof -any (group.objectId -in ['${source}', '${chefs}']) -and user.accountEnabled -eq true`,
  );
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, both), [byHand.id, byRule.id].toSorted());
  await removeMember(withCause(ctx), source, byHand.id);
  await updateUser(withCause(ctx), byHand.id, { jobTitle: 'chef' });
  await updateUser(withCause(ctx), byRule.id, { jobTitle: null });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, both), [byHand.id]);
  await deleteGroup(withCause(ctx), chefs, { removeLicenses: false });
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, both), []);
  await restoreGroup(withCause(ctx), chefs);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, both), [byHand.id]);
});
