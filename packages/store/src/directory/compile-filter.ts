import type { CompareOperator, Filter, Path, Quantified } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Attribute, AttributeTable, FilterOperator } from './attributes.ts';
import { compileTest, type Operand } from './compile-test.ts';
import { FilterRefusal } from './filter-refusal.ts';
import { folded } from './folded.ts';

/** What a filter is asked of: the table `alias` of this tenant. */
export interface FilterSubject {
  /** Name of the resource type, for messages: `microsoft.graph.user`. */
  readonly typeName: string;
  /** `s`: a subscription. `e`: an element of a collection. */
  readonly alias: 'u' | 'g' | 'a' | 's' | 'e';
  readonly attributes: AttributeTable;
  /** Left out where no attribute is about licenses. */
  readonly licenses?: LicenseConditions;
  /** What a path means here, where every path begins with a variable. @throws FilterRefusal */
  readonly within?: (path: Path) => Path;
}

/** What is asked of licenses, in SQL. */
export interface LicenseConditions {
  /** `assignedLicenses/any(…)` and the like. @throws FilterRefusal */
  readonly quantified: (part: Quantified) => RawBuilder<boolean>;
  /** `assignedLicenses/$count eq 1`; the comparison is with a whole number. */
  readonly count: (part: Extract<Filter, { kind: 'compare' }>) => RawBuilder<boolean>;
  /** `hasMembersWithLicenseErrors eq true`. */
  readonly errors: () => RawBuilder<boolean>;
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
  const { within = (path) => path } = subject;
  return compile(filter, { subject, advanced, operandOf: (path) => findOperand(within(path), subject) });
}

type Comparison = Extract<Filter, { kind: 'compare' }>;

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
      return compileCompare(filter, scope);
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

function compileCompare(part: Comparison, scope: Scope): RawBuilder<boolean> {
  const { path, operator, value } = part;
  if (path.names.at(-1)?.toLowerCase() === '$count') return compileCount(part, scope);
  const operand = scope.operandOf(path);
  const used: FilterOperator[] = value.type === 'null' ? [operator, 'null'] : [operator];
  permit(operand.attribute, used, scope.advanced);
  if (operand.attribute.type === 'errors') {
    // Graph knows this one only as `eq true`.
    if (operator !== 'eq' || value.type !== 'boolean' || !value.value) throw unsupported(operand.attribute);
    return licensesOf(scope.subject).errors();
  }
  return compileTest(operand, operator, [value]);
}

function compileQuantified(filter: Extract<Filter, { kind: 'any' | 'all' }>, scope: Scope): RawBuilder<boolean> {
  const { attribute } = scope.operandOf({ ...filter.path, names: [...filter.path.names] });
  permit(attribute, ['any'], scope.advanced);
  const { variable, condition } = filter;
  if (filter.kind === 'all') throw unsupported(attribute);
  if (attribute.type === 'licenses') return licensesOf(scope.subject).quantified(filter);
  if (attribute.type === 'objects') return compileObjects(filter, attribute, scope);
  if (attribute.type !== 'strings') throw unsupported(attribute);
  const column = textsOf(attribute, scope);
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

/**
 * `targetResources/any(t:t/id eq …)`. The texts of all objects stand in one list, so what is said of several properties of one
 * object cannot be told from what is said of several objects: `or` means the same for both, anything else is refused.
 */
function compileObjects({ variable, condition }: Quantified, attribute: Attribute, scope: Scope): RawBuilder<boolean> {
  if (variable === undefined || condition === undefined || !isAlternatives(condition)) {
    throw new FilterRefusal(
      'unsupported',
      `Inside any(), ask one property of '${attribute.name}' with eq, in or startsWith, or several joined by or; join several any() by and.`,
    );
  }
  const operandOf = (path: Path): Operand => {
    if (path.names[0] !== variable || path.names.length !== 2) {
      throw new FilterRefusal('badValue', `Inside any(), write '${variable}/' and one property.`);
    }
    return scope.operandOf({ ...path, names: [...filterPath(attribute), ...path.names.slice(1)] });
  };
  return compile(condition, { ...scope, operandOf });
}

const filterPath = ({ name }: Attribute): readonly string[] => name.split('/');

const isAlternatives = (condition: Filter): boolean =>
  condition.kind === 'or'
    ? isAlternatives(condition.left) && isAlternatives(condition.right)
    : condition.kind === 'in' ||
      condition.kind === 'call' ||
      (condition.kind === 'compare' && condition.operator === 'eq');

function licensesOf({ licenses, typeName }: FilterSubject): LicenseConditions {
  if (licenses === undefined) throw new Error(`${typeName} has an attribute about licenses and no conditions for it.`);
  return licenses;
}

const countOperators: Readonly<Record<CompareOperator, RawBuilder<unknown>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
};

function compileCount(part: Comparison, scope: Scope): RawBuilder<boolean> {
  const { path, value } = part;
  const { attribute } = scope.operandOf({ ...path, names: path.names.slice(0, -1) });
  permit(attribute, ['count'], scope.advanced);
  if (value.type !== 'number' || !Number.isSafeInteger(value.value)) {
    throw new FilterRefusal('badValue', `'${path.names.join('/')}' is compared with a whole number.`);
  }
  if (attribute.type === 'licenses') return licensesOf(scope.subject).count(part);
  return compareCount(sql`cardinality(${textsOf(attribute, scope)})::bigint`, part);
}

const textsOf = ({ column }: Attribute, { subject }: Scope): RawBuilder<unknown> =>
  column === null ? sql`'{}'::text[]` : sql.ref(`${subject.alias}.${column}`);

/** `count = 1`, of a number that SQL knows. */
export const compareCount = (count: RawBuilder<unknown>, { operator, value }: Comparison): RawBuilder<boolean> =>
  sql`${count} ${countOperators[operator]} ${value.value}::bigint`;

const extensionName = /^extensionattribute([1-9]|1[0-5])$/i;

function findOperand({ names }: Path, { attributes, alias, typeName }: FilterSubject): Operand {
  const [first = '', ...rest] = names;
  const whole = attributes.get(names.join('/').toLowerCase());
  if (whole !== undefined && whole.column !== null && rest.length > 0) {
    return { attribute: whole, value: sql.ref(`${alias}.${whole.column}`) };
  }
  const attribute = attributes.get(first.toLowerCase());
  if (attribute === undefined) throw unknownProperty(first, typeName);
  const value = attribute.column === null ? sql`null::text` : sql.ref(`${alias}.${attribute.column}`);
  if (rest.length === 0) {
    return attribute.type === 'string' && attribute.column !== null
      ? { attribute, value, folded: folded(alias, attribute.column) }
      : { attribute, value };
  }
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
  new FilterRefusal('unknownProperty', `Could not find a property named '${name}' on type '${typeName}'.`, name);
