import assert from 'node:assert/strict';
import { entryName } from './names.ts';
import { type Runner, sees } from './runners.ts';
import type { Expectation, ExpectedEntry, ScenarioCatalogue } from './scenario.ts';
import type { Shown, ShownUser, Subject } from './subject.ts';
import type { Wanted } from './wanted.ts';

/** By product: who waits, where that was asked. */
type Lines = ReadonlyMap<string, readonly string[]>;

/** What was shown before a step. */
export interface Before {
  readonly shown: Shown;
  readonly lines: Lines;
}

interface Checked {
  readonly outcome: Expectation;
  /** undefined: this is the start. */
  readonly before: Before | undefined;
  readonly wanted: Wanted;
  readonly subject: Subject;
  readonly runner: Runner;
  readonly catalogue: ScenarioCatalogue;
  /** When each step was over, the last one first. */
  readonly instants: readonly Date[];
}

/**
 * Compares all that is shown with what is expected. Who is not named has what he had before (at the start: plainly what is
 * wanted), and counts, lines and errors of groups follow from what the users have, named or not.
 * @returns what is shown now
 */
export async function checkExpectation(checked: Checked): Promise<Before> {
  const { outcome, wanted, subject } = checked;
  const before = checked.before?.shown;
  const shown = await subject.shown();
  assert.deepEqual(
    [...shown.users.keys()].toSorted(),
    wanted.users.toSorted(),
    `${outcome.place}: the users there are`,
  );
  for (const [name, user] of shown.users) {
    const expected = outcome.users.get(name) ?? (before?.users.has(name) ? undefined : plainly(name, checked));
    if (expected) assertUser(name, user, expected, checked);
    else
      assert.deepEqual(
        inOrder(user, checked),
        inOrder(before?.users.get(name) ?? user, checked),
        `${outcome.place}: ${name} has what was there before`,
      );
    assertUnion(name, user, outcome.place);
  }
  for (const name of outcome.users.keys()) assert.ok(shown.users.has(name), `${outcome.place}: ${name} is there`);
  assertPlans(shown, checked);
  assertSeats(shown, checked);
  const lines = await assertLines(shown, checked);
  await assertSentences(shown, checked);
  await assertGroups(shown, checked);
  await assertAddresses(checked);
  await assertLost(checked);
  await assertPast(checked);
  return { shown, lines };
}

/** Everything wanted, Active. */
function plainly(user: string, { wanted, catalogue, before }: Checked): Map<string, ExpectedEntry> {
  if (before) return new Map();
  const plain: ExpectedEntry = { state: 'Active', error: 'None', plans: undefined };
  return new Map(
    wanted.assignmentsOf(user).map(({ source, productId }) => [entryName(nameOf(productId, catalogue), source), plain]),
  );
}

function assertUser(
  name: string,
  { entries, licenses }: ShownUser,
  expected: ReadonlyMap<string, ExpectedEntry>,
  { outcome, wanted, catalogue }: Checked,
): void {
  const shownEntries = entries.map(({ productId, source, state, error }) => {
    return `${entryName(nameOf(productId, catalogue), source)}: ${state}${error === 'None' ? '' : ` ${error}`}`;
  });
  const expectedEntries = [...expected].map(
    ([entry, { state, error }]) => `${entry}: ${state}${error === 'None' ? '' : ` ${error}`}`,
  );
  assert.deepEqual(shownEntries.toSorted(), expectedEntries.toSorted(), `${outcome.place}: what ${name} has`);

  const inForce = new Map<string, Set<string>>();
  for (const { productId, source, inForce: own } of entries) {
    const entry = entryName(nameOf(productId, catalogue), source);
    const { state, plans } = expected.get(entry) ?? assert.fail(`${outcome.place}: ${entry}`);
    if (state === 'Error') continue;
    const all = wanted.allPlansOf(productId);
    const on =
      plans === undefined
        ? (wanted.plansOf(name, source, productId) ??
          assert.fail(`${outcome.place}: say which plans of ${entry} are in force`))
        : all.filter((planId) => plans.plans.includes(planId) === (plans.kind === 'only'));
    if (own)
      assert.deepEqual(named(own, catalogue), named(on, catalogue), `${outcome.place}: plans of ${entry} of ${name}`);
    inForce.set(productId, new Set([...(inForce.get(productId) ?? []), ...on]));
  }
  const products = (some: ReadonlyMap<string, Iterable<string>>) =>
    new Map([...some].map(([productId, plans]) => [nameOf(productId, catalogue), named(plans, catalogue)]));
  assert.deepEqual(products(licenses), products(inForce), `${outcome.place}: plans that ${name} has in force`);
}

