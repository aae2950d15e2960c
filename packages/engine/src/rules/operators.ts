import type { PropertyType } from './properties.ts';
import type { LiteralValue } from './tree.ts';

/**
 * The operators of comparison. `value`: one value or a list. `null`: whether `null` may stand on the right.
 * `missing`: the answer for a user who has no value, when the right side is not `null`; conditions are true or false,
 * never unknown. `negates`: the operator whose opposite this one is for users who have a value.
 */
interface Operator {
  readonly value: 'one' | 'list';
  readonly null: boolean;
  readonly missing: boolean;
  readonly negates?: string;
}

// biome-ignore format: a table is read by its columns
export const operators = {
  eq:            { value: 'one',  null: true,  missing: false },
  ne:            { value: 'one',  null: true,  missing: true,  negates: 'eq' },
  startsWith:    { value: 'one',  null: false, missing: false },
  notStartsWith: { value: 'one',  null: false, missing: true,  negates: 'startsWith' },
  endsWith:      { value: 'one',  null: false, missing: false },
  notEndsWith:   { value: 'one',  null: false, missing: true,  negates: 'endsWith' },
  contains:      { value: 'one',  null: false, missing: false },
  notContains:   { value: 'one',  null: false, missing: true,  negates: 'contains' },
  match:         { value: 'one',  null: false, missing: false },
  notMatch:      { value: 'one',  null: false, missing: true,  negates: 'match' },
  in:            { value: 'list', null: false, missing: false },
  notIn:         { value: 'list', null: false, missing: true,  negates: 'in' },
  le:            { value: 'one',  null: false, missing: false },
  ge:            { value: 'one',  null: false, missing: false },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators).filter((name): name is OperatorName => name in operators);

/** How tightly what joins conditions binds; comparisons bind tighter than all of it. */
export const precedence = { or: 10, and: 20, not: 30 } as const;

const textOperators = operatorNames.filter((name) => name !== 'le' && name !== 'ge');

interface Use {
  readonly operators: readonly OperatorName[];
  /** Types of values on the right, besides `null`; of a list, those of its elements. */
  readonly values: readonly LiteralValue['type'][];
  /** What may stand between the collection and its condition. */
  readonly quantifiers: readonly ('any' | 'all')[];
  /** How one names such a value to people. */
  readonly words: string;
}

/** What may be asked of a property, by its type. */
// biome-ignore format: a table is read by its columns
export const uses: Readonly<Record<PropertyType, Use>> = {
  string:    { operators: textOperators,               values: ['string'],                      quantifiers: [],             words: 'a text in quotes' },
  extension: { operators: textOperators,               values: ['string', 'number', 'boolean'], quantifiers: [],             words: 'a text in quotes, a number, true or false' },
  boolean:   { operators: ['eq', 'ne'],                values: ['boolean'],                     quantifiers: [],             words: 'true or false' },
  date:      { operators: ['eq', 'ne', 'le', 'ge'],    values: ['date', 'now'],                 quantifiers: [],             words: 'system.now or a date such as "2026-01-31"' },
  strings:   { operators: ['contains', 'notContains'], values: ['string'],                      quantifiers: ['any', 'all'], words: 'a text in quotes' },
  plans:     { operators: [],                          values: [],                              quantifiers: ['any', 'all'], words: 'nothing by itself' },
  groups:    { operators: [],                          values: [],                              quantifiers: ['any'],        words: 'nothing by itself' },
  groupId:   { operators: ['eq', 'in'],                values: ['string'],                      quantifiers: [],             words: 'an id in quotes' },
};
