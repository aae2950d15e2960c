import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Intent } from './intent.ts';
import type { Entry, NaiveTenant } from './naive-tenant.ts';
import type { Refusal } from './refusals.ts';
import { applyToModel, historyArbitrary, setUpSteps, startModel, worldArbitrary } from './random-history.ts';
import type { Step, World } from './random-history.ts';

const runs = { numRuns: 150 };
const stepsMax = 15;

/** Everything the model shows of a tenant. */
interface View {
  entries: Map<string, Entry[]>;
  waiting: Map<string, ReturnType<NaiveTenant['waiting']>>;
  consumed: Map<string, number>;
}

/** One step of a history: what was before, what is after. */
interface Happened {
  model: NaiveTenant;
  refusal: Refusal | undefined;
  before: View;
  after: View;
  /** What is wanted after the step. */
  intent: Intent;
}

property('seats never oversold: no grant makes consumed exceed usable', ({ before, after, intent }) => {
  for (const [productId, usable] of intent.seats) {
    if ((after.consumed.get(productId) ?? 0) <= usable) continue;
    const had = holders(before, productId);
    for (const userId of holders(after, productId))
      assert.ok(had.has(userId), `${userId} got a seat that is not there`);
  }
});

property('intent never lost: every wanted entry is Active, ActiveWithError or Error', ({ after, intent }) => {
  for (const userId of intent.users) {
    const entries = after.entries.get(userId) ?? [];
    for (const wish of intent.wishesOf(userId)) {
      const entry = entries.find((one) => one.source === wish.source && one.productId === wish.productId);
      assert.ok(entry !== undefined, `${userId} lacks the entry of ${wish.productId} from ${wish.source}`);
      const isWhole = wish.plans.every((plan) => entry.enabledPlans.includes(plan));
      if (entry.state === 'Active') assert.deepEqual(entry.enabledPlans, wish.plans.toSorted());
      if (entry.state === 'Error') assert.deepEqual(entry.enabledPlans, []);
      assert.equal(entry.error === 'None', entry.state === 'Active');
      assert.ok(isWhole || entry.error !== 'None');
    }
  }
});

property('nothing unwanted is in force without a reason', ({ after, intent }) => {
  for (const [userId, entries] of after.entries) {
    const wishes = intent.wishesOf(userId);
    for (const entry of entries) {
      const wish = wishes.find((one) => one.source === entry.source && one.productId === entry.productId);
      const isUnwanted = wish === undefined || entry.enabledPlans.some((plan) => !wish.plans.includes(plan));
      if (isUnwanted) assert.equal(entry.state, 'ActiveWithError');
    }
  }
});

property('in force is safe: no error, shortage or newcomer takes a plan away', ({ before, after, intent }) => {
  for (const userId of intent.users) {
    for (const wish of intent.wishesOf(userId)) {
      const [old, now] = [before, after].map((view) =>
        view.entries.get(userId)?.find((one) => one.source === wish.source && one.productId === wish.productId),
      );
      if (old === undefined || old.state === 'Error') continue;
      assert.notEqual(now?.state, 'Error');
      const lost = old.enabledPlans.filter((plan) => wish.plans.includes(plan) && !now?.enabledPlans.includes(plan));
      assert.deepEqual(lost, []);
    }
  }
});

property('settled is settled: settling again without a new fact changes nothing', ({ model, after, intent }) => {
  model.reprocess();
  assert.deepEqual(viewOf(model, intent), after);
});

property('counts agree: consumed equals a recount, the line equals the users in CountViolation', ({ after }) => {
  for (const [productId, consumed] of after.consumed) assert.equal(consumed, holders(after, productId).size);
  for (const [productId, line] of after.waiting) {
    const inError = [...after.entries].filter(([, entries]) =>
      entries.some((one) => one.productId === productId && one.error === 'CountViolation'),
    );
    assert.deepEqual(line.map((one) => one.userId).toSorted(), inError.map(([userId]) => userId).toSorted());
    assert.deepEqual(
      line.map((one) => one.position),
      line.map((_, index) => index + 1),
    );
  }
});

property('CountViolation is said exactly when no seat is free (L-06)', ({ after, intent }) => {
  for (const [productId, usable] of intent.seats) {
    if ((after.consumed.get(productId) ?? 0) < usable) assert.deepEqual(after.waiting.get(productId), []);
  }
});

property('a refused call changes nothing at all', ({ refusal, before, after }) => {
  if (refusal !== undefined) assert.deepEqual(after, before);
});

