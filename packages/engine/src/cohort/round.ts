import type { Catalogue } from '../catalogue/catalogue.ts';
import { addTo, type PlanSet } from '../catalogue/plan-set.ts';
import type { Reason } from '../checks/check.ts';
import type { Holding } from './holding.ts';

/** State of one round of settling; all arrays are parallel to `holdings`. */
export interface Round {
  readonly catalogue: Catalogue;
  readonly holdings: readonly Holding[];
  readonly stay: readonly (PlanSet | undefined)[];
  readonly kept: (PlanSet | undefined)[];
  readonly keptFor: (Reason | undefined)[];
  /** Set where a seat was lacking at any testing. */
  readonly lacksSeat: (Reason | undefined)[];
}

/** Everything in some lists of sets. */
export function unionOf(catalogue: Catalogue, ...lists: readonly (readonly (PlanSet | undefined)[])[]): PlanSet {
  const all = catalogue.none.slice();
  for (const list of lists) for (const set of list) if (set) addTo(all, set);
  return all;
}