/** L-02: what is on is what any assignment has on. */
function assertUnion(name: string, { entries, licenses, plans }: ShownUser, place: string): void {
  const disabled = new Set(entries.flatMap(({ state, productId }) => (state === 'Disabled' ? productId : [])));
  const working = [...licenses].flatMap(([productId, on]) => (disabled.has(productId) ? [] : on));
  assert.deepEqual(new Set(plans), new Set(working), `${place}: the plans of ${name} are those of the licenses`);
}

function assertPlans(shown: Shown, { outcome, catalogue }: Checked): void {
  for (const [name, plans] of outcome.effectivePlans) {
    const on = named(shown.users.get(name)?.plans ?? [], catalogue);
    if (typeof plans === 'number') assert.equal(on.length, plans, `${outcome.place}: how many plans of ${name} are on`);
    else assert.deepEqual(on, plans, `${outcome.place}: the plans of ${name} that are on`);
  }
}

/** L-01 and "counts agree": seats consumed are the users who have the product in force. */
function assertSeats(shown: Shown, { outcome, wanted, catalogue }: Checked): void {
  for (const [name, { usable }] of outcome.seats) wanted.learnUsable(idOf(name, catalogue), usable);
  for (const [productId, usable] of wanted.usable) {
    const consumed = [...shown.users.values()].filter(({ licenses }) => licenses.has(productId)).length;
    const name = nameOf(productId, catalogue);
    assert.deepEqual(
      shown.seats.get(productId),
      { consumed, usable },
      `${outcome.place}: seats of ${name} equal a recount`,
    );
  }
  for (const [name, seats] of outcome.seats) {
    assert.deepEqual(shown.seats.get(idOf(name, catalogue)), seats, `${outcome.place}: seats of ${name}`);
  }
}

/** "Counts agree": who waits is who is in CountViolation. A line of several that changes is to be named. */
async function assertLines(shown: Shown, { outcome, before, wanted, subject, catalogue }: Checked): Promise<Lines> {
  const lines = new Map<string, readonly string[]>();
  for (const productId of wanted.usable.keys()) {
    const name = nameOf(productId, catalogue);
    const expected = outcome.waiting.get(name);
    const lacking = [...shown.users].flatMap(([user, { entries }]) =>
      entries.some((entry) => entry.productId === productId && entry.error === 'CountViolation') ? user : [],
    );
    const was = before?.lines.get(productId) ?? [];
    if (before && !expected && lacking.length + was.length === 0) continue;
    const line = await subject.waiting(productId);
    const users = line.map(({ user }) => user);
    lines.set(productId, users);
    assert.deepEqual(
      line.map(({ position }) => position),
      line.map((_, at) => at + 1),
      `${outcome.place}: positions for ${name}`,
    );
    assert.deepEqual(users.toSorted(), lacking.toSorted(), `${outcome.place}: who waits for ${name}`);
    if (expected) assert.deepEqual(users, expected, `${outcome.place}: the line for ${name}`);
    else if (users.length > 1)
      assert.deepEqual(users, was, `${outcome.place}: the line for ${name} is not named, so it is as it was`);
  }
  return lines;
}

/** L-28: every entry that is not plainly active says why. */
async function assertSentences(shown: Shown, { outcome, subject, runner, catalogue }: Checked): Promise<void> {
  const { explain } = subject;
  if (!explain || !sees(runner, 'explained')) return;
  for (const [name, { entries }] of shown.users) {
    const pieces = outcome.explained.get(name);
    if (!pieces && entries.every(({ state }) => state === 'Active')) continue;
    const sentences = await explain(name);
    for (const { productId, source, state } of entries) {
      const entry = entryName(nameOf(productId, catalogue), source);
      const sentence = sentences.get(`${productId} ${source}`);
      const isPlain = sentence === 'In force as wanted.';
      assert.ok(
        sentence && isPlain === (state === 'Active'),
        `${outcome.place}: '${sentence}' explains ${entry} of ${name}`,
      );
      for (const piece of pieces?.get(entry) ?? [])
        assert.ok(
          sentence.includes(piece),
          `${outcome.place}: '${sentence}' does not say '${piece}' of ${entry} of ${name}`,
        );
    }
    for (const entry of pieces?.keys() ?? [])
      assert.ok(
        entries.some((one) => entryName(nameOf(one.productId, catalogue), one.source) === entry),
        `${outcome.place}: ${name} has no ${entry}`,
      );
  }
}

