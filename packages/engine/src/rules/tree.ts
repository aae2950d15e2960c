import type { Duration } from './duration.ts';
import type { OperatorName } from './operators.ts';

/** Where a part of a rule stands in its text: offsets from 0 of its first character and after its last one. */
export interface Position {
  readonly at: number;
  readonly end: number;
}

/** What a membership rule says. */
export type Rule = Condition | DirectReports;

/** `Direct Reports for "id"`: a whole rule, never a part of one. */
export interface DirectReports extends Position {
  readonly kind: 'directReports';
  readonly managerId: string;
}

export type Condition = Joined | Negated | Comparison | Quantified;

export interface Joined extends Position {
  readonly kind: 'and' | 'or';
  readonly left: Condition;
  readonly right: Condition;
}

export interface Negated extends Position {
  readonly kind: 'not';
  readonly operand: Condition;
}

export interface Comparison extends Position {
  readonly kind: 'compare';
  readonly property: PropertyName;
  readonly operator: OperatorName;
  readonly value: Value;
}

/** `user.assignedPlans -any (…)`: the condition is about one element. */
export interface Quantified extends Position {
  readonly kind: 'any' | 'all';
  readonly collection: PropertyName;
  readonly condition: Condition;
}

/** `user.department`, `assignedPlan.service`, `group.objectId` or `_`; after checking, as documented. */
export interface PropertyName extends Position {
  readonly name: string;
}

export type Value = LiteralValue & Position;

export type LiteralValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'null' }
  /** A date or an instant of ISO 8601, as written. */
  | { readonly type: 'date'; readonly value: string }
  /** `system.now`, moved by a duration. */
  | { readonly type: 'now'; readonly moved?: { readonly sign: 'plus' | 'minus'; readonly by: Duration } }
  | { readonly type: 'list'; readonly values: readonly Value[] };
