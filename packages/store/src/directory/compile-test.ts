import type { Literal } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Attribute, FilterOperator } from './attributes.ts';
import { FilterRefusal } from './filter-refusal.ts';
import { isRequired } from './folded.ts';

/** Something of a row that can be compared. */
export interface Operand {
  readonly attribute: Attribute;
  readonly value: RawBuilder<unknown>;
  /** The same in small letters, '' where there is none, where it is kept so (`keptFolded`); otherwise `lower` makes it. */
  readonly folded?: RawBuilder<unknown> | undefined;
}

/** Values of one `in` at most; each is a parameter of the statement. */
const valuesMax = 500;

/** One comparison of an operand with its values; texts compare without case. */
export function compileTest(
  operand: Operand,
  operator: FilterOperator,
  values: readonly Literal[],
): RawBuilder<boolean> {
  if (values.length > valuesMax) {
    throw new FilterRefusal('badValue', `'in' takes at most ${valuesMax} values; send the rest in further requests.`);
  }
  const [first] = values;
  if (first === undefined) throw new FilterRefusal('badValue', "'in' needs at least one value.");
  if (first.type === 'null' && operator !== 'in') return compileNull(operand, operator);
  switch (operand.attribute.type) {
    case 'string':
      return compileText(
        operand,
        operator,
        values.map((value) => textOf(value, operand.attribute)),
      );
    case 'term':
      return compileTerm(
        operand.value,
        operator,
        values.map((value) => `${operand.attribute.name}:${textOf(value, operand.attribute)}`),
      );
    case 'boolean':
      return compileFlag(
        operand,
        operator,
        values.map((value) => flagOf(value, operand.attribute)),
      );
    case 'guid':
      return compileKnown(
        operand,
        operator,
        values.map((value) => sql`${guidOf(value, operand.attribute)}::uuid`),
      );
    case 'dateTime':
      return compileKnown(
        operand,
        operator,
        values.map((value) => sql`${timeOf(value, operand.attribute)}::timestamptz`),
      );
    case 'strings':
    case 'extensions':
    case 'objects':
    case 'json':
    case 'licenses':
    case 'errors':
      throw new FilterRefusal('unsupported', `'${operand.attribute.name}' is a collection: ask with any().`);
  }
}

function compileNull({ attribute, value, folded }: Operand, operator: FilterOperator): RawBuilder<boolean> {
  if (attribute.type === 'boolean' && operator === 'eq') {
    // PostgreSQL before 17 reads everybody to find that nobody lacks what a column must have.
    return isKnown(attribute) ? sql`false` : sql`(${value} is null and ${value} is not true)`;
  }
  if (operator === 'eq') return folded === undefined ? sql`${value} is null` : sql`${folded} = ''`;
  if (operator === 'ne') return folded === undefined ? sql`${value} is not null` : sql`${folded} > ''`;
  throw new FilterRefusal(
    'badValue',
    `'${attribute.name}' can be equal to null or not; it cannot be compared otherwise.`,
  );
}

/** Says again what follows from it, in the words of an index that has only such rows: PostgreSQL does not conclude it. */
function compileFlag(
  { attribute, value }: Operand,
  operator: FilterOperator,
  flags: readonly boolean[],
): RawBuilder<boolean> {
  const test = compileKnown(
    { attribute, value },
    operator,
    flags.map((flag) => sql`${flag}::boolean`),
  );
  if (isKnown(attribute)) return test;
  if (operator === 'ne') return flags[0] === true ? sql`${value} is not true` : sql`${value} is not false`;
  return sql`(${value} is not null and ${test})`;
}

const isKnown = ({ column }: Attribute): boolean => column !== null && isRequired(column);

function compileText(operand: Operand, operator: FilterOperator, texts: readonly string[]): RawBuilder<boolean> {
  const text = texts[0] ?? '';
  // What is not there is '' where it is kept, but neither equal to '' nor less than anything.
  const { folded } = texts.includes('') ? { folded: undefined } : operand;
  const lowered = folded ?? sql`lower(${operand.value})`;
  // Both sides are folded by the database, so that they are folded alike.
  const other = sql`lower(${text}::text)`;
  switch (operator) {
    case 'startsWith':
      // An index may be asked with this one under a policy, and not with `like`.
      return sql`starts_with(${lowered}, ${other})`;
    case 'endsWith':
      return sql`${lowered} like '%' || lower(${escapeLike(text)}::text)`;
    case 'contains':
      return sql`${lowered} like '%' || lower(${escapeLike(text)}::text) || '%'`;
    case 'ne':
      // Two ranges, of which an index can be asked where nearly everybody has the value.
      if (folded !== undefined) return sql`(${folded} < ${other} or ${folded} > ${other})`;
      return sql`${lowered} is distinct from ${other}`;
    case 'lt':
    case 'le':
      if (folded !== undefined) return sql`(${folded} > '' and ${compileValue(folded, operator, [other])})`;
      return compileValue(ordered(lowered), operator, [other]);
    case 'gt':
    case 'ge':
      return compileValue(folded ?? ordered(lowered), operator, [other]);
    case 'eq':
    case 'in':
    case 'any':
    case 'null':
    case 'count':
      return compileValue(
        lowered,
        operator,
        texts.map((one) => sql`lower(${one}::text)`),
      );
  }
}

