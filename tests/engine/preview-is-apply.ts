import assert from 'node:assert/strict';
import {
  type Effect,
  effectOf,
  entriesOf,
  type ErrorCount,
  holdingsOf,
  type Plan,
  prepareCatalogue,
  prepareWorld,
  type ProductId,
  type UserNo,
  type World,
} from '@allot/engine';
import type { MemoryCohorts, Planned } from './memory-cohorts.ts';

/** Invariant "preview is apply": the same question has the same answer, and what it says is what a recount finds. */
export function assertPreviewIsApply(cohorts: MemoryCohorts, planned: Planned, apply: () => void): void {
  const { scope, plan } = planned;
  const again = cohorts.plan({ ...scope, before: preparedAgain(scope.before), after: preparedAgain(scope.after) });
  assert.deepEqual(said(again.plan), said(plan));

  const concerned = cohorts.usersOfParts(planned);
  const users = concerned.flat();
  assert.equal(new Set(users).size, users.length, 'nobody is settled twice by one plan');
  const seatsBefore = countSeats(cohorts, scope.before);
  const plansBefore = users.map((userNo) => plansOf(cohorts, userNo, scope.before));
  assert.deepEqual(bySource(plan.errorsBefore), countErrors(cohorts, users));
  apply();
  assert.deepEqual(bySource(plan.errorsAfter), countErrors(cohorts, users));
  const plansAfter = users.map((userNo) => plansOf(cohorts, userNo, scope.after));
  assert.deepEqual(effectCounts(effectOf(plan, scope.before, scope.after)), recount(plansBefore, plansAfter));
  const seatsAfter = countSeats(cohorts, scope.after);
  const change = [...new Set([...seatsBefore.keys(), ...seatsAfter.keys()])].map(
    (productId) => [productId, (seatsAfter.get(productId) ?? 0) - (seatsBefore.get(productId) ?? 0)] as const,
  );
  assert.deepEqual(plan.consumedChange, new Map(change.filter(([, by]) => by !== 0)));
  plan.parts.forEach(({ state, entries }, i) => {
    for (const userNo of concerned[i] ?? []) {
      const now = cohorts.stateOf(userNo);
      assert.deepEqual(now?.facts, state?.facts);
      assert.deepEqual(now?.exceptions, state?.exceptions);
      assert.deepEqual(now ? entriesOf(now, scope.after) : [], entries);
    }
  });
}

/** What a user has in force, a text for each plan: by any source, and by each source and product. */
function plansOf(cohorts: MemoryCohorts, userNo: UserNo, world: World): ReadonlySet<string> {
  const state = cohorts.stateOf(userNo);
  const holdings = state ? holdingsOf(state, world) : [];
  return new Set(
    holdings.flatMap(({ source, product, inForce }) =>
      (inForce ? world.catalogue.idsOf(inForce) : []).flatMap((planId) => [
        `all ${planId}`,
        `${source}/${product.productId} ${planId}`,
      ]),
    ),
  );
}

/** Users who gain (+) and lose (-) each of them, and users for whom any of one kind changes. */
function recount(before: readonly ReadonlySet<string>[], after: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  before.forEach((had, i) => {
    const has: ReadonlySet<string> = after[i] ?? new Set();
    const changes = [
      ...[...has].flatMap((text) => (had.has(text) ? [] : `+ ${text}`)),
      ...[...had].flatMap((text) => (has.has(text) ? [] : `- ${text}`)),
    ];
    for (const change of changes) add(change);
    for (const kind of new Set(changes.map((change) => change.split(' ')[1] ?? ''))) add(`users ${kind}`);
  });
  return counts;
}

function effectCounts({ assignments, ...all }: Effect): Map<string, number> {
  const kinds = [
    { kind: 'all', ...all },
    ...assignments.map((one) => ({ ...one, kind: `${one.source}/${one.productId}` })),
  ];
  return new Map(
    kinds.flatMap(({ kind, users, gained, lost }): [string, number][] => [
      ...(users > 0 ? [[`users ${kind}`, users] satisfies [string, number]] : []),
      ...[...gained].map(([planId, count]): [string, number] => [`+ ${kind} ${planId}`, count]),
      ...[...lost].map(([planId, count]): [string, number] => [`- ${kind} ${planId}`, count]),
    ]),
  );
}

/** The same world, prepared anew from the same data. */
const preparedAgain = ({ catalogue, bundles, keepUntilReplaced }: World): World =>
  prepareWorld(
    prepareCatalogue(catalogue.data),
    [...bundles.values()].map(({ data }) => data),
    keepUntilReplaced,
  );

/** What a preview shows and applying writes, without what only leads there. */
const said = ({ moves, revisions, targets, consumedChange, errorsBefore, errorsAfter, groups }: Plan) => ({
  moves,
  revisions: revisions.map(({ cohort, state, key }) => ({ cohortNo: cohort.cohortNo, state, key })),
  targets,
  consumedChange,
  errorsBefore,
  errorsAfter,
  groups,
});

/** Users by source, product and the error that the entry shows: missing before kept before flawed. */
function countErrors(cohorts: MemoryCohorts, users: readonly UserNo[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { exceptions } of users.flatMap((userNo) => cohorts.stateOf(userNo) ?? [])) {
    for (const [entry, own] of Map.groupBy(exceptions, ({ source, productId }) => `${source} ${productId}`)) {
      const shown = ['missing', 'kept', 'flawed'].flatMap((kind) => own.filter((one) => one.kind === kind))[0];
      const key = `${entry} ${shown?.error}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

const bySource = (errors: readonly ErrorCount[]): Map<string, number> =>
  new Map(errors.map(({ source, productId, error, users }) => [`${source} ${productId} ${error}`, users]));

function countSeats(cohorts: MemoryCohorts, world: World): Map<ProductId, number> {
  const seats = new Map<ProductId, number>();
  for (const state of cohorts.userNos.flatMap((userNo) => cohorts.stateOf(userNo) ?? [])) {
    const held = new Set(
      holdingsOf(state, world).flatMap(({ product, inForce }) => (inForce ? product.productId : [])),
    );
    for (const productId of held) seats.set(productId, (seats.get(productId) ?? 0) + 1);
  }
  return seats;
}
