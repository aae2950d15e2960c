import type { AddressInUse } from './license-fix.ts';

/** Why a license can be something else than plainly in force: the errors of L-06, and that a product is suspended (L-15). */
export const licenseReasonCodes = [
  'CountViolation',
  'MutuallyExclusiveViolation',
  'DependencyViolation',
  'ProhibitedInUsageLocationViolation',
  'UniquenessViolation',
  'Other',
  'Suspended',
] as const;

export type LicenseReasonCode = (typeof licenseReasonCodes)[number];

interface LicenseReasonFacts {
  /** No seat is free. `position` from 1 and `waiting` are of the line; null: nobody is named who stands in it, or nobody waits. */
  readonly CountViolation: {
    readonly skuId: string;
    readonly position: number | null;
    readonly waiting: number | null;
  };
  /** Two service plans that exclude each other by the rule of this name; `through` has the second one in force. */
  readonly MutuallyExclusiveViolation: {
    readonly plan: string;
    readonly excludes: string;
    readonly rule: string;
    readonly through: readonly ReasonSource[];
  };
  /** `plan` needs one of `anyOf`; `ownedWith`: products of the tenant that have one of these. */
  readonly DependencyViolation: {
    readonly plan: string;
    readonly anyOf: readonly string[];
    readonly ownedWith: readonly string[];
  };
  /** `country`: ISO 3166; null: the users are in several, or nobody knows where. */
  readonly ProhibitedInUsageLocationViolation: { readonly plans: readonly string[]; readonly country: string | null };
  /** Empty `addresses`: told of many users. */
  readonly UniquenessViolation: { readonly plans: readonly string[]; readonly addresses: readonly AddressInUse[] };
  /** Products of the same group that failed. */
  readonly Other: { readonly failed: readonly string[] };
  /** Instants are ISO 8601; no `statuses`: no subscription is left. */
  readonly Suspended: {
    readonly skuId: string;
    readonly since: string;
    /** Of the subscriptions, each once: Upcoming, Enabled, Warning, Suspended, LockedOut, Deleted. */
    readonly statuses: readonly string[];
    /** When the next subscription starts; null: none is to come. */
    readonly usableFrom: string | null;
    /** When the last one is deleted unless it is renewed; null: none is suspended. */
    readonly deletedFrom: string | null;
  };
}

/** An assignment that has a service plan in force. */
export interface ReasonSource {
  readonly skuId: string;
  /** null: assigned directly. */
  readonly groupId: string | null;
  readonly groupName: string | null;
}

/**
 * Why a license is not plainly in force (L-28), as data: for whoever says it in another language than the sentence beside it. Products and service
 * plans are named by id.
 */
export type LicenseReason = {
  readonly [Code in LicenseReasonCode]: {
    readonly code: Code;
    /** What the reason speaks of stays in force, although it is no longer wanted (L-08, L-09) or does not work (L-15). */
    readonly kept: boolean;
  } & LicenseReasonFacts[Code];
}[LicenseReasonCode];
