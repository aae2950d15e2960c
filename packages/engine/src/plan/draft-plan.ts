import type { Holding } from '../cohort/holding.ts';
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
  const units = unitsOf(change).map((unit) => ({ unit, best: settleUnit(unit, change, () => true) }));
  const wishes = units.map(({ unit, best }) => seatChange(unit.seatsBefore, best));
  const denied: (readonly Settled[])[] = units.map(({ best }) => best);
  const scarce = new Set<ProductId>();
  let sums = sumSeats(
    units.map(({ unit }) => unit),
    wishes,
    denied,
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const [productId, { takenMost, released }] of sums) {
      const seats = change.seats.get(productId);
      const usable = seats?.usable ?? 0;
      if (takenMost === 0 || scarce.has(productId) || (seats?.consumed ?? 0) - released + takenMost <= usable) continue;
      scarce.add(productId);
      grown = true;
    }
    if (!grown) break;
    units.forEach(({ unit, best }, i) => {
      if (!asked(unit, best).some((productId) => scarce.has(productId))) return;
      const without = settleUnit(unit, change, ({ productId }) => !scarce.has(productId));
      denied[i] = sameInForce(without, best) ? best : without;
    });
    sums = sumSeats(
      units.map(({ unit }) => unit),
      wishes,
      denied,
    );
  }
  const seatFree: SeatFree = ({ productId }) => !scarce.has(productId) && freeSeats(change, sums, productId) > 0;
  const drafted = units.map(({ unit, best }, i) => draftUnit(unit, best, denied[i] ?? best, change, seatFree));
  return { change, units: drafted, scarce, needs: reachedBySeats(change, drafted, scarce, sums) };
}

/** Products that the unit is to have and holds no seat of: what it can get depends on them, even if it does not get them. */
const asked = ({ seatsBefore }: Unit, best: readonly Settled[]): ProductId[] =>
  best.flatMap(({ wanted, product: { productId } }) => (wanted && !seatsBefore.includes(productId) ? [productId] : []));

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

function sumSeats(
  units: readonly Unit[],
  wishes: readonly { readonly taken: readonly ProductId[] }[],
  denied: readonly (readonly Holding[])[],
): Map<ProductId, SeatSum> {
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
    const most = new Set([...change.taken, ...(wishes[i]?.taken ?? [])]);
    for (const productId of most) sum(productId).takenMost += count;
    for (const productId of change.taken) sum(productId).taken += count;
    for (const productId of change.released) sum(productId).released += count;
  });
  return sums;
}

/** Free seats of a product when the scarce ones are denied. */
function freeSeats(change: Change, sums: ReadonlyMap<ProductId, SeatSum>, productId: ProductId): number {
  const { usable = 0, consumed = 0 } = change.seats.get(productId) ?? {};
  const { taken = 0, released = 0 } = sums.get(productId) ?? {};
  return usable - consumed + released - taken;
}

/**
 * Products whose waiting users the change can reach: a seat of it becomes free or is fought for, somebody in line lacks it
 * too, or the answer to "is one free?" is another one afterwards, which changes what their errors say.
 */
function reachedBySeats(
  change: Change,
  units: readonly DraftUnit[],
  scarce: ReadonlySet<ProductId>,
  sums: ReadonlyMap<ProductId, SeatSum>,
): ProductId[] {
  if (!change.reactToSeats) return [];
  const lackedInLine = new Set<ProductId>();
  for (const unit of units)
    if (unit.contends) for (const productId of asked(unit, unit.best)) lackedInLine.add(productId);
  const needs: ProductId[] = [];
  for (const [productId, { usableBefore, usable, consumed }] of change.seats) {
    if (change.loadedWaiting.has(productId)) continue;
    const freeBefore = usableBefore - consumed;
    const freed = freeBefore <= 0 && ((sums.get(productId)?.released ?? 0) > 0 || usable > usableBefore);
    const flips = freeBefore > 0 !== freeSeats(change, sums, productId) > 0;
    if (scarce.has(productId) || lackedInLine.has(productId) || freed || flips) needs.push(productId);
  }
  return needs;
}
