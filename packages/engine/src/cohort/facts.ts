import type { GroupId, PlanId, ProductId, Source } from '../ids.ts';

export interface Assignment {
  readonly productId: ProductId;
  /** Sorted, without repetition. */
  readonly disabledPlans: readonly PlanId[];
}

/** What licensing needs to know about a user. Users with equal facts and equal exceptions are one cohort. */
export interface Facts {
  /** Where the user is licensed: see `Catalogue.placeOf` (L-10). */
  readonly place: string;
  /** Whether another user has one of its proxy addresses (L-11). */
  readonly sharesAddress: boolean;
  /** Sorted by product. */
  readonly direct: readonly Assignment[];
  /** The licensed groups whose licenses it inherits, sorted. */
  readonly groups: readonly GroupId[];
}

/** The six errors of L-06. */
export type LicenseError =
  | 'ProhibitedInUsageLocationViolation'
  | 'UniquenessViolation'
  | 'MutuallyExclusiveViolation'
  | 'DependencyViolation'
  | 'CountViolation'
  | 'Other';

/**
 * What facts cannot tell, because the past decides it.
 * missing: wanted and not in force (`plans` null: nothing of it; otherwise those plans);
 * kept: in force and no longer wanted;
 * flawed: in force and wanted, but it would not be granted today (L-05). Follows from the facts.
 */
export interface Exception {
  readonly kind: 'missing' | 'kept' | 'flawed';
  readonly source: Source;
  readonly productId: ProductId;
  readonly error: LicenseError;
  readonly plans: readonly PlanId[] | null;
}

export interface CohortState {
  readonly facts: Facts;
  /** Sorted by source, product, kind. */
  readonly exceptions: readonly Exception[];
}

export const noFacts: Facts = { place: '', sharesAddress: false, direct: [], groups: [] };

/**
 * Equal strings, equal cohorts. `flawed` is left out: it follows from the rest. Errors are left in: who lacks
 * something for another reason must be told another reason.
 */
export function keyOf(state: CohortState): string {
  const { facts, exceptions } = state;
  let key = `${facts.place}|${facts.sharesAddress ? 1 : 0}|${facts.groups.join()}|`;
  for (const a of facts.direct) key += `${a.productId}-${a.disabledPlans.join()};`;
  for (const e of exceptions) {
    if (e.kind !== 'flawed') key += `|${e.kind},${e.source},${e.productId},${e.error},${e.plans?.join() ?? ''}`;
  }
  return key;
}
