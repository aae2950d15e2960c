import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { deleteGroup } from '../../packages/server/src/operations/directory/delete-group.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { restoreGroup } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { changeGroupSettings } from '../../packages/server/src/operations/settings/change-group-settings.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { addMembers as addGroup, addSeats, addUsers, makeTenant, settleAll, skus } from './tenant.ts';

const groupCount = 6;
const userCount = 4;
/** The first groups have licenses. */
const licensedCount = 3;

type Step =
  | { readonly kind: 'nest' | 'unnest'; readonly group: number; readonly member: number }
  | { readonly kind: 'join' | 'leave'; readonly group: number; readonly user: number }
  | { readonly kind: 'inherit'; readonly group: number; readonly transitive: boolean }
  | { readonly kind: 'delete' | 'restore'; readonly group: number };

const group = fc.nat(groupCount - 1);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('nest', 'unnest'), group, member: group }),
  fc.record({ kind: fc.constantFrom('nest'), group, member: group }),
  fc.record({ kind: fc.constantFrom('join', 'join', 'leave'), group, user: fc.nat(userCount - 1) }),
  fc.record({ kind: fc.constant('inherit'), group: fc.nat(licensedCount - 1), transitive: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('delete', 'restore'),
    group: fc.integer({ min: licensedCount, max: groupCount - 1 }),
  }),
);

/** The same by sets and recursion. */
class NaiveNesting {
  readonly nested = new Set<string>();
  readonly members = new Set<string>();
  readonly transitive = new Set<number>();
  readonly deleted = new Set<number>();

  inherits(user: number, from: number, seen = new Set<number>()): boolean {
    if (seen.has(from) || this.deleted.has(from)) return false;
    seen.add(from);
    if (this.members.has(`${from} ${user}`)) return true;
    return [...Array(groupCount).keys()].some(
      (inner) => this.nested.has(`${from} ${inner}`) && this.inherits(user, inner, seen),
    );
  }

  sourcesOf(user: number): number[] {
    return [...Array(licensedCount).keys()].filter((from) =>
      this.transitive.has(from) ? this.inherits(user, from) : this.members.has(`${from} ${user}`),
    );
  }
}

test('a group whose inheritance is transitive gives to whoever is nested in it, by whatever way, and to nobody else (L-22, L-23)', async (t) => {
  const database = await testDatabase(t);
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 4, maxLength: 24 }), (steps) =>
      assertNesting(database, steps),
    ),
    { numRuns: 15 },
  );
});

async function assertNesting(database: TestDatabase, steps: readonly Step[]): Promise<void> {
  const ctx = await makeTenant(database, `${randomUUID()}.example`);
  await addSeats(ctx, skus.e3, 100);
  const users = await addUsers(ctx, userCount);
  const groups: string[] = [];
  for (let i = 0; i < groupCount; i++)
    groups.push(await addGroup(ctx, undefined, i === 0 ? users.map(({ userNo }) => userNo) : []));
  for (const { userNo } of users)
    await sql`delete from allot.membership where tenant_id = ${ctx.tenantId} and user_no = ${userNo}`.execute(ctx.db);
  for (const id of groups.slice(0, licensedCount))
    await assignGroupLicense(ctx, id, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  const naive = new NaiveNesting();
  for (const [at, step] of steps.entries()) {
    await perform(ctx, naive, step, groups, users);
    await settleAll(ctx);
    const licensing = await readUserLicensing(
      ctx,
      users.map(({ userNo }) => userNo),
    );
    users.forEach(({ userNo }, user) => {
      const shown = licensing
        .get(userNo)
        ?.licenseAssignmentStates.map(({ assignedByGroup }) => groups.indexOf(assignedByGroup ?? ''));
      assert.deepEqual(shown?.toSorted(), naive.sourcesOf(user), `step ${at} ${JSON.stringify(step)}: user ${user}`);
    });
  }
}

async function perform(
  ctx: Context,
  naive: NaiveNesting,
  step: Step,
  groups: readonly string[],
  users: readonly { readonly id: string }[],
): Promise<void> {
  const id = groups[step.group] ?? '';
  if (naive.deleted.has(step.group) !== (step.kind === 'restore')) return;
  switch (step.kind) {
    case 'nest':
    case 'unnest': {
      const key = `${step.group} ${step.member}`;
      if (
        naive.nested.has(key) === (step.kind === 'nest') ||
        step.group === step.member ||
        naive.deleted.has(step.member)
      )
        return;
      await (step.kind === 'nest'
        ? addMembers(ctx, id, [groups[step.member] ?? ''])
        : removeMember(ctx, id, groups[step.member] ?? ''));
      if (step.kind === 'nest') naive.nested.add(key);
      else naive.nested.delete(key);
      return;
    }
    case 'join':
    case 'leave': {
      const key = `${step.group} ${step.user}`;
      if (naive.members.has(key) === (step.kind === 'join')) return;
      const user = users[step.user]?.id ?? '';
      await (step.kind === 'join' ? addMembers(ctx, id, [user]) : removeMember(ctx, id, user));
      if (step.kind === 'join') naive.members.add(key);
      else naive.members.delete(key);
      return;
    }
    case 'inherit':
      await changeGroupSettings(ctx, id, { licenseInheritance: step.transitive ? 'transitive' : 'direct' });
      if (step.transitive) naive.transitive.add(step.group);
      else naive.transitive.delete(step.group);
      return;
    case 'delete':
      await deleteGroup(ctx, id, { removeLicenses: false });
      naive.deleted.add(step.group);
      return;
    case 'restore':
      await restoreGroup(ctx, id);
      naive.deleted.delete(step.group);
  }
}

test('ten thousand users are licensed by one nested link, and lose it with that link (L-23)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  await addSeats(ctx, skus.e3, 20_000);
  const users = await addUsers(ctx, 10_001);
  const [one, ...many] = users.map(({ userNo }) => userNo);
  assert.ok(one !== undefined);
  const outer = await addGroup(ctx, undefined, [one]);
  const middle = await addGroup(ctx, undefined, []);
  const inner = await addGroup(ctx, undefined, many);
  await addMembers(ctx, middle, [inner]);
  await addMembers(ctx, inner, [outer]);
  await assignGroupLicense(ctx, outer, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await changeGroupSettings(ctx, outer, { licenseInheritance: 'transitive' });
  await settleAll(ctx);
  const consumed = async () => {
    const { rows } = await sql<{ consumed: number }>`
      select consumed from allot.product where tenant_id = ${ctx.tenantId} and product_id = ${skus.e3}
    `.execute(ctx.db);
    return rows[0]?.consumed;
  };
  assert.equal(await consumed(), 1);
  await addMembers(ctx, outer, [middle]);
  await settleAll(ctx);
  assert.equal(await consumed(), 10_001);
  await removeMember(ctx, middle, inner);
  await settleAll(ctx);
  assert.equal(await consumed(), 1);
});
