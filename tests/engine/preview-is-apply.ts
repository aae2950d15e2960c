import assert from 'node:assert/strict';
import {
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
  assert.deepEqual(bySource(plan.errorsBefore), countErrors(cohorts, users));
  apply();
  assert.deepEqual(bySource(plan.errorsAfter), countErrors(cohorts, users));
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
