import type { CatalogueEffect } from './catalogue-change.ts';

/** Users whom a rule change concerns: how many, and the first of them in the order of their creation. */
export interface RuleUsers {
  readonly count: number;
  readonly users: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly userPrincipalName: string;
  }[];
}

/** What a change of licenses does to users, errors and seats; as things are settled now. */
export interface PlanEffect {
  readonly effect: CatalogueEffect;
  /** Products of which more or fewer seats are used then. */
  readonly seats: readonly {
    readonly skuId: string;
    readonly skuPartNumber: string;
    readonly usable: number;
    readonly consumedBefore: number;
    readonly consumedAfter: number;
  }[];
}

/** What `POST /allot/v1/rules/preview` answers: exactly what saving the rule does. */
export interface RulePreview extends PlanEffect {
  readonly members: { readonly before: number; readonly after: number };
  readonly joining: RuleUsers;
  readonly leaving: RuleUsers;
  /** Other groups by rule whose members may change in consequence. */
  readonly cascades: readonly {
    readonly groupId: string;
    readonly displayName: string;
    readonly reads: 'members' | 'plans';
  }[];
}
