import { addTo, bitsOf, minus, type PlanSet } from '../catalogue/plan-set.ts';
import type { CohortState } from '../cohort/facts.ts';
import { holdingsOf } from '../cohort/holding.ts';
import type { Entry } from '../cohort/outcome.ts';
import type { World } from '../cohort/world.ts';
import type { PlanId, ProductId, Source } from '../ids.ts';

/** How many users get a service plan in force, or no longer have it. */
export interface PlanUsers {
  readonly gained: ReadonlyMap<PlanId, number>;
  readonly lost: ReadonlyMap<PlanId, number>;
}

/** What a change does to the users of one assignment. */
export interface AssignmentEffect extends PlanUsers {
  readonly source: Source;
  readonly productId: ProductId;
  /** Users of it for whom anything changes. */
  readonly users: number;
}

/** What a change does to users: nothing but counts, because a preview names nobody. */
export interface Effect extends PlanUsers {
  /** Users whose effective plans (L-02) change; `gained` and `lost` are about these. */
  readonly users: number;
  readonly assignments: readonly AssignmentEffect[];
}

/** Users who start from one state and end alike. */
interface EffectPart {
  readonly unit: { readonly cohort: { readonly state: CohortState } | undefined };
  readonly entries: readonly Entry[];
  readonly count: number;
}

/**
 * Reads off a plan who gains and loses what.
 * @param before and `after` the worlds that were planned with: one bit position for each service plan
 */
export function effectOf({ parts }: { readonly parts: readonly EffectPart[] }, before: World, after: World): Effect {
  const all = new Counter();
  const byAssignment = new Map<string, { source: Source; productId: ProductId; counter: Counter }>();
  for (const { unit, entries, count } of parts) {
    const had = unit.cohort ? holdingsOf(unit.cohort.state, before) : [];
    const was = had.map(({ source, product, inForce }) => ({ source, productId: product.productId, inForce }));
    all.count(unionOf(was, after), unionOf(entries, after), count);
    const keyed = new Map(was.map((holding) => [`${holding.source}|${holding.productId}`, holding]));
    const ends = new Map(entries.map((entry) => [`${entry.source}|${entry.productId}`, entry]));
    for (const key of new Set([...keyed.keys(), ...ends.keys()])) {
      const one = ends.get(key) ?? keyed.get(key);
      if (!one) continue;
      const { none } = after.catalogue;
      const [start, end] = [keyed.get(key)?.inForce ?? none, ends.get(key)?.inForce ?? none];
      if (sameSet(start, end)) continue;
      const known = byAssignment.get(key) ?? { source: one.source, productId: one.productId, counter: new Counter() };
      byAssignment.set(key, known);
      known.counter.count(start, end, count);
    }
  }
  const idsOf = (counts: ReadonlyMap<number, number>): ReadonlyMap<PlanId, number> =>
    new Map(
      [...counts].flatMap(([bit, users]) => after.catalogue.planIds.slice(bit, bit + 1).map((id) => [id, users])),
    );
  const countsOf = ({ users, gained, lost }: Counter) => ({ users, gained: idsOf(gained), lost: idsOf(lost) });
  return {
    ...countsOf(all),
    assignments: [...byAssignment.values()].map(({ source, productId, counter }) => ({
      source,
      productId,
      ...countsOf(counter),
    })),
  };
}

/** Counts users by the bit positions that differ. */
class Counter {
  users = 0;
  readonly gained = new Map<number, number>();
  readonly lost = new Map<number, number>();

  count(start: PlanSet, end: PlanSet, users: number): void {
    if (sameSet(start, end)) return;
    this.users += users;
    for (const bit of bitsOf(minus(end, start))) this.gained.set(bit, (this.gained.get(bit) ?? 0) + users);
    for (const bit of bitsOf(minus(start, end))) this.lost.set(bit, (this.lost.get(bit) ?? 0) + users);
  }
}

function unionOf(holdings: readonly { readonly inForce: PlanSet | undefined }[], { catalogue }: World): PlanSet {
  const plans = catalogue.none.slice();
  for (const { inForce } of holdings) if (inForce) addTo(plans, inForce);
  return plans;
}

const sameSet = (a: PlanSet, b: PlanSet): boolean => a === b || a.every((word, i) => word === b[i]);
