import type { CompareOperator, FunctionName } from '@allot/engine';

/** What a filter may do with an attribute. `null`: compare with null. `count`: compare the size of a collection. */
export type FilterOperator = CompareOperator | FunctionName | 'in' | 'any' | 'null' | 'count';

/**
 * How the values of an attribute are kept: one text, flag, id or time; a list of texts; the fifteen extension
 * attributes; an object of values by name; texts `path:value` among those of other attributes; a list of objects whose properties are such texts; or not
 * as a column at all, but as what the licensing tables say.
 */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'guid'
  | 'dateTime'
  | 'strings'
  | 'extensions'
  | 'term'
  | 'json'
  | 'objects'
  | 'licenses'
  | 'errors';

/** A property of Graph that the directory keeps. The only place where a name of Graph becomes a name of SQL. */
export interface Attribute {
  /** As Graph writes it; of a property of a property the whole path. */
  readonly name: string;
  readonly type: AttributeType;
  /** Column of the table; null for what the licensing tables say, and for what no object here has. */
  readonly column: string | null;
  /** What every query may do. */
  readonly usual: readonly FilterOperator[];
  /** What only advanced queries may do besides. */
  readonly advanced: readonly FilterOperator[];
  /** Whether lists can be in its order: always, in advanced queries, or never. */
  readonly sort: 'usual' | 'advanced' | 'no';
}

/** Attributes by their name in lower case: names compare without case. */
export type AttributeTable = ReadonlyMap<string, Attribute>;

type Operators = Pick<Attribute, 'usual' | 'advanced'>;

const text: Operators = { usual: ['eq', 'ge', 'le', 'in', 'startsWith'], advanced: ['ne', 'null'] };

/** The operators of section 3 of Graph's matrix, by the rows that behave alike. */
export const operators = {
  text,
  textWithEnd: { usual: text.usual, advanced: [...text.advanced, 'endsWith'] },
  advancedText: { usual: [], advanced: [...text.usual, ...text.advanced] },
  choice: { usual: ['eq', 'in'], advanced: ['ne', 'null'] },
  time: { usual: ['eq', 'ge', 'le'], advanced: ['ne', 'in', 'null'] },
  advancedTime: { usual: [], advanced: ['eq', 'ge', 'le', 'ne', 'in', 'null'] },
  collection: { usual: ['any', 'eq', 'ge', 'le', 'startsWith', 'in'], advanced: ['ne', 'count'] },
  collectionWithEnd: { usual: ['any', 'eq', 'ge', 'le', 'startsWith', 'in'], advanced: ['ne', 'count', 'endsWith'] },
  advancedCollection: { usual: [], advanced: ['any', 'eq', 'ge', 'le', 'startsWith', 'in', 'ne', 'count'] },
  licenses: { usual: ['any'], advanced: ['count'] },
  plans: { usual: [], advanced: ['any'] },
  licenseId: { usual: ['eq', 'in'], advanced: ['ne', 'ge', 'le'] },
  advancedChoice: { usual: [], advanced: ['eq', 'ne', 'in', 'ge', 'le'] },
  term: { usual: ['eq', 'ne', 'in', 'startsWith'], advanced: [] },
  entryId: { usual: ['eq', 'ne', 'in'], advanced: [] },
  entryTime: { usual: ['eq', 'ne', 'ge', 'gt', 'le', 'lt'], advanced: [] },
  objects: { usual: ['any'], advanced: [] },
  none: { usual: [], advanced: [] },
} as const satisfies Record<string, Operators>;

export function attributeTable(list: readonly Attribute[]): AttributeTable {
  return new Map(list.map((attribute) => [attribute.name.toLowerCase(), attribute]));
}

/** Several attributes of the same sort, with the column of each. */
export function attributes(
  type: AttributeType,
  { usual, advanced }: Operators,
  names: Readonly<Record<string, string | null>>,
  sort: Attribute['sort'] = 'no',
): readonly Attribute[] {
  return Object.entries(names).map(([name, column]) => ({ name, type, column, usual, advanced, sort }));
}
