import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { explainUser } from '../../packages/server/src/operations/licensing/explain-user.ts';
import { mergeEqualCohorts } from '../../packages/server/src/operations/licensing/merge-equal-cohorts.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { testDatabase, type TestScope } from '../database.ts';
import { addMembers, addSeats, addUsers, makeTenant, settleAll, skus } from '../licensing/tenant.ts';

test('a user who keeps a license is shown with it, whatever is applied while the answer is read', async (t) => {
  const { ctx, userNo, id } = await withLicensedGroup(t);
  const during = changedMeanwhile(ctx, id);
  for (let time = 0; time < 4; time += 1) {
    const states = (await readUserLicensing(during, [userNo])).get(userNo)?.licenseAssignmentStates ?? [];
    assert.ok(
      states.some(({ skuId, state }) => skuId === skus.e3 && state === 'Active'),
      JSON.stringify(states),
    );
    const entries = await explainUser(during, id);
    assert.ok(
      entries.some(({ skuId, state }) => skuId === skus.e3 && state === 'Active'),
      JSON.stringify(entries),
    );
  }
});

/** The first of three members of a group that gives them a product. */
async function withLicensedGroup(t: TestScope) {
  const ctx = await makeTenant(await testDatabase(t));
  await addSeats(ctx, skus.e3, 3);
  await addSeats(ctx, skus.e1, 3);
  const users = await addUsers(ctx, 3);
  const group = await addMembers(
    ctx,
    undefined,
    users.map(({ userNo }) => userNo),
  );
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  const [first] = users;
  assert.ok(first);
  return { ctx, ...first };
}

const plansOfE1 = ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', '7547a3fe-08ee-4ccb-b430-5077c5041653'];

/**
 * The same tenant, but after each statement that is read from it the user gets another product, or loses it again: the user leaves
 * the cohort of the others and comes back, and the cohort of one goes.
 */
function changedMeanwhile(ctx: Context, userId: string): Context {
  let has = false;
  const change = async () => {
    has = !has;
    // Without its plans, since those of the two products exclude each other.
    const given = [{ skuId: skus.e1, disabledPlans: plansOfE1 }];
    await assignUserLicense(ctx, userId, { addLicenses: has ? given : [], removeLicenses: has ? [] : [skus.e1] });
    await mergeEqualCohorts(ctx);
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await change();
      return result;
    },
  };
  return { ...ctx, db: ctx.db.withPlugin(plugin) };
}
