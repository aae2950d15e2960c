import { seatsOf } from '../cohort/outcome.ts';
import { sameInForce, type SeatFree, type Settled } from '../cohort/settle.ts';
import { direct, type ProductId } from '../ids.ts';
import type { Change } from './change.ts';
import { seatChange, settleFrom, settleUnit, type Unit, unitsOf } from './unit.ts';

/** A unit with its outcome when no scarce seat is to be had, and when every seat is. */
export interface DraftUnit extends Unit {
  readonly best: readonly Settled[];
  readonly denied: readonly Settled[];
  /** Whether its users stand in the line of L-14. */
  readonly contends: boolean;
  /** The lowest priority among the groups that ask for a scarce seat; Infinity: none does. */
  readonly priority: number;
}

export interface Draft {
  readonly change: Change;
  readonly units: readonly DraftUnit[];
  readonly scarce: ReadonlySet<ProductId>;
  /** Products whose waiting cohorts must be loaded before the change can be planned. */
  readonly needs: readonly ProductId[];
}

/**
 * First half of planning a change (decision 2, "the whole tenant"): who gets what if seats suffice, which products are
 * scarce, who must stand in line, and which other cohorts the change reaches through seats.
 */
export function draftPlan(change: Change): Draft {
  const units = unitsOf(change);
  const best = units.map((unit) => settleUnit(unit, change, () => true));
  const { denied, scarce, sums } = findScarce(change, units, best);
  const seatFree: SeatFree = ({ productId }) => !scarce.has(productId) && freeSeats(change, sums, productId) > 0;
  const drafted = units.map((unit, i) => draftUnit(unit, best[i] ?? [], denied[i] ?? [], change, seatFree));
  return { change, units: drafted, scarce, needs: reachedBySeats(change, drafted, sums) };
}

type Outcomes = readonly (readonly Settled[])[];

/**
 * Scarce are first the products of which there is no seat at all, then those of which there are fewer than would be taken,
 * not counting who cannot have them for want of a seat of the first kind. (A bundle that waits for one product takes no seat
 * of the others; to count it would deny these to users who can have them.) Repeated until no product is found.
 */
function findScarce(change: Change, units: readonly Unit[], best: Outcomes) {
  const scarce = new Set<ProductId>();
  let denied = best;
  for (;;) {
    const sums = sumSeats(units, denied, denied);
    const usedUp = (productId: ProductId): boolean => seatsToBeHad(change, sums, productId) <= 0;
    let found = products(change, sums).filter((productId) => !scarce.has(productId) && usedUp(productId));
    if (!found.length) {
      const possible = without(change, units, best, usedUp);
      const most = sumSeats(units, denied, possible);
      found = products(change, most).filter(
        (productId) =>
          !scarce.has(productId) && (most.get(productId)?.takenMost ?? 0) > seatsToBeHad(change, most, productId),
      );
    }
    if (!found.length) return { denied, scarce, sums };
    for (const productId of found) scarce.add(productId);
    denied = without(change, units, best, (productId) => scarce.has(productId));
  }
}

const products = (change: Change, sums: ReadonlyMap<ProductId, SeatSum>): ProductId[] => [
  ...new Set([...change.seats.keys(), ...sums.keys()]),
];

/** All units settled without new seats of some products. Who ends as at best is at best, the very same object. */
const without = (
  change: Change,
  units: readonly Unit[],
  best: Outcomes,
  isDenied: (productId: ProductId) => boolean,
): Outcomes =>
  units.map((unit, i) => {
    const atBest = best[i] ?? [];
    if (!asks(unit, atBest, isDenied)) return atBest;
    const settled = settleUnit(unit, change, ({ productId }) => !isDenied(productId));
    return sameInForce(settled, atBest) ? atBest : settled;
  });

/** Whether the unit is to have one of these products and holds no seat of it: what else it gets may depend on that. */
const asks = ({ seatsBefore }: Unit, best: readonly Settled[], isOne: (productId: ProductId) => boolean): boolean =>
  best.some(({ wanted, product: { productId } }) => wanted && !seatsBefore.includes(productId) && isOne(productId));

