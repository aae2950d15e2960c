import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { testDatabase } from '../database.ts';
import { addMembers as addStatic, addSeats, makeTenant, settleAll, skus } from '../licensing/tenant.ts';
import { addRuleGroup, addUser, changeRule, memberIds, withCause } from './tenant.ts';

test('rules that are saved while users, memberships and licenses change miss nobody (L-19, L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 100);
  await addSeats(ctx, skus.e1, 100);
  const users: { readonly id: string }[] = [];
  for (let at = 0; at < 20; at++) users.push(await addUser(ctx, { department: 'A', city: 'X' }));
  const source = await addStatic(ctx, undefined, []);
  const byDepartment = await addRuleGroup(ctx, 'user.department -eq "A"');
  const byMembership = await addRuleGroup(
    ctx,
    `user.memberof -any (group.objectId -in ["${source}", "${byDepartment}"])`,
  );
  const byPlan = await addRuleGroup(
    ctx,
    'user.assignedPlans -any (assignedPlan.servicePlanId -eq "9aaf7827-d63c-4b61-89c3-182f06f82e5c")',
  );
  await assignGroupLicense(withCause(ctx), byDepartment, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await settleAll(ctx);

  // What each user ends as is decided beforehand; what happens in between is up to chance.
  const settled = { running: true };
  const workers = [1, 2].map(async () => {
    while (settled.running) await settlePending(withCause(ctx));
  });
  const changes = users.flatMap(({ id }, at) => [
    async () => {
      for (const department of ['B', 'A', 'B', at % 2 === 0 ? 'A' : 'B'])
        await updateUser(withCause(ctx), id, { department });
    },
    async () => {
      await addMembers(withCause(ctx), source, [id]);
      if (at % 3 !== 0) await removeMember(withCause(ctx), source, id);
    },
    async () => {
      if (at % 5 === 0 && at % 2 === 1)
        await assignUserLicense(withCause(ctx), id, {
          addLicenses: [{ skuId: skus.e1, disabledPlans: [] }],
          removeLicenses: [],
        }).catch((error: unknown) => assert.match(String(error), /mutually exclusive/));
    },
  ]);
  const rules = async () => {
    for (const list of ['["B"]', '["A", "B"]', '["C"]', '["A"]'])
      await changeRule(ctx, byDepartment, `user.department -in ${list}`);
  };
  await Promise.all([...changes.map(async (change) => change()), rules()]);
  settled.running = false;
  await Promise.all(workers);
  await settleAll(ctx);

  const named = (holds: (at: number) => boolean) => users.flatMap(({ id }, at) => (holds(at) ? id : [])).toSorted();
  assert.deepEqual(
    await memberIds(ctx, byDepartment),
    named((at) => at % 2 === 0),
  );
  assert.deepEqual(
    await memberIds(ctx, byMembership),
    named((at) => at % 2 === 0 || at % 3 === 0),
  );
  assert.ok((await memberIds(ctx, byPlan)).length <= 2);
});
