import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { parseRule } from '@allot/engine';
import fc from 'fast-check';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { updateGroup } from '../../packages/server/src/operations/directory/change-groups.ts';
import { deleteGroup } from '../../packages/server/src/operations/directory/delete-group.ts';
import { deleteUser } from '../../packages/server/src/operations/directory/delete-user.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { restoreGroup, restoreUser } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { addMembers as addStatic, addSeats, makeTenant, settleAll, skus, statesOf } from '../licensing/tenant.ts';
import { namedBy } from '../model/rules/naive.ts';
import { addRuleGroup, addUser, memberIds, withCause } from './tenant.ts';

/** ALLOT_TEST_HISTORIES: how many. */
const numRuns = Number(process.env['ALLOT_TEST_HISTORIES'] ?? 25);

const departments = ['Sales', 'Legal', 'IT', null];
/** Groups by rule; each may read the members of those before it and of the static group. */
const ruled = 3;

type Step =
  | { readonly kind: 'department'; readonly user: number; readonly department: number }
  | { readonly kind: 'extension'; readonly user: number; readonly value: number }
  | { readonly kind: 'create'; readonly department: number }
  | { readonly kind: 'deleteUser' | 'restoreUser' | 'join' | 'leave'; readonly user: number }
  | { readonly kind: 'rule'; readonly group: number; readonly choice: number }
  | { readonly kind: 'pause' | 'resume' | 'static' | 'deleteGroup' | 'restoreGroup'; readonly group: number }
  | { readonly kind: 'settle' };

const user = fc.nat(5);
const group = fc.nat(ruled - 1);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('department'), user, department: fc.nat(3) }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('extension'), user, value: fc.nat(3) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('create'), department: fc.nat(3) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constantFrom('deleteUser', 'restoreUser', 'join', 'leave'), user }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('rule'), group, choice: fc.nat(7) }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('pause', 'resume', 'static', 'deleteGroup', 'restoreGroup'),
      group,
    }),
    weight: 3,
  },
  { arbitrary: fc.record({ kind: fc.constant('settle') }), weight: 3 },
);

interface NaiveGroup {
  readonly id: string;
  /** Undefined: static. */
  rule: string | undefined;
  paused: boolean;
  deleted: boolean;
  /** Of users, whether deleted or not. */
  members: Set<number>;
}

interface NaivePerson {
  readonly id: string;
  readonly userNo: number;
  department: string | null;
  extension: string | null;
  deleted: boolean;
}

/** The same by recomputing everything after every settling. */
class Naive {
  readonly people: NaivePerson[] = [];
  readonly source: { id: string; members: Set<number> } = { id: '', members: new Set() };
  readonly groups: NaiveGroup[] = [];

  follow(): void {
    for (const one of this.groups) {
      if (one.rule === undefined || one.paused || one.deleted) continue;
      const parsed = parseRule(one.rule);
      assert.ok(parsed.ok);
      for (const [at, person] of this.people.entries()) {
        // Who is deleted keeps what it has until it comes back.
        if (person.deleted) continue;
        const groupIds = [
          ...(this.source.members.has(at) ? [this.source.id] : []),
          ...this.groups.flatMap(({ id, deleted, members }) => (!deleted && members.has(at) ? id : [])),
        ];
        const values = { department: person.department, extensionAttribute3: person.extension };
        const named = namedBy(
          parsed.tree,
          { values, lists: { otherMails: [], proxyAddresses: [] }, groupIds },
          new Date(),
        );
        if (named) one.members.add(at);
        else one.members.delete(at);
      }
    }
  }
}

test('whatever happens to users, rules and groups, members are whom the rules name, and licenses are what members have (L-26)', async (t) => {
  const database = await testDatabase(t);
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 5, maxLength: 30 }), (steps) =>
      assertHistory(database, steps),
    ),
    { numRuns },
  );
});

