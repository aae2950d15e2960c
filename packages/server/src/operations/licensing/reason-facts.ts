import type { AddressInUse, LicenseReason } from '@allot/contract';
import { direct, type Reason, type Source } from '@allot/engine';

/** What is known around a reason, beside the catalogue. */
export interface ReasonKnowledge {
  readonly groupName: (groupId: string) => string;
  /** Null: the users are in several, or nobody knows where. */
  readonly country: string | null;
  /** Place in the line and length of it, by product. Without a place: of many users. */
  readonly line: (productId: string) => { readonly position: number | null; readonly waiting: number } | undefined;
  /** Addresses shared with others. */
  readonly addresses: readonly AddressInUse[];
  /** Assignments that have a plan in force. */
  readonly sourcesOf: (planId: string) => readonly { readonly source: Source; readonly productId: string }[];
  /** Products of the tenant that contain a plan. */
  readonly ownedWith: (planId: string) => readonly string[];
}

/**
 * A reason of the engine with all that there is to say of it (L-28): what its sentence is made of, in whatever language.
 * @param kept the assignment, or plans of it, are not wanted any more and stay in force (L-08, L-09)
 */
export function reasonFacts(reason: Reason, known: ReasonKnowledge, kept: boolean): LicenseReason {
  switch (reason.error) {
    case 'ProhibitedInUsageLocationViolation':
      return { code: reason.error, kept, plans: reason.plans, country: known.country };
    case 'UniquenessViolation':
      return { code: reason.error, kept, plans: reason.plans, addresses: known.addresses };
    case 'MutuallyExclusiveViolation': {
      const through = known.sourcesOf(reason.excludes).map(({ source, productId }) => ({
        skuId: productId,
        groupId: source === direct ? null : source,
        groupName: source === direct ? null : known.groupName(source),
      }));
      return { code: reason.error, kept, plan: reason.plan, excludes: reason.excludes, rule: reason.rule, through };
    }
    case 'DependencyViolation': {
      const ownedWith = [...new Set(reason.anyOf.flatMap((planId) => known.ownedWith(planId)))];
      return { code: reason.error, kept, plan: reason.plan, anyOf: reason.anyOf, ownedWith };
    }
    case 'CountViolation': {
      const { position = null, waiting = null } = known.line(reason.productId) ?? {};
      return { code: reason.error, kept, skuId: reason.productId, position, waiting };
    }
    case 'Other':
      return { code: reason.error, kept, failed: reason.failed };
  }
}
