import { addressUnique } from './address-unique.ts';
import type { Check, Reason, Situation, Wish } from './check.ts';
import { offeredInLocation } from './offered-in-location.ts';
import { plansNotExclusive } from './plans-not-exclusive.ts';
import { requirementsMet } from './requirements-met.ts';
import { seatFree } from './seat-free.ts';

/** The checks of L-06 in their order; the first that fails is the one reported. */
const checks: readonly Check[] = [
  offeredInLocation, // ProhibitedInUsageLocationViolation
  addressUnique, //     UniquenessViolation
  plansNotExclusive, // MutuallyExclusiveViolation
  requirementsMet, //   DependencyViolation
  seatFree, //          CountViolation
];

export function firstFailing(wish: Wish, situation: Situation): Reason | undefined {
  for (const check of checks) {
    const reason = check(wish, situation);
    if (reason) return reason;
  }
  return undefined;
}
