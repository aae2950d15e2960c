import type { CatalogueEffect } from './catalogue-change.ts';
import type { LicenseFix } from './license-fix.ts';
import type { LicenseReason } from './license-reason.ts';

/** One product of a group, or assigned directly. */
export interface NamedAssignment {
  /** null: assigned directly. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly skuId: string;
  readonly skuPartNumber: string;
}

/** Seats of a product, before a change and after it. */
export interface SeatChange {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly usable: number;
  readonly consumedBefore: number;
  readonly consumedAfter: number;
}

/** How many users get a product from an assignment, no longer have it from there, or are in error with it. */
export interface LicenseChange extends NamedAssignment {
  readonly gaining: number;
  readonly losing: number;
  readonly inError: number;
}

/** Users who would be in error with an assignment, all with the same error. */
export interface ErrorToExpect extends NamedAssignment {
  readonly error: string;
  readonly count: number;
  /** Why, as a sentence, for one of them (L-28). */
  readonly reason: string;
  /** What the sentence says, as data. */
  readonly reasons: readonly LicenseReason[];
  /** Some of them. */
  readonly sampleUsers: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly userPrincipalName: string;
  }[];
  readonly fixes: readonly LicenseFix[];
}

/** What a change of licenses does to users, errors and seats; as things are settled now. */
export interface PlanEffect {
  readonly effect: CatalogueEffect;
  /** Products that the change names, and those of which more or fewer seats are used then. */
  readonly seats: readonly SeatChange[];
  readonly licenses: readonly LicenseChange[];
  /** Errors that come with the change; of the group that is changed also those that stay. Most users first. */
  readonly inError: readonly ErrorToExpect[];
}

/** What a direct assignment would do for one user. */
export interface UserToExpect {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** false: all of it would be refused, and nothing changed for this user. */
  readonly granted: boolean;
  /** `None`: granted. `Refused`: the call cannot be made for this user. Otherwise an error of L-06. */
  readonly error: string;
  /** The product that stands against it. */
  readonly skuId: string | null;
  /** Why not, in ids (L-28). */
  readonly reason: Readonly<Record<string, unknown>> | null;
  /** Why not; empty: granted. */
  readonly sentence: string;
  /** Which refusal it is, of `refusalCodes`, where every such call would be refused; null: `reasons` say why. */
  readonly refusal: string | null;
  /** What the sentence says, as data; empty: granted, or refused as every such call would be. */
  readonly reasons: readonly LicenseReason[];
  readonly fixes: readonly LicenseFix[];
}

/**
 * `POST /allot/v1/users/licensing/preview`: what happens when the same change is assigned to each of the users, one after the other in this
 * order. `effect` and the rest are of all of that together, for everybody whom it reaches.
 */
export interface UserLicensePreview extends PlanEffect {
  readonly users: readonly UserToExpect[];
  /** Who else gains or loses by it: whoever waits for a seat that becomes free. */
  readonly others: {
    readonly count: number;
    /** The first of them, with the products of which they get a seat or give one back. */
    readonly users: readonly {
      readonly id: string;
      readonly displayName: string;
      readonly userPrincipalName: string;
      readonly gained: readonly string[];
      readonly lost: readonly string[];
    }[];
  };
}
