import type { CohortState, LicenseError } from '../cohort/facts.ts';
import { outcomeOf, seatsOf } from '../cohort/outcome.ts';
import type { Settled } from '../cohort/settle.ts';
import type { GroupId, ProductId, Source } from '../ids.ts';
import { arrange, type Arrangement, type Part } from './arrange.ts';
import type { Line, LoadedCohort } from './change.ts';
import type { Draft, DraftUnit } from './draft-plan.ts';
import { giveScarceSeats, SeatPool, type Share } from './give-scarce-seats.ts';
import { seatChange, settleFrom } from './unit.ts';

/** Users in error, by cause; what a preview and a group's error list show. */
export interface ErrorCount {
  readonly source: Source;
  readonly productId: ProductId;
  readonly error: LicenseError;
  readonly users: number;
}

/** Everything that applying writes. The same plan, not applied, is the preview. */
export interface Plan extends Arrangement {
  readonly kind: 'plan';
  /** Everybody settled, by how they end. */
  readonly parts: readonly Part[];
  /** The cohorts as they were. */
  readonly sources: readonly LoadedCohort[];
  /** Change of consumedUnits by product; products without change are left out. */
  readonly consumedChange: ReadonlyMap<ProductId, number>;
  /** Seats until the change, of the products that have more or fewer of them, or more or fewer used, after it. */
  readonly seatsBefore: readonly {
    readonly productId: ProductId;
    readonly usable: number;
    readonly consumed: number;
  }[];
  readonly errorsBefore: readonly ErrorCount[];
  readonly errorsAfter: readonly ErrorCount[];
  /** Groups of the settled users, each with the users settled and those of them with an error from it. */
  readonly groups: ReadonlyMap<GroupId, { readonly users: number; readonly failed: number }>;
}

/** The change reaches further than what was loaded: load the waiting cohorts of these products and draft again. */
export interface NeedsMore {
  readonly kind: 'needs';
  readonly products: readonly ProductId[];
}

/**
 * Second half of planning: scarce seats down the line, then every unit's final state. Pure.
 * @param line everybody of the contending units, in the order of L-14; empty when none contends.
 */
export function finishPlan(draft: Draft, line: Line): Plan | NeedsMore {
  const { change, units } = draft;
  const free = new Map([...change.seats].map(([productId, seats]) => [productId, seats.usable - seats.consumed]));
  const pool = new SeatPool(free);
  for (const unit of units) countSeats(pool, unit, unit.denied, unit.count);
  const shares: Share[] = units.flatMap((unit) =>
    unit.contends ? [] : [{ unit, settled: unit.best, count: unit.count, userNos: undefined }],
  );
  shares.push(...giveScarceSeats(draft, line, pool));

  const unseen = change.reactToSeats ? flipped(draft, pool) : [];
  if (unseen.length) return { kind: 'needs', products: unseen };

  const consumedChange = new Map<ProductId, number>();
  for (const [productId, seats] of change.seats) {
    const by = seats.usable - seats.consumed - (pool.free.get(productId) ?? 0);
    if (by !== 0) consumedChange.set(productId, by);
  }
  const seatsBefore = [...change.seats].flatMap(([productId, { usableBefore, usable, consumed }]) =>
    usableBefore !== usable || consumedChange.has(productId) ? [{ productId, usable: usableBefore, consumed }] : [],
  );
  const parts = shares.map((share) => partOf(share, draft, pool));
  const counted = { consumedChange, seatsBefore, ...countErrors(parts) };
  return { kind: 'plan', parts, sources: change.cohorts, ...arrange(parts), ...counted };
}

function countSeats(pool: SeatPool, unit: DraftUnit, settled: readonly Settled[], count: number): void {
  const { taken, released } = seatChange(unit.seatsBefore, settled);
  for (const productId of taken) pool.add(productId, -count);
  for (const productId of released) pool.add(productId, count);
}

/** Products where "is a seat free?" has another answer now, and whose waiting cohorts were not loaded. */
function flipped({ change }: Draft, pool: SeatPool): ProductId[] {
  return [...change.seats].flatMap(([productId, { usableBefore, consumed }]) => {
    const now = (pool.free.get(productId) ?? 0) > 0;
    return usableBefore - consumed > 0 === now || change.loadedWaiting.has(productId) ? [] : [productId];
  });
}

/** The last word: nothing more is granted here; `CountViolation` is said exactly when no seat is free now. */
function partOf({ unit, settled, count, userNos }: Share, { change }: Draft, pool: SeatPool): Part {
  const { facts } = unit;
  if (!facts) return { unit, count, userNos, state: undefined, entries: [] };
  const waits = settled.some(({ wanted, inForce }) => wanted && !inForce);
  const last = waits ? settleFrom(settled, seatsOf(settled), unit, change, pool.available) : settled;
  const { exceptions, entries } = outcomeOf(last, facts, change.after);
  const was = unit.cohort?.state;
  const unchanged = was?.facts === facts && !was.exceptions.length && !exceptions.length;
  return { unit, count, userNos, state: unchanged ? was : { facts, exceptions }, entries };
}

function countErrors(parts: readonly Part[]) {
  const before = new Map<string, { -readonly [K in keyof ErrorCount]: ErrorCount[K] }>();
  const after: typeof before = new Map();
  const groups = new Map<GroupId, { users: number; failed: number }>();
  for (const { unit, state, count } of parts) {
    tally(before, unit.cohort?.state, count);
    tally(after, state, count);
    for (const group of state?.facts.groups ?? []) {
      const sum = groups.get(group) ?? { users: 0, failed: 0 };
      sum.users += count;
      if (state?.exceptions.some(({ source }) => source === group)) sum.failed += count;
      groups.set(group, sum);
    }
  }
  return { errorsBefore: [...before.values()], errorsAfter: [...after.values()], groups };
}

function tally(
  into: Map<string, { -readonly [K in keyof ErrorCount]: ErrorCount[K] }>,
  state: CohortState | undefined,
  count: number,
): void {
  const exceptions = state?.exceptions ?? [];
  exceptions.forEach(({ kind, source, productId, error }, i) => {
    // An entry shows one error, missing before kept: whoever has both is one user.
    const next = exceptions[i + 1];
    if (kind === 'kept' && next?.kind === 'missing' && next.source === source && next.productId === productId) return;
    const key = `${source}|${productId}|${error}`;
    const known = into.get(key);
    if (known) known.users += count;
    else into.set(key, { source, productId, error, users: count });
  });
}
