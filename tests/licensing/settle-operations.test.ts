import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { mergeEqualCohorts } from '../../packages/server/src/operations/licensing/merge-equal-cohorts.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { waitingLine } from '../../packages/server/src/operations/licensing/waiting-line.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, addUsers, makeTenant, settleAll, skus, statesOf } from './tenant.ts';

test('a licensed group gives its members what its bundle says, seats in the order of creation, and the rest waits', async (t) => {
  const { ctx, users, group } = await withGroup(t, 5);
  await addSeats(ctx, skus.e3, 3);
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);

  const states = await Promise.all(users.map((user) => statesOf(ctx, user.userNo)));
  assert.deepEqual(
    states.map((of) => of.map(({ state, error, assignedByGroup }) => `${state} ${error} ${assignedByGroup === group}`)),
    [1, 2, 3, 4, 5].map((n) => [n <= 3 ? 'Active None true' : 'Error CountViolation true']),
  );
  assert.deepEqual(
    (await waitingLine(ctx, { productId: skus.e3, top: 10 })).map(({ position, userId }) => [position, userId]),
    [
      [1, users[3]?.id],
      [2, users[4]?.id],
    ],
  );

  await addSeats(ctx, skus.e3, 1);
  assert.equal((await statesOf(ctx, users[3]?.userNo ?? 0))[0]?.state, 'Active');
  assert.equal((await statesOf(ctx, users[4]?.userNo ?? 0))[0]?.state, 'Error');
});

test('a direct assignment is decided in the call; what conflicts is refused and nothing changes', async (t) => {
  const { ctx, users, group } = await withGroup(t, 2);
  await addSeats(ctx, skus.e3, 5);
  await addSeats(ctx, skus.e1, 5);
  await assignUserLicense(ctx, users[0]?.id ?? '', {
    addLicenses: [{ skuId: skus.e1, disabledPlans: [] }],
    removeLicenses: [],
  });
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  assert.deepEqual(
    (await statesOf(ctx, users[0]?.userNo ?? 0)).map(({ skuId, state, error }) => [skuId, state, error]),
    [
      [skus.e1, 'Active', 'None'],
      [skus.e3, 'Error', 'MutuallyExclusiveViolation'],
    ],
  );
  await assert.rejects(
    assignUserLicense(ctx, users[1]?.id ?? '', {
      addLicenses: [{ skuId: skus.e1, disabledPlans: [] }],
      removeLicenses: [],
    }),
    /are mutually exclusive/,
  );
  await assert.rejects(
    assignUserLicense(ctx, users[1]?.id ?? '', { addLicenses: [], removeLicenses: [skus.e3] }),
    /inherited from a group membership/,
  );
  await assignUserLicense(ctx, users[0]?.id ?? '', { addLicenses: [], removeLicenses: [skus.e1] });
  assert.deepEqual(
    (await statesOf(ctx, users[0]?.userNo ?? 0)).map(({ skuId, state }) => [skuId, state]),
    [[skus.e3, 'Active']],
  );
});

test('who leaves the group loses the license, and the seat goes to who waits', async (t) => {
  const { ctx, users, group } = await withGroup(t, 3);
  await addSeats(ctx, skus.e3, 2);
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  await addMembers(ctx, group, [users[0]?.userNo ?? 0], { remove: true });
  await settleAll(ctx);
  const licensing = await readUserLicensing(
    ctx,
    users.map(({ userNo }) => userNo),
  );
  assert.deepEqual(
    users.map(({ userNo }) => licensing.get(userNo)?.assignedLicenses.length),
    [0, 1, 1],
  );
  const { rows } = await sql<{
    consumed: number;
  }>`select consumed from allot.product where product_id = ${skus.e3}`.execute(ctx.db);
  assert.equal(rows[0]?.consumed, 2);
});

async function withGroup(t: Parameters<typeof testDatabase>[0], count: number) {
  const ctx = await makeTenant(await testDatabase(t));
  const users = await addUsers(ctx, count);
  const group = await addMembers(
    ctx,
    undefined,
    users.map(({ userNo }) => userNo),
  );
  return { ctx, users, group };
}

test('cohorts that became equal are merged, and nobody notices', async (t) => {
  const { ctx, users, group } = await withGroup(t, 6);
  await addSeats(ctx, skus.e3, 4);
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  await addSeats(ctx, skus.e3, 2);
  assert.deepEqual(await cohortSizes(ctx), [2, 4]);
  assert.equal(await mergeEqualCohorts(ctx), true);
  assert.equal(await mergeEqualCohorts(ctx), false);
  assert.deepEqual(await cohortSizes(ctx), [6]);
  for (const { userNo } of users)
    assert.deepEqual(
      (await statesOf(ctx, userNo)).map(({ state }) => state),
      ['Active'],
    );
});

const cohortSizes = async ({ db }: Context) =>
  (
    await sql<{ members: number }>`
    select c.members from allot.cohort c join allot.user_cohort uc using (tenant_id, cohort_id)
    group by c.cohort_id, c.members having count(*) = c.members order by c.members`.execute(db)
  ).rows.map(({ members }) => members);
