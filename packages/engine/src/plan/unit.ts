import { asDirect, type Converted } from '../cohort/convert-kept.ts';
import type { Facts } from '../cohort/facts.ts';
import { type Holding, holdingsOf, rebase } from '../cohort/holding.ts';
import { seatsOf } from '../cohort/outcome.ts';
import { type Held, restoredHoldings } from '../cohort/restore.ts';
import { settle, type SeatFree, type Settled } from '../cohort/settle.ts';
import type { ProductId } from '../ids.ts';
import type { Change, LoadedCohort } from './change.ts';

/** Users that start from one cohort and get one set of facts: they are decided together, but for scarce seats. */
export interface Unit {
  readonly unitNo: number;
  readonly cohort: LoadedCohort | undefined;
  /** Undefined: the members of the cohort that no movement names. */
  readonly movementNo: number | undefined;
  readonly facts: Facts | undefined;
  readonly count: number;
  readonly start: readonly Holding[];
  readonly seatsBefore: readonly ProductId[];
}

export function unitsOf(change: Change): Unit[] {
  const cohorts = new Map(change.cohorts.map((cohort) => [cohort.cohortNo, cohort]));
  const left = new Map(change.cohorts.map((cohort) => [cohort.cohortNo, cohort.members]));
  const units: Unit[] = [];
  const add = (
    cohort: LoadedCohort | undefined,
    movementNo: number | undefined,
    facts: Facts | undefined,
    count: number,
    { converted = [], restored = [] }: Returning = {},
  ) => {
    const held = cohort ? holdingsOf(cohort.state, change.before) : [];
    const before = converted.length ? asDirect(held, converted) : held;
    const back = facts && restored.length ? restoredHoldings(restored, facts, change.after, seatNow(change)) : before;
    const sameFacts = facts === cohort?.state.facts && change.before === change.after;
    const start = facts ? (sameFacts ? before : rebase(back, facts, change.after)) : [];
    units.push({ unitNo: units.length, cohort, movementNo, facts, count, start, seatsBefore: seatsOf(before) });
  };
  for (const { movementNo, from, facts, count, ...returning } of change.movements) {
    const cohort = from === undefined ? undefined : cohorts.get(from);
    if (from !== undefined && !cohort) throw new Error(`a movement starts from cohort ${from}, which was not loaded`);
    add(cohort, movementNo, facts, count, returning);
    if (from !== undefined) left.set(from, (left.get(from) ?? 0) - count);
  }
  for (const cohort of change.cohorts) {
    const count = left.get(cohort.cohortNo) ?? 0;
    if (count > 0 && cohort.concerned) add(cohort, undefined, cohort.state.facts, count);
  }
  return units;
}

interface Returning {
  readonly converted?: readonly Converted[];
  readonly restored?: readonly Held[];
}

/** Whether a seat is free before anybody gives one back. */
const seatNow =
  ({ seats }: Change): SeatFree =>
  ({ productId }) => {
    const { usable = 0, consumed = 0 } = seats.get(productId) ?? {};
    return usable > consumed;
  };

/**
 * Settles a unit from what it had before the change. Whoever held a seat then needs no other one of that product, whichever source gives
 * it now.
 */
export const settleUnit = (unit: Unit, change: Change, seatFree: SeatFree): Settled[] =>
  settleFrom(unit.start, unit.seatsBefore, unit, change, seatFree);

/** The same from what its users have in the meantime, with the seats that they hold then. */
export const settleFrom = (
  from: readonly Holding[],
  seatsHeld: readonly ProductId[],
  unit: Unit,
  change: Change,
  seatFree: SeatFree,
): Settled[] =>
  unit.facts
    ? settle(from, unit.facts, change.after, (product) => seatsHeld.includes(product.productId) || seatFree(product))
    : [];

/** Seats taken and given back by one user, compared with before the change. */
export function seatChange(before: readonly ProductId[], settled: readonly Holding[]) {
  const after = seatsOf(settled);
  return {
    taken: after.filter((productId) => !before.includes(productId)),
    released: before.filter((productId) => !after.includes(productId)),
  };
}
