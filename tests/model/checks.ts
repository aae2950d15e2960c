import { excludes, isMailbox, isProhibited, unmetRequirement } from './catalogue.ts';
import type { ModelCatalogue } from './catalogue.ts';
import { allPlans } from './entry-plans.ts';
import type { EntryPlans } from './entry-plans.ts';

/** Why a product is not granted, with the ids that an error message needs. */
export type Fault =
  | { readonly error: 'ProhibitedInUsageLocationViolation'; readonly plan: string }
  | { readonly error: 'UniquenessViolation'; readonly plan: string }
  | { readonly error: 'MutuallyExclusiveViolation'; readonly plan: string; readonly other: string }
  | { readonly error: 'DependencyViolation'; readonly plan: string; readonly anyOf: readonly string[] }
  | { readonly error: 'CountViolation' }
  | { readonly error: 'Other' };

export type FaultError = Fault['error'];

/** What the checks need to know besides the entry they test. */
export interface CheckedAgainst {
  readonly catalogue: ModelCatalogue;
  /** Effective usage location (L-10). */
  readonly location: string | null;
  /** Another user has one of this user's addresses (L-11). */
  readonly sharesAddress: boolean;
  /** Everything in force, of all sources. */
  readonly inForce: readonly EntryPlans[];
  /** What would be granted together with the tested entry, itself included. */
  readonly candidate: readonly EntryPlans[];
}

type Check = (entry: EntryPlans, against: CheckedAgainst) => Fault | undefined;

/** The checks 1 to 4 of L-06, in their order; the fifth, seats, is asked by who grants. */
const checks: readonly Check[] = [offeredAtLocation, addressUnique, plansNotExclusive, requirementsMet];

/** The first of the checks 1 to 4 of L-06 that the plans of `entry` fail. */
export function firstFault(entry: EntryPlans, against: CheckedAgainst): Fault | undefined {
  for (const check of checks) {
    const fault = check(entry, against);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function offeredAtLocation(entry: EntryPlans, against: CheckedAgainst): Fault | undefined {
  for (const plan of entry.plans) {
    if (isProhibited(against.catalogue, plan, against.location)) {
      return { error: 'ProhibitedInUsageLocationViolation', plan };
    }
  }
  return undefined;
}

function addressUnique(entry: EntryPlans, against: CheckedAgainst): Fault | undefined {
  if (!against.sharesAddress) return undefined;
  const plan = entry.plans.find((one) => isMailbox(against.catalogue, one));
  return plan === undefined ? undefined : { error: 'UniquenessViolation', plan };
}

function plansNotExclusive(entry: EntryPlans, against: CheckedAgainst): Fault | undefined {
  for (const plan of entry.plans) {
    for (const other of allPlans([...against.inForce, ...against.candidate])) {
      if (excludes(against.catalogue, plan, other)) return { error: 'MutuallyExclusiveViolation', plan, other };
    }
  }
  return undefined;
}

function requirementsMet(entry: EntryPlans, against: CheckedAgainst): Fault | undefined {
  const provided = allPlans([...against.inForce, ...against.candidate]);
  for (const plan of entry.plans) {
    const unmet = unmetRequirement(against.catalogue, plan, provided);
    if (unmet !== undefined) return { error: 'DependencyViolation', plan, anyOf: unmet.anyOf };
  }
  return undefined;
}