property('direct assignments are wholly in force: their errors go to the caller (L-16)', ({ after, intent }) => {
  for (const [userId, entries] of after.entries) {
    const given = entries.filter((one) => one.source === 'direct');
    const wishes = intent.wishesOf(userId).filter((wish) => wish.source === 'direct');
    assert.deepEqual(
      new Map(given.map((one) => [one.productId, one.enabledPlans])),
      new Map(wishes.map((wish) => [wish.productId, wish.plans.toSorted()])),
    );
  }
});

test('order does not matter: changes of users that compete for nothing end in the same state in any order', () => {
  fc.assert(
    fc.property(
      historyArbitrary(worldArbitrary, stepsMax).chain(({ world, steps }) =>
        fc.record({ world: fc.constant(world), steps: fc.constant(steps), cuts: fc.infiniteStream(fc.nat()) }),
      ),
      ({ world, steps, cuts }) => {
        const rich = withoutCompetition(world);
        const perUser = steps.filter((step) => isAboutOneUser(step));
        const others = steps.filter((step) => step.kind === 'assignGroup');
        const histories = rich.users.flat().map(({ id }) => perUser.flatMap((step) => partOf(step, id)));
        const oneAfterTheOther = histories.flat();
        const interleaved = interleave(histories, cuts);
        assert.deepEqual(
          endOf(rich, [...others, ...interleaved]).entries,
          endOf(rich, [...others, ...oneAfterTheOther]).entries,
        );
      },
    ),
    runs,
  );
});

/** Holds after every step of random histories. */
function property(title: string, holds: (happened: Happened) => void): void {
  test(title, () => {
    fc.assert(
      fc.property(historyArbitrary(worldArbitrary, stepsMax), ({ world, steps }) => {
        const model = startModel(world);
        const intent = new Intent(world);
        for (const step of setUpSteps(world)) intent.accept(step);
        for (const step of steps) {
          const before = viewOf(model, intent);
          const refusal = applyToModel(model, step);
          if (refusal === undefined) intent.accept(step);
          holds({ model, refusal, before, after: viewOf(model, intent), intent });
        }
      }),
      runs,
    );
  });
}

function viewOf(model: NaiveTenant, intent: Intent): View {
  const userIds = [...intent.users];
  const productIds = [...intent.seats.keys()];
  return {
    entries: new Map(userIds.map((id) => [id, model.entries(id)])),
    waiting: new Map(productIds.map((id) => [id, model.waiting(id)])),
    consumed: new Map(productIds.map((id) => [id, model.consumed(id)])),
  };
}

function holders(view: View, productId: string): Set<string> {
  const holding = [...view.entries].filter(([, entries]) =>
    entries.some((one) => one.productId === productId && one.state !== 'Error'),
  );
  return new Set(holding.map(([userId]) => userId));
}

/** The world with a seat of everything for everybody and no address twice. */
function withoutCompetition(world: World): World {
  const users = world.users.map((some) => some.map((user) => ({ ...user, addresses: [] })));
  const seats = world.seats.map(({ productId }) => ({ productId, usable: users.flat().length }));
  return { ...world, users, seats };
}

function isAboutOneUser(step: Step): boolean {
  return step.kind === 'changeMembers' || step.kind === 'assignDirect' || step.kind === 'setUsageLocation';
}

/** What the step does to this user, as a step of its own. */
function partOf(step: Step, userId: string): Step[] {
  if (step.kind === 'changeMembers') {
    const changes = step.changes.filter((change) => change.user === userId);
    return changes.length > 0 ? [{ ...step, changes }] : [];
  }
  return 'userId' in step && step.userId === userId ? [step] : [];
}

/** One history of all, in which the steps of each user keep their order. */
function interleave(histories: readonly Step[][], cuts: Iterator<number>): Step[] {
  const left = histories.map((history) => [...history]);
  const woven: Step[] = [];
  for (;;) {
    const some = left.filter((history) => history.length > 0);
    if (some.length === 0) return woven;
    const next = some[Number(cuts.next().value) % some.length]?.shift();
    if (next !== undefined) woven.push(next);
  }
}

function endOf(world: World, steps: readonly Step[]): View {
  const model = startModel(world);
  const intent = new Intent(world);
  for (const step of setUpSteps(world)) intent.accept(step);
  for (const step of steps) applyToModel(model, step);
  return viewOf(model, intent);
}
