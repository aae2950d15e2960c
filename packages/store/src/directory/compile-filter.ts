import type { Filter, Literal, Path } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Attribute, AttributeTable, FilterOperator } from './attributes.ts';
import { compileTest, type Operand } from './compile-test.ts';
import { compileLicenses, type LicenseConditions } from './compile-licenses.ts';
import { FilterRefusal } from './filter-refusal.ts';

/** What a filter is asked of: the table `alias` of this tenant. */
export interface FilterSubject {
  /** Name of the resource type, for messages: `microsoft.graph.user`. */
  readonly typeName: string;
  readonly alias: 'u' | 'g';
  readonly attributes: AttributeTable;
  readonly licenses: LicenseConditions;
}

/**
 * A filter as a condition over `u` or `g`. Every value becomes a parameter, every column comes from the attribute
 * table: no text of the query becomes text of SQL. A condition is true or not, never unknown, so that `not` means
 * what it says of objects that lack a value.
 *
 * @param advanced whether the query is an advanced one (ConsistencyLevel and $count)
 * @throws FilterRefusal
 */
export function compileFilter(filter: Filter, subject: FilterSubject, advanced: boolean): RawBuilder<boolean> {
  return compile(filter, { subject, advanced, operandOf: (path) => findOperand(path, subject) });
}

interface Scope {
  readonly subject: FilterSubject;
  readonly advanced: boolean;
  /** What a path means here: inside a lambda another thing than outside. */
  readonly operandOf: (path: Path) => Operand;
}

function compile(filter: Filter, scope: Scope): RawBuilder<boolean> {
  switch (filter.kind) {
    case 'and':
      return sql`(${compile(filter.left, scope)} and ${compile(filter.right, scope)})`;
    case 'or':
      return sql`(${compile(filter.left, scope)} or ${compile(filter.right, scope)})`;
    case 'not':
      if (!scope.advanced) throw needsAdvanced("'not'");
      return sql`(${compile(filter.operand, scope)}) is not true`;
    case 'compare':
      return compileCompare(filter.path, filter.operator, filter.value, scope);
    case 'in': {
      const operand = scope.operandOf(filter.path);
      permit(operand.attribute, ['in'], scope.advanced);
      return compileTest(operand, 'in', filter.values);
    }
    case 'call': {
      const operand = scope.operandOf(filter.path);
      permit(operand.attribute, [filter.name], scope.advanced);
      return compileTest(operand, filter.name, [filter.value]);
    }
    case 'any':
    case 'all':
      return compileQuantified(filter, scope);
  }
}

function compileCompare(path: Path, operator: FilterOperator, value: Literal, scope: Scope): RawBuilder<boolean> {
  if (path.names.at(-1)?.toLowerCase() === '$count') return compileCount(path, operator, value, scope);
  const operand = scope.operandOf(path);
  const used: FilterOperator[] = value.type === 'null' ? [operator, 'null'] : [operator];
  permit(operand.attribute, used, scope.advanced);
  if (operand.attribute.type === 'errors') {
    // Graph knows this one only as `eq true`.
    if (operator !== 'eq' || value.type !== 'boolean' || !value.value) throw unsupported(operand.attribute);
    return scope.subject.licenses.errors();
  }
  return compileTest(operand, operator, [value]);
}

function compileQuantified(filter: Extract<Filter, { kind: 'any' | 'all' }>, scope: Scope): RawBuilder<boolean> {
  const { attribute } = scope.operandOf({ ...filter.path, names: [...filter.path.names] });
  permit(attribute, ['any'], scope.advanced);
  const { variable, condition } = filter;
  if (filter.kind === 'all') throw unsupported(attribute);
  if (attribute.type === 'licenses') return compileLicenses(filter, scope.subject.licenses);
  if (attribute.type !== 'strings' || attribute.column === null) throw unsupported(attribute);
  const column = sql.ref(`${scope.subject.alias}.${attribute.column}`);
  if (variable === undefined || condition === undefined) return sql`cardinality(${column}) > 0`;
  const element: Operand = { attribute: { ...attribute, type: 'string' }, value: sql.ref('element.value') };
  const inner: Scope = {
    ...scope,
    operandOf: (path) => {
      if (path.names.length === 1 && path.names[0] === variable) return element;
      throw new FilterRefusal('badValue', `Inside any(), '${variable}' is the value; found '${path.names.join('/')}'.`);
    },
  };
  return sql`exists (select from unnest(${column}) as element (value) where ${compile(condition, inner)})`;
}

const countOperators = { eq: sql`=`, ne: sql`<>`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const;

function compileCount(path: Path, operator: FilterOperator, value: Literal, scope: Scope): RawBuilder<boolean> {
  const { attribute } = scope.operandOf({ ...path, names: path.names.slice(0, -1) });
  permit(attribute, ['count'], scope.advanced);
  const compared = Object.entries(countOperators).find(([name]) => name === operator)?.[1];
  if (value.type !== 'number' || !Number.isSafeInteger(value.value) || compared === undefined) {
    throw new FilterRefusal('badValue', `'${path.names.join('/')}' is compared with a whole number.`);
  }
  if (attribute.type === 'licenses') {
    if (value.value !== 0 || (operator !== 'eq' && operator !== 'ne')) throw unsupported(attribute);
    const any = scope.subject.licenses.any();
    return operator === 'ne' ? any : sql`not ${any}`;
  }
  if (attribute.column === null) throw unsupported(attribute);
  const column = sql.ref(`${scope.subject.alias}.${attribute.column}`);
  return sql`cardinality(${column})::bigint ${compared} ${value.value}::bigint`;
}

const extensionName = /^extensionattribute([1-9]|1[0-5])$/i;

function findOperand({ names }: Path, { attributes, alias, typeName }: FilterSubject): Operand {
  const [first = '', ...rest] = names;
  const attribute = attributes.get(first.toLowerCase());
  if (attribute === undefined) throw unknownProperty(first, typeName);
  const value = attribute.column === null ? sql`null` : sql.ref(`${alias}.${attribute.column}`);
  if (rest.length === 0) return { attribute, value };
  const number = rest.length === 1 ? extensionName.exec(rest[0] ?? '')?.[1] : undefined;
  if (attribute.type !== 'extensions' || number === undefined) throw unknownProperty(names.join('/'), typeName);
  return { attribute: { ...attribute, type: 'string' }, value: sql`(${value})[${Number(number)}::int]` };
}

/** @throws FilterRefusal unless the attribute may be asked with all of these */
function permit(attribute: Attribute, used: readonly FilterOperator[], advanced: boolean): void {
  if (attribute.usual.length === 0 && attribute.advanced.length === 0) {
    throw new FilterRefusal('notIndexed', `'${attribute.name}' cannot be filtered.`);
  }
  for (const operator of used) {
    if (attribute.usual.includes(operator)) continue;
    if (!attribute.advanced.includes(operator)) throw unsupported(attribute, operator);
    if (!advanced) throw needsAdvanced(`'${operator}' on '${attribute.name}'`);
  }
}

const unsupported = (attribute: Attribute, operator?: FilterOperator): FilterRefusal =>
  new FilterRefusal(
    'unsupported',
    operator === undefined
      ? `'${attribute.name}' cannot be asked like this.`
      : `'${attribute.name}' does not support '${operator}'.`,
  );

const needsAdvanced = (what: string): FilterRefusal =>
  new FilterRefusal('needsAdvanced', `${what} is an advanced query.`);

export const unknownProperty = (name: string, typeName: string): FilterRefusal =>
  new FilterRefusal('unknownProperty', `Could not find a property named '${name}' on type '${typeName}'.`);
