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
  readonly userNos: Float64Array | undefined;
}

/** A stage of a contending unit: what its users have after some turns. Users of a unit share stages. */
interface Stage {
  readonly unit: DraftUnit;
  readonly settled: readonly Settled[];
  readonly seats: readonly ProductId[];
  /** Where one more turn leads, for the availability numbered `version`. */
  version: number;
  next: Step | undefined;
}

interface Step {
  readonly stageNo: number;
  readonly taken: readonly ProductId[];
  readonly released: readonly ProductId[];
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
  const stages = new Stages(draft, pool);
  const first = new Map(
    draft.units.flatMap((unit) => (unit.contends ? [[unit.unitNo, stages.of(unit, unit.denied)]] : [])),
  );
  const at = Int32Array.from(line.units, (unitNo) => {
    const stageNo = first.get(unitNo);
    if (stageNo === undefined) throw new Error(`unit ${unitNo} stands in the line and does not contend`);
    return stageNo;
  });

  let passes = 0;
  for (let changed = true; changed; passes++) {
    changed = false;
    for (let i = 0; i < at.length; i++) {
      const step = stages.next(at[i] ?? -1, passes < PASSES_ANEW_MAX);
      if (!step) continue;
      at[i] = step.stageNo;
      changed = true;
      for (const productId of step.taken) pool.add(productId, -1);
      for (const productId of step.released) pool.add(productId, 1);
    }
  }
  return stages.shares(at, line.userNos);
}

class Stages {
  readonly #draft: Draft;
  readonly #pool: SeatPool;
  readonly #all: Stage[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(draft: Draft, pool: SeatPool) {
    [this.#draft, this.#pool] = [draft, pool];
  }

  /** Stages are told apart by what is in force; what an error says is decided at the very end. */
  of(unit: DraftUnit, settled: readonly Settled[]): number {
    let key = `${unit.unitNo}`;
    for (const { source, product, inForce } of settled)
      key += `;${source}${product.productId}${inForce?.join() ?? '-'}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#all.length);
    this.#all.push({ unit, settled, seats: seatsOf(settled), version: -1, next: undefined });
    return this.#all.length - 1;
  }

  /** @returns undefined: with the seats that are free now, one more turn changes nothing. */
  next(stageNo: number, anew: boolean): Step | undefined {
    const stage = this.#all[stageNo];
    if (!stage) throw new Error(`there is no stage ${stageNo}`);
    if (stage.version !== this.#pool.version) {
      const settled = this.#turn(stage, anew);
      const next = this.of(stage.unit, settled);
      stage.next = next === stageNo ? undefined : { stageNo: next, ...seatChange(stage.seats, settled) };
      stage.version = this.#pool.version;
    }
    return stage.next;
  }

  /**
   * Settles from before the change, so that the order of the groups decides and not what could be given while seats were
   * denied. Where that would keep an assignment whose seat somebody else took meanwhile, it goes on from what there is.
   */
  #turn({ unit, seats, settled }: Stage, fromStart: boolean): readonly Settled[] {
    const { available } = this.#pool;
    const { change } = this.#draft;
    const anew = settleFrom(unit.start, seats, unit, change, available);
    const possible =
      fromStart && seatsOf(anew).every((productId) => seats.includes(productId) || available({ productId }));
    return possible ? anew : settleFrom(settled, seats, unit, change, available);
  }

  /** Who ended in which stage. */
  shares(at: Int32Array, userNos: ArrayLike<UserNo>): Share[] {
    const counts = new Int32Array(this.#all.length);
    for (const stageNo of at) counts[stageNo] = (counts[stageNo] ?? 0) + 1;
    const lists = this.#all.map(({ unit }, stageNo) => {
      const count = counts[stageNo] ?? 0;
      return count === unit.count ? undefined : new Float64Array(count);
    });
    const filled = new Int32Array(this.#all.length);
    at.forEach((stageNo, i) => {
      const list = lists[stageNo];
      if (!list) return;
      const place = filled[stageNo] ?? 0;
      list[place] = userNos[i] ?? 0;
      filled[stageNo] = place + 1;
    });
    return this.#all.flatMap(({ unit, settled }, stageNo) => {
      const count = counts[stageNo] ?? 0;
      return count ? [{ unit, settled, count, userNos: lists[stageNo] }] : [];
    });
  }
}