async function assertGroups(shown: Shown, { outcome, before, wanted, subject, runner }: Checked): Promise<void> {
  for (const group of wanted.groups) {
    const own = errorsFrom(group, shown);
    if (subject.groupErrors && (!before || own.length + errorsFrom(group, before.shown).length > 0)) {
      const counts = new Map([...Map.groupBy(own, ({ what }) => what)].map(([what, some]) => [what, some.length]));
      const members = [...new Set(own.map(({ user }) => user))];
      const errors = await subject.groupErrors(group);
      assert.deepEqual(errors.counts, counts, `${outcome.place}: errors of ${group}`);
      assert.deepEqual(errors.members.toSorted(), members.toSorted(), `${outcome.place}: members of ${group} in error`);
    }
    const expected = outcome.groups.get(group);
    if (expected && subject.groupState && sees(runner, 'groups'))
      assert.deepEqual(await subject.groupState(group), expected, `${outcome.place}: how far ${group} is`);
  }
}

async function assertAddresses({ outcome, subject }: Checked): Promise<void> {
  if (!subject.addresses) return;
  for (const [name, addresses] of outcome.addresses)
    assert.deepEqual(
      (await subject.addresses(name)).toSorted(),
      addresses.toSorted(),
      `${outcome.place}: addresses of ${name}`,
    );
}

async function assertLost({ outcome, subject, catalogue }: Checked): Promise<void> {
  if (!subject.lost) return;
  for (const [name, plans] of outcome.lost) {
    const shown: ReadonlyMap<string, string> = await subject.lost(name);
    const lost = [...shown].map(([planId, status]) => `${named([planId], catalogue).join()} ${status}`);
    const expected = [...plans].map(([plan, status]) => `${plan} ${status}`);
    assert.deepEqual(lost.toSorted(), expected.toSorted(), `${outcome.place}: what ${name} has lost`);
  }
}

async function assertPast({ outcome, subject, catalogue, wanted, instants }: Checked): Promise<void> {
  if (!subject.had) return;
  for (const [name, past] of outcome.had) {
    for (const [ago, expected] of past) {
      const at = instants[ago - 1];
      assert.ok(at, `${outcome.place}: there were not ${ago} steps before`);
      const told = (entry: string, state: string, error: string) =>
        `${entry}: ${state}${error === 'None' ? '' : ` ${error}`}`;
      const had = await subject.had(name, at);
      assert.deepEqual(
        had
          .map(({ productId, source, state, error }) =>
            told(entryName(nameOf(productId, catalogue), source), state, error),
          )
          .toSorted(),
        [...expected].map(([entry, { state, error }]) => told(entry, state, error)).toSorted(),
        `${outcome.place}: what ${name} had ${ago} steps ago`,
      );
      for (const [entry, { plans }] of expected) {
        if (!plans) continue;
        const shown = had.find(({ productId, source }) => entryName(nameOf(productId, catalogue), source) === entry);
        const all = wanted.allPlansOf(shown?.productId ?? '');
        const on = plans.kind === 'only' ? plans.plans : all.filter((planId) => !plans.plans.includes(planId));
        assert.deepEqual(
          named(shown?.inForce ?? [], catalogue),
          named(on, catalogue),
          `${outcome.place}: plans of ${entry} then`,
        );
      }
    }
  }
}

const errorsFrom = (group: string, { users }: Shown) =>
  [...users].flatMap(([user, { entries }]) =>
    entries.flatMap(({ source, productId, error }) =>
      source === group && error !== 'None' ? [{ user, what: `${productId} ${error}` }] : [],
    ),
  );

const inOrder = ({ entries, licenses, plans }: ShownUser, { catalogue }: Checked) => ({
  entries: entries
    .map((entry) => JSON.stringify({ ...entry, inForce: entry.inForce && named(entry.inForce, catalogue) }))
    .toSorted(),
  licenses: new Map([...licenses].map(([productId, on]) => [productId, named(on, catalogue)])),
  plans: named(plans, catalogue),
});

const named = (planIds: Iterable<string>, { plans }: ScenarioCatalogue): string[] => {
  const names = new Map([...plans].map(([name, { planId }]) => [planId, name]));
  return [...planIds].map((planId) => names.get(planId) ?? planId).toSorted();
};

const nameOf = (productId: string, { products }: ScenarioCatalogue): string =>
  [...products].find(([, product]) => product.productId === productId)?.[0] ?? productId;

const idOf = (name: string, { products }: ScenarioCatalogue): string => products.get(name)?.productId ?? name;
