/** What a `$filter` says, with positions in its text. Names are as written: what they mean is told elsewhere. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly path: Path; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: Path; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly path: Path; readonly value: Literal }
  | Quantified;

/** `path/any(variable:condition)`; `path/any()` has neither variable nor condition. */
export interface Quantified {
  readonly kind: 'any' | 'all';
  readonly path: Path;
  readonly variable: string | undefined;
  readonly condition: Filter | undefined;
}

export type CompareOperator = (typeof compareOperators)[number];
export const compareOperators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

export type FunctionName = (typeof functionNames)[number];
export const functionNames = ['startsWith', 'endsWith', 'contains'] as const;

/** `a/b/c`, or the variable of a lambda and what follows it. */
export interface Path {
  readonly names: readonly string[];
  readonly at: number;
  readonly end: number;
}

export type Literal = LiteralValue & { readonly at: number; readonly end: number };

export type LiteralValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** Lower case. */
  | { readonly type: 'guid'; readonly value: string }
  /** As written: the engine has no calendar. */
  | { readonly type: 'dateTime'; readonly value: string }
  | { readonly type: 'null'; readonly value: null };
