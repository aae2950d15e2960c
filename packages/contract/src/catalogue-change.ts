import type { ImportResult } from './own-api.ts';

/** A service plan and how many users get it, or no longer have it. */
export interface PlanUsers {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly users: number;
}

/** What a change of the catalogue does to one product of a group, or to the direct assignments of a product. */
export interface AssignmentChange {
  /** null: assigned directly. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** What the group does with plans that a product gains (L-21); null: assigned directly, where they are on. */
  readonly newPlans: 'on' | 'off' | null;
  /** Users of it for whom plans come or go. */
  readonly users: number;
  readonly gained: readonly PlanUsers[];
  /** Names of service plans that the product gains and that stay off here. */
  readonly heldOff: readonly string[];
  readonly lost: readonly PlanUsers[];
}

/** Users with an error of one kind from one assignment, where their number changes. */
export interface ErrorChange {
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly error: string;
  readonly usersBefore: number;
  readonly usersAfter: number;
}

/** What a change of the catalogue does to users; a preview and the change itself say the same. */
export interface CatalogueEffect {
  /** Users whose plans change, counting all that they have from any source. */
  readonly users: number;
  readonly gained: readonly PlanUsers[];
  readonly lost: readonly PlanUsers[];
  readonly assignments: readonly AssignmentChange[];
  /** Assignments beyond those listed. */
  readonly assignmentsUnlisted: number;
  readonly errors: readonly ErrorChange[];
}

/** What `PUT /allot/v1/catalogue/…?dryRun=true` answers. */
export interface CataloguePreview {
  readonly effect: CatalogueEffect;
  /** Sent as `?preview=` with the change, it is refused (409) unless it does exactly this. */
  readonly preview: string;
}

/** How a product of a list differs from what the catalogue had. Plans by name. */
export interface ListedChange {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly change: 'new' | 'changed';
  /** What it was called, where it is called otherwise now. */
  readonly renamedFrom?: { readonly skuPartNumber: string; readonly displayName: string };
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** `POST /allot/v1/imports/products` (L-21). `created`, `updated` and `unchanged` count products; `read` and `skipped` rows. */
export interface ProductImportResult extends ImportResult, CataloguePreview {
  readonly changes: readonly ListedChange[];
  /** Products that the list does not have; they stay as they are. */
  readonly kept: readonly { readonly skuId: string; readonly skuPartNumber: string }[];
  readonly renamedPlans: readonly {
    readonly servicePlanId: string;
    readonly servicePlanName: string;
    readonly displayName: string;
    readonly renamedFrom: { readonly servicePlanName: string; readonly displayName: string };
  }[];
}