/** @param seatFree seats that are free while the scarce ones are denied */
function draftUnit(
  unit: Unit,
  best: readonly Settled[],
  denied: readonly Settled[],
  change: Change,
  seatFree: SeatFree,
): DraftUnit {
  if (best === denied) return { ...unit, best, denied, contends: false, priority: Infinity };
  const asking = settleFrom(denied, seatsOf(denied), unit, change, seatFree);
  return { ...unit, best, denied, contends: true, priority: askingPriority(asking, change) };
}

/** Who asks through no group stands behind all who do; a direct call behind everybody. */
const LAST_IN_LINE = Number.MAX_SAFE_INTEGER;

/** L-14: the licensing priority of the group that asks; the best, when several ask. A direct call comes after all who wait. */
function askingPriority(settled: readonly Settled[], { after }: Change): number {
  let lowest: number = LAST_IN_LINE;
  for (const { source, missing, inForce } of settled) {
    if (missing && !inForce && source === direct) return Infinity;
    if (missing?.error !== 'CountViolation') continue;
    lowest = Math.min(lowest, after.bundles.get(source)?.data.priority ?? Infinity);
  }
  return lowest;
}

interface SeatSum {
  takenMost: number;
  taken: number;
  released: number;
}

/** Seats taken and given back when the scarce products are denied; `takenMost`: or when they are not. */
function sumSeats(units: readonly Unit[], denied: Outcomes, possible: Outcomes): Map<ProductId, SeatSum> {
  const sums = new Map<ProductId, SeatSum>();
  const sum = (productId: ProductId) => {
    const known = sums.get(productId);
    if (known) return known;
    const made = { takenMost: 0, taken: 0, released: 0 };
    sums.set(productId, made);
    return made;
  };
  units.forEach(({ seatsBefore, count }, i) => {
    const change = seatChange(seatsBefore, denied[i] ?? []);
    const also = possible[i] === denied[i] ? [] : seatChange(seatsBefore, possible[i] ?? []).taken;
    for (const productId of new Set([...change.taken, ...also])) sum(productId).takenMost += count;
    for (const productId of change.taken) sum(productId).taken += count;
    for (const productId of change.released) sum(productId).released += count;
  });
  return sums;
}

/** Seats of a product that are free or given back. */
function seatsToBeHad(change: Change, sums: ReadonlyMap<ProductId, SeatSum>, productId: ProductId): number {
  const { usable = 0, consumed = 0 } = change.seats.get(productId) ?? {};
  return usable - consumed + (sums.get(productId)?.released ?? 0);
}

/** Those that are left of them when the scarce products are denied. */
const freeSeats = (change: Change, sums: ReadonlyMap<ProductId, SeatSum>, productId: ProductId): number =>
  seatsToBeHad(change, sums, productId) - (sums.get(productId)?.taken ?? 0);

/**
 * Products whose waiting users the change can reach: a seat of it becomes free, or somebody in line wants one, or the answer to "is one free?"
 * is another one afterwards, which changes what their errors say.
 */
function reachedBySeats(
  change: Change,
  units: readonly DraftUnit[],
  sums: ReadonlyMap<ProductId, SeatSum>,
): ProductId[] {
  if (!change.reactToSeats) return [];
  const foughtFor = new Set<ProductId>();
  for (const { contends, seatsBefore, best } of units) {
    if (contends) for (const productId of seatChange(seatsBefore, best).taken) foughtFor.add(productId);
  }
  const needs: ProductId[] = [];
  for (const [productId, { usableBefore, usable, consumed }] of change.seats) {
    if (change.loadedWaiting.has(productId)) continue;
    const freeBefore = usableBefore - consumed;
    const freed = freeBefore <= 0 && ((sums.get(productId)?.released ?? 0) > 0 || usable > usableBefore);
    const flips = freeBefore > 0 !== freeSeats(change, sums, productId) > 0;
    if (foughtFor.has(productId) || freed || flips) needs.push(productId);
  }
  return needs;
}
