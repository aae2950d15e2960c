import type { ProblemFound } from '../language/problem.ts';
import { nearest } from './closest.ts';
import { parseInstant } from './instant.ts';
import { type OperatorName, operators, uses } from './operators.ts';
import { checkPattern } from './pattern.ts';
import { printRule } from './print-rule.ts';
import {
  belongsIn,
  type CollectionType,
  findProperty,
  propertiesIn,
  type Property,
  type PropertyType,
} from './properties.ts';
import type { RuleHint } from './rule-faults.ts';
import { RuleRefused } from './rule-problem.ts';
import type { Comparison, Condition, PropertyName, Quantified, Rule, Value } from './tree.ts';

/** The same rule with the names of properties as documented. @throws RuleRefused where parts do not go together */
export const checkRule = (rule: Rule): Rule => (rule.kind === 'directReports' ? rule : check(rule, undefined));

function check(condition: Condition, inside: CollectionType | undefined): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, left: check(condition.left, inside), right: check(condition.right, inside) };
    case 'not':
      return { ...condition, operand: check(condition.operand, inside) };
    case 'any':
    case 'all':
      return checkQuantified(condition, inside);
    case 'compare':
      return checkComparison(condition, inside);
  }
}

function checkQuantified(condition: Quantified, inside: CollectionType | undefined): Quantified {
  const { kind, collection } = condition;
  if (inside !== undefined) throw new RuleRefused('quantifierNested', 'joinOutside', { quantifier: kind }, condition);
  const property = findIn(collection, undefined);
  const { type } = property;
  if (type !== 'strings' && type !== 'plans' && type !== 'groups') {
    const collections = propertiesIn(undefined)
      .filter((one) => uses[one.type].quantifiers.length)
      .map(({ name }) => name);
    const fault = kind === 'all' ? 'noCollectionForAll' : 'noCollection';
    throw new RuleRefused(fault, 'collections', { property: property.name, collections }, collection);
  }
  if (!uses[type].quantifiers.includes(kind))
    throw new RuleRefused('anyOnly', 'anyPerhapsNot', { property: property.name }, collection);
  return {
    ...condition,
    collection: { ...collection, name: property.name },
    condition: check(condition.condition, type),
  };
}

function checkComparison(condition: Comparison, inside: CollectionType | undefined): Comparison {
  const { operator } = condition;
  const property = findIn(condition.property, inside);
  const use = uses[property.type];
  if (!use.operators.includes(operator)) throw operatorUnfit(condition, property);
  const value = checkValue(condition.value, property, operator);
  return { ...condition, property: { ...condition.property, name: property.name }, value };
}

function operatorUnfit(condition: Comparison, { name: property, type }: Property): ProblemFound {
  const { operator } = condition;
  const use = uses[type];
  if (!use.operators.length) {
    const quantifiers = use.quantifiers.map((name) => `-${name}`);
    return new RuleRefused('operatorUnfit', 'takesQuantifiers', { operator, property, quantifiers }, condition);
  }
  const others = use.operators
    .filter((name) => operators[name].value === operators[operator].value)
    .map((name) => printRule({ ...condition, operator: name }));
  const fillings = { operator, property, operators: use.operators.map((name) => `-${name}`) };
  return new RuleRefused('operatorUnfit', 'takesOperators', fillings, condition, others);
}

function checkValue(value: Value, property: Property, operator: OperatorName): Value {
  const allowed = operators[operator];
  if (value.type === 'null') {
    if (allowed.null) return value;
    throw new RuleRefused('nullUnfit', 'equalsNull', { operator, property: property.name }, value);
  }
  if (allowed.value === 'list') {
    if (value.type !== 'list')
      throw new RuleRefused('listExpected', 'writeList', { operator, property: property.name }, value);
    return { ...value, values: value.values.map((one) => checkOne(one, property, operator)) };
  }
  if (value.type === 'list') throw new RuleRefused('listUnfit', 'oneValue', { operator }, value);
  return checkOne(value, property, operator);
}

/** One value of the type of the property: booleans and dates may be in quotes. */
function checkOne(value: Value, property: Property, operator: OperatorName): Value {
  const { values } = uses[property.type];
  if (value.type === 'string') {
    const { at, end } = value;
    // An empty attribute is as good as none.
    if (value.value === '' && operators[operator].null && property.type !== 'boolean') return { type: 'null', at, end };
    if (values.includes('boolean') && !values.includes('string') && /^(true|false)$/i.test(value.value))
      return { type: 'boolean', value: value.value.toLowerCase() === 'true', at, end };
    if (values.includes('date') && parseInstant(value.value) !== undefined)
      return { type: 'date', value: value.value, at, end };
    if (operator === 'match' || operator === 'notMatch') checkPattern(value.value, value);
  }
  if (!values.includes(value.type))
    throw new RuleRefused(
      'valueUnfit',
      hintsOfValues[property.type],
      { property: property.name, value: asWritten(value) },
      value,
    );
  return value;
}

const hintsOfValues = {
  string: 'writeText',
  strings: 'writeText',
  extension: 'writeAny',
  boolean: 'writeFlag',
  date: 'writeDate',
  groupId: 'writeId',
  // These take -any and -all only; a value is never looked at.
  plans: 'writeText',
  groups: 'writeText',
} as const satisfies Record<PropertyType, RuleHint>;

const asWritten = (value: Value): string => {
  switch (value.type) {
    case 'string':
    case 'date':
      return `"${value.value}"`;
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'now':
      return 'system.now';
    case 'list':
      return '[…]';
    case 'null':
      return 'null';
  }
};

function findIn({ name, at, end }: PropertyName, inside: CollectionType | undefined): Property {
  const where = { at, end };
  const found = findProperty(name);
  if (found && belongsIn(found, inside)) return found;
  const here = propertiesIn(inside).map((property) => property.name);
  if (found) {
    if (inside === undefined) throw new RuleRefused('propertyMisplaced', 'insideOnly', { property: found.name }, where);
    throw new RuleRefused('propertyMisplaced', 'theseInside', { property: found.name, properties: here }, where);
  }
  if (/^device\./i.test(name)) throw new RuleRefused('propertyOfDevice', 'usersOnly', { found: name }, where);
  const begun = here.filter((one) => one.toLowerCase().startsWith(name.toLowerCase()));
  const alike = [...nearest(name, here), ...nearest(`user.${name}`, here)];
  // What every property begins with says nothing.
  const meant = [...new Set(begun.length === here.length ? alike : [...begun, ...alike])];
  const [likeliest] = meant;
  if (likeliest === undefined) throw new RuleRefused('propertyUnknown', 'userProperty', { found: name }, where);
  throw new RuleRefused('propertyUnknown', 'didYouMean', { found: name, meant: likeliest }, where, meant);
}
