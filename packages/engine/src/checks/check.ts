import type { Catalogue, Product } from '../catalogue/catalogue.ts';
import type { PlanSet } from '../catalogue/plan-set.ts';
import type { PlanId, ProductId } from '../ids.ts';

/** One product of a candidate: the plans of it that are asked for and not in force yet. */
export interface Wish {
  readonly product: Product;
  readonly plans: PlanSet;
}

/** What a wish is tested against. */
export interface Situation {
  readonly catalogue: Catalogue;
  readonly place: string;
  readonly sharesAddress: boolean;
  /** All plans in force. */
  readonly inForce: PlanSet;
  /** All plans of the candidate that the wish is part of. */
  readonly candidate: PlanSet;
  readonly holdsSeat: (product: Product) => boolean;
  readonly seatFree: (product: Product) => boolean;
}

/** Why something is refused or flawed (L-28), in ids. */
export type Reason =
  | { readonly error: 'ProhibitedInUsageLocationViolation'; readonly place: string; readonly plans: readonly PlanId[] }
  | { readonly error: 'UniquenessViolation'; readonly plans: readonly PlanId[] }
  | {
      readonly error: 'MutuallyExclusiveViolation';
      readonly plan: PlanId;
      readonly excludes: PlanId;
      readonly rule: string;
    }
  | { readonly error: 'DependencyViolation'; readonly plan: PlanId; readonly anyOf: readonly PlanId[] }
  | { readonly error: 'CountViolation'; readonly productId: ProductId }
  | { readonly error: 'Other'; readonly failed: readonly ProductId[] };

/** Undefined: nothing against it. */
export type Check = (wish: Wish, situation: Situation) => Reason | undefined;
