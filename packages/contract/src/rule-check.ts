/** Everything that can be wrong with a rule, by kind. */
export const ruleProblemKinds = ['syntax', 'property', 'operator', 'all', 'place', 'type'] as const;

export type RuleProblemKind = (typeof ruleProblemKinds)[number];

/** What `POST /allot/v1/rules/check` answers about a text that somebody is writing. */
export interface RuleCheck {
  readonly valid: boolean;
  /** The rule as the product writes it; null: it is none. */
  readonly normalized: string | null;
  /** The first thing that stands against it; null: nothing. */
  readonly error: RuleCheckError | null;
}

export interface RuleCheckError {
  readonly kind: RuleProblemKind;
  /** A sentence. */
  readonly message: string;
  /** Offset of the first character concerned, from 0, in UTF-16 units. */
  readonly position: number;
  /** Characters concerned; 0: something is missing there. */
  readonly length: number;
  /** What to do next, as a sentence. */
  readonly hint: string;
  /** What may be meant: texts to stand in place of the characters concerned. */
  readonly suggestions: readonly string[];
}

/** An entry of `GET /allot/v1/rules/properties`. */
export interface RuleProperty {
  readonly name: string;
  readonly type: string;
  /** As they are written: `-eq`. */
  readonly operators: readonly string[];
  /** `-any`, `-all`: of collections. */
  readonly quantifiers: readonly string[];
  /** What is written on the right, in words. */
  readonly values: string;
  /** What can be asked of an element of a collection, in the parentheses after `-any` or `-all`. */
  readonly elements: readonly RuleProperty[];
}
