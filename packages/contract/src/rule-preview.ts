import type { PlanEffect } from './plan-effect.ts';

/** Users whom a rule change concerns: how many, and the first of them in the order of their creation. */
export interface RuleUsers {
  readonly count: number;
  readonly users: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly userPrincipalName: string;
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