/** By bytes: the same on every machine, and as texts that are kept in small letters compare. */
const ordered = (text: RawBuilder<unknown>): RawBuilder<unknown> => sql`${text} collate "C"`;

/** `value` is the array of all terms; equality is asked of its index. */
function compileTerm(
  value: RawBuilder<unknown>,
  operator: FilterOperator,
  terms: readonly string[],
): RawBuilder<boolean> {
  const folded = sql`array[${sql.join(terms.map((term) => sql`lower(${term}::text)`))}]`;
  switch (operator) {
    case 'eq':
    case 'in':
      return sql`${value} && ${folded}`;
    case 'ne':
      return sql`not ${value} && ${folded}`;
    case 'startsWith':
      return sql`exists (select from unnest(${value}) as term (value)
        where term.value like lower(${escapeLike(terms[0] ?? '')}::text) || '%')`;
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
    case 'endsWith':
    case 'contains':
    case 'any':
    case 'null':
    case 'count':
      throw new FilterRefusal('unsupported', `'${operator}' cannot be asked here.`);
  }
}

/** Where there is always a value, "another one" is what an index can be asked. */
function compileKnown(
  { attribute, value }: Operand,
  operator: FilterOperator,
  values: readonly RawBuilder<unknown>[],
): RawBuilder<boolean> {
  if (operator === 'ne' && isKnown(attribute)) return sql`${value} <> ${values[0] ?? sql`null`}`;
  return compileValue(value, operator, values);
}

function compileValue(
  value: RawBuilder<unknown>,
  operator: FilterOperator,
  values: readonly RawBuilder<unknown>[],
): RawBuilder<boolean> {
  const compared = values[0] ?? sql`null`;
  switch (operator) {
    case 'eq':
      return sql`${value} = ${compared}`;
    case 'ne':
      return sql`${value} is distinct from ${compared}`;
    case 'gt':
      return sql`${value} > ${compared}`;
    case 'ge':
      return sql`${value} >= ${compared}`;
    case 'lt':
      return sql`${value} < ${compared}`;
    case 'le':
      return sql`${value} <= ${compared}`;
    case 'in':
      return sql`${value} in (${sql.join(values)})`;
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'any':
    case 'null':
    case 'count':
      throw new FilterRefusal('badValue', `'${operator}' is for texts.`);
  }
}

/** `%`, `_` and the escape character itself mean nothing special in what people look for. */
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);

function textOf(literal: Literal, { name }: Attribute): string {
  if (literal.type === 'string' || literal.type === 'guid') return literal.value;
  throw wrongType(name, 'a text in single quotes');
}

function flagOf(literal: Literal, { name }: Attribute): boolean {
  if (literal.type === 'boolean') return literal.value;
  throw wrongType(name, 'true or false');
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Clients write ids with quotes and without. */
export function guidOf(literal: Literal, { name }: Pick<Attribute, 'name'>): string {
  if (literal.type === 'guid') return literal.value;
  if (literal.type === 'string' && guid.test(literal.value)) return literal.value.toLowerCase();
  throw wrongType(name, 'a GUID');
}

const dateTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/i;

export function timeOf(literal: Literal, { name }: Attribute): string {
  if (literal.type === 'dateTime' || (literal.type === 'string' && dateTime.test(literal.value))) {
    const time = new Date(literal.value);
    // Microseconds, as times are kept and answered; Date knows milliseconds.
    const finer = /\.\d{3}(\d{1,3})/.exec(literal.value)?.[1] ?? '';
    if (time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999)
      return time.toISOString().replace('Z', `${finer}Z`);
  }
  throw wrongType(name, 'a time such as 2026-01-31T08:00:00Z');
}

const wrongType = (name: string, expected: string): FilterRefusal =>
  new FilterRefusal('badValue', `A value of another type was compared with '${name}': write ${expected}.`);
