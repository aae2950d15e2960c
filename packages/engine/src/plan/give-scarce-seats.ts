import type { Settled } from '../cohort/settle.ts';
import type { ProductId } from '../ids.ts';
import type { Line, UserNo } from './change.ts';
import type { Draft, DraftUnit } from './draft-plan.ts';
import { seatChange, settleUnit } from './unit.ts';

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

  readonly available = ({ productId }: { readonly productId: ProductId }): boolean => (this.free.get(productId) ?? 0) > 0;

  add(productId: ProductId, count: number): void {
    const before = this.free.get(productId) ?? 0;
    this.free.set(productId, before + count);
    if (before > 0 !== before + count > 0) this.version++;
  }
}

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

  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < at.length; i++) {
      const stage = at[i];
      if (!stage) throw new Error(`unit ${line.units[i]} stands in the line and does not contend`);
      if (stage.version !== pool.version) turn(stages, stage, draft, pool);
      if (!stage.next) continue;
      const { taken, released } = seatChangeBetween(stage, stage.next);
      at[i] = stage.next;
      changed = true;
      for (const productId of taken) pool.add(productId, -1);
      for (const productId of released) pool.add(productId, 1);
    }
  }

  at.forEach((stage, i) => stage?.userNos.push(line.userNos[i] ?? 0));
  return [...stages.values()].flatMap((ofUnit) =>
    [...ofUnit.values()].flatMap(({ unit, settled, userNos }) =>
      userNos.length ? [{ unit, settled, count: userNos.length, userNos: userNos.length === unit.count ? undefined : userNos }] : [],
    ),
  );
}

function turn(stages: Map<number, Map<string, Stage>>, stage: Stage, draft: Draft, pool: SeatPool): void {
  const settled = settleUnit(stage.unit, draft.change, pool.available, stage.settled);
  const next = stageOf(stages, stage.unit, settled);
  stage.next = next === stage ? undefined : next;
  stage.version = pool.version;
}

/** Stages are told apart by what is in force; what an error says is decided at the very end. */
function stageOf(stages: Map<number, Map<string, Stage>>, unit: DraftUnit, settled: readonly Settled[]): Stage {
  const ofUnit = stages.get(unit.unitNo) ?? new Map<string, Stage>();
  stages.set(unit.unitNo, ofUnit);
  const key = settled.map(({ source, product, inForce }) => `${source}${product.productId}${inForce?.join() ?? '-'}`).join(';');
  const known = ofUnit.get(key);
  if (known) return known;
  const made: Stage = { unit, settled, version: -1, next: undefined, userNos: [] };
  ofUnit.set(key, made);
  return made;
}

const seatChangeBetween = (from: Stage, to: Stage) =>
  seatChange(
    from.settled.flatMap(({ inForce, product }) => (inForce ? [product.productId] : [])),
    to.settled,
  );
