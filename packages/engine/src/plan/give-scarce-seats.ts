import { seatsOf } from '../cohort/outcome.ts';
import type { Settled } from '../cohort/settle.ts';
import type { ProductId } from '../ids.ts';
import type { Line, UserNo } from './change.ts';
import type { Draft, DraftUnit } from './draft-plan.ts';
import { seatChange, settleFrom } from './unit.ts';

/** Users of a unit who end alike. `userNos` undefined: all of the unit. */
export interface Share {
  readonly unit: DraftUnit;
  readonly settled: readonly Settled[];
  readonly count: number;
  readonly userNos: readonly UserNo[] | undefined;
}

/** A stage of a contending unit: what its users have after some turns. Users of a unit share stages. */
interface Stage {
  readonly unit: DraftUnit;
  readonly settled: readonly Settled[];
  readonly seats: readonly ProductId[];
  /** Where one more turn leads, for the availability numbered `version`. */
  version: number;
  next: Stage | undefined;
  userNos: UserNo[];
}

/** Seats by product while they are given; `available` says of which one is free. */
export class SeatPool {
  readonly free: Map<ProductId, number>;
  /** Grows whenever a product runs out or is to be had again. */
  version = 0;

  constructor(free: Map<ProductId, number>) {
    this.free = free;
  }

  readonly available = ({ productId }: { readonly productId: ProductId }): boolean =>
    (this.free.get(productId) ?? 0) > 0;

  add(productId: ProductId, count: number): void {
    const before = this.free.get(productId) ?? 0;
    this.free.set(productId, before + count);
    if (before > 0 !== before + count > 0) this.version++;
  }
}

/**
 * Passes in which a turn may begin anew from before the change. After that users only gain, which comes to rest by itself; two or
 * three passes are usual.
 */
const PASSES_ANEW_MAX = 100;

/**
 * Down the line of L-14, each user settled with the products of which a seat is free at that moment, again until
 * nothing changes. A million users share the few stages that their units have, so a turn costs some nanoseconds.
 * Invariant "seats never oversold": a seat is taken only where `available` said that one is free.
 */
export function giveScarceSeats(draft: Draft, line: Line, pool: SeatPool): Share[] {
  const stages = new Map<number, Map<string, Stage>>();
  const first = new Map(
    draft.units.filter((unit) => unit.contends).map((unit) => [unit.unitNo, stageOf(stages, unit, unit.denied)]),
  );
  const at: (Stage | undefined)[] = Array.from(line.units, (unitNo) => first.get(unitNo));

  let passes = 0;
  for (let changed = true; changed; passes++) {
    changed = false;
    for (let i = 0; i < at.length; i++) {
      const stage = at[i];
      if (!stage) throw new Error(`unit ${line.units[i]} stands in the line and does not contend`);
      if (stage.version !== pool.version) turn(stages, stage, draft, pool, passes < PASSES_ANEW_MAX);
      if (!stage.next) continue;
      const { taken, released } = seatChange(stage.seats, stage.next.settled);
      at[i] = stage.next;
      changed = true;
      for (const productId of taken) pool.add(productId, -1);
      for (const productId of released) pool.add(productId, 1);
    }
  }

  at.forEach((stage, i) => stage?.userNos.push(line.userNos[i] ?? 0));
  return [...stages.values()].flatMap((ofUnit) =>
    [...ofUnit.values()].flatMap(({ unit, settled, userNos }) =>
      userNos.length
        ? [{ unit, settled, count: userNos.length, userNos: userNos.length === unit.count ? undefined : userNos }]
        : [],
    ),
  );
}

/**
 * Settles from before the change, so that the order of the groups decides and not what could be given while seats were
 * denied. Where that would keep an assignment whose seat somebody else took meanwhile, it goes on from what there is.
 */
function turn(
  stages: Map<number, Map<string, Stage>>,
  stage: Stage,
  draft: Draft,
  pool: SeatPool,
  fromStart: boolean,
): void {
  const { unit, seats } = stage;
  const anew = settleFrom(unit.start, seats, unit, draft.change, pool.available);
  const possible =
    fromStart && seatsOf(anew).every((productId) => seats.includes(productId) || pool.available({ productId }));
  const settled = possible ? anew : settleFrom(stage.settled, seats, unit, draft.change, pool.available);
  const next = stageOf(stages, stage.unit, settled);
  stage.next = next === stage ? undefined : next;
  stage.version = pool.version;
}

/** Stages are told apart by what is in force; what an error says is decided at the very end. */
function stageOf(stages: Map<number, Map<string, Stage>>, unit: DraftUnit, settled: readonly Settled[]): Stage {
  const ofUnit = stages.get(unit.unitNo) ?? new Map<string, Stage>();
  stages.set(unit.unitNo, ofUnit);
  const key = settled
    .map(({ source, product, inForce }) => `${source}${product.productId}${inForce?.join() ?? '-'}`)
    .join(';');
  const known = ofUnit.get(key);
  if (known) return known;
  const made: Stage = { unit, settled, seats: seatsOf(settled), version: -1, next: undefined, userNos: [] };
  ofUnit.set(key, made);
  return made;
}