async function assertHistory(database: TestDatabase, steps: readonly Step[]): Promise<void> {
  const ctx = await makeTenant(database, `${randomUUID()}.example`);
  await addSeats(ctx, skus.e3, 3);
  const naive = new Naive();
  for (const department of ['Sales', 'Legal', null]) await createPerson(ctx, naive, department);
  naive.source.id = await addStatic(ctx, undefined, []);
  for (let at = 0; at < ruled; at++) {
    const rule = ruleOf(naive, at, at);
    const id = await addRuleGroup(ctx, rule);
    naive.groups.push({ id, rule, paused: false, deleted: false, members: new Set() });
  }
  const [first] = naive.groups;
  assert.ok(first);
  await assignGroupLicense(withCause(ctx), first.id, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  for (const step of [...steps, { kind: 'settle' } as const]) {
    await perform(ctx, naive, step);
    if (step.kind === 'settle') await compare(ctx, naive);
  }
}

async function createPerson(ctx: Context, naive: Naive, department: string | null): Promise<void> {
  const created = await addUser(ctx, { department });
  naive.people.push({ ...created, department, extension: null, deleted: false });
}

function ruleOf({ source, groups }: Naive, at: number, choice: number): string {
  const others = [source.id, ...groups.slice(0, at).map(({ id }) => id)];
  const list = others.map((id) => `"${id}"`).join(', ');
  const rules = [
    'user.department -eq "sales"',
    'user.department -in ["Legal", "IT"]',
    'user.department -ne null',
    `user.memberof -any (group.objectId -in [${list}])`,
    `user.memberof -any (group.objectId -eq "${others.at(-1) ?? ''}") -and user.department -ne "IT"`,
    'user.extensionAttribute3 -contains "1"',
    'user.extensionAttribute3 -eq null -or user.department -eq "Sales"',
    '-not user.department -startsWith "S"',
  ];
  return rules[choice % rules.length] ?? '';
}

async function perform(ctx: Context, naive: Naive, step: Step): Promise<void> {
  const caller = withCause(ctx);
  const person = 'user' in step ? naive.people[step.user] : undefined;
  const place = 'user' in step ? step.user : 0;
  const one = 'group' in step ? naive.groups[step.group] : undefined;
  switch (step.kind) {
    case 'settle':
      await settleAll(ctx);
      return naive.follow();
    case 'create':
      if (naive.people.length < 6) await createPerson(ctx, naive, departments[step.department] ?? null);
      return;
    case 'department':
      if (!person || person.deleted) return;
      person.department = departments[step.department] ?? null;
      return updateUser(caller, person.id, { department: person.department });
    case 'extension':
      if (!person || person.deleted) return;
      person.extension = step.value === 0 ? null : `x${step.value}`;
      return updateUser(caller, person.id, {
        onPremisesExtensionAttributes: { extensionAttribute3: person.extension },
      });
    case 'deleteUser':
      if (!person || person.deleted) return;
      person.deleted = true;
      return deleteUser(caller, person.id);
    case 'restoreUser':
      if (!person?.deleted) return;
      person.deleted = false;
      return restoreUser(caller, person.id);
    case 'join':
      if (!person || person.deleted || naive.source.members.has(place)) return;
      naive.source.members.add(place);
      return addMembers(caller, naive.source.id, [person.id]);
    case 'leave':
      if (!person || person.deleted || !naive.source.members.has(place)) return;
      naive.source.members.delete(place);
      return removeMember(caller, naive.source.id, person.id);
    case 'rule':
      if (!one || one.deleted) return;
      {
        const rule = ruleOf(naive, step.group, step.choice);
        // The groups that it reads must be there.
        if (naive.groups.some(({ id, deleted }) => deleted && rule.includes(id))) return;
        one.rule = rule;
        await updateGroup(caller, one.id, { groupTypes: ['DynamicMembership'], membershipRule: rule });
      }
      return;
    case 'pause':
    case 'resume':
      if (!one || one.deleted || one.rule === undefined) return;
      one.paused = step.kind === 'pause';
      return updateGroup(caller, one.id, { membershipRuleProcessingState: one.paused ? 'Paused' : 'On' });
    case 'static':
      if (!one || one.deleted || one.rule === undefined) return;
      // What was not settled before is not followed any more.
      await settleAll(ctx);
      naive.follow();
      one.rule = undefined;
      one.paused = false;
      return updateGroup(caller, one.id, { groupTypes: [] });
    case 'deleteGroup':
      // The first has a license, and its deletion is another story.
      if (!one || one.deleted || step.group === 0) return;
      await settleAll(ctx);
      naive.follow();
      one.deleted = true;
      await deleteGroup(caller, one.id, { removeLicenses: false });
      return;
    case 'restoreGroup':
      if (!one?.deleted) return;
      one.deleted = false;
      return restoreGroup(caller, one.id);
  }
}

async function compare(ctx: Context, naive: Naive): Promise<void> {
  for (const [at, { id, deleted, members, rule }] of naive.groups.entries()) {
    if (deleted) continue;
    const expected = naive.people.flatMap((person, place) => (members.has(place) && !person.deleted ? person.id : []));
    assert.deepEqual(await memberIds(ctx, id), expected.toSorted(), `group ${at}: ${rule ?? 'static'}`);
  }
  for (const [place, { userNo, deleted }] of naive.people.entries()) {
    const licensed = (await statesOf(ctx, userNo)).length > 0;
    assert.equal(licensed, !deleted && naive.groups[0]?.members.has(place) === true, `user ${place}`);
  }
}
