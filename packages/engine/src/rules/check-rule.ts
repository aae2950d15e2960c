import { nearest } from './closest.ts';
import { parseInstant } from './instant.ts';
import { type OperatorName, operators, uses } from './operators.ts';
import { checkPattern } from './pattern.ts';
import { printRule } from './print-rule.ts';
import { belongsIn, type CollectionType, findProperty, propertiesIn, type Property } from './properties.ts';
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
  if (inside !== undefined)
    throw new RuleRefused(
      'syntax',
      `-${kind} cannot stand inside another -any or -all`,
      'Join two conditions with -and or -or outside.',
      condition,
    );
  const property = findIn(collection, undefined);
  const { type } = property;
  if (type !== 'strings' && type !== 'plans' && type !== 'groups') {
    const hint = `Only ${propertiesIn(undefined)
      .filter((one) => uses[one.type].quantifiers.length)
      .map(({ name }) => name)
      .join(', ')} take -any or -all; compare ${property.name} itself.`;
    throw new RuleRefused(
      kind === 'all' ? 'all' : 'operator',
      `${property.name} is not a collection`,
      hint,
      collection,
    );
  }
  if (!uses[type].quantifiers.includes(kind))
    throw new RuleRefused(
      'all',
      `${property.name} takes -any only`,
      `Write ${property.name} -any (…), with -not before it if need be.`,
      collection,
    );
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
  if (!use.operators.includes(operator)) {
    const hint = use.operators.length
      ? `${property.name} takes ${use.operators.map((name) => `-${name}`).join(', ')}.`
      : `${property.name} takes ${use.quantifiers.map((name) => `-${name}`).join(' or ')}: ${property.name} -any (…).`;
    const others = use.operators
      .filter((name) => operators[name].value === operators[operator].value)
      .map((name) => printRule({ ...condition, operator: name }));
    throw new RuleRefused('operator', `-${operator} does not go with ${property.name}`, hint, condition, others);
  }
  const value = checkValue(condition.value, property, operator);
  return { ...condition, property: { ...condition.property, name: property.name }, value };
}

function checkValue(value: Value, property: Property, operator: OperatorName): Value {
  const allowed = operators[operator];
  if (value.type === 'null') {
    if (allowed.null) return value;
    throw new RuleRefused(
      'type',
      `null goes with -eq and -ne, not with -${operator}`,
      `Write ${property.name} -eq null.`,
      value,
    );
  }
  if (allowed.value === 'list') {
    if (value.type !== 'list')
      throw new RuleRefused(
        'type',
        `-${operator} takes a list`,
        `Write a list: ${property.name} -${operator} ["a", "b"].`,
        value,
      );
    return { ...value, values: value.values.map((one) => checkOne(one, property, operator)) };
  }
  if (value.type === 'list')
    throw new RuleRefused(
      'type',
      `-${operator} takes one value, not a list`,
      `Use -in for a list, or write one value.`,
      value,
    );
  return checkOne(value, property, operator);
}

/** One value of the type of the property: booleans and dates may be in quotes. */
function checkOne(value: Value, property: Property, operator: OperatorName): Value {
  const { values, words } = uses[property.type];
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
      'type',
      `${property.name} cannot be compared with ${describe(value)}`,
      `Write ${words}.`,
      value,
    );
  return value;
}

const describe = (value: Value): string => {
  switch (value.type) {
    case 'string':
    case 'date':
      return `the text "${value.value}"`;
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'now':
      return 'system.now';
    case 'list':
      return 'a list in a list';
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
    const hint =
      inside === undefined
        ? `${found.name} stands inside -any (…) or -all (…) only.`
        : `Inside these parentheses stand ${here.join(', ')}.`;
    throw new RuleRefused('place', `${found.name} cannot stand here`, hint, where);
  }
  if (/^device\./i.test(name))
    throw new RuleRefused(
      'property',
      `'${name}' is about devices`,
      'Licenses are for users: write user. and one of their properties.',
      where,
    );
  const begun = here.filter((one) => one.toLowerCase().startsWith(name.toLowerCase()));
  const alike = [...nearest(name, here), ...nearest(`user.${name}`, here)];
  // What every property begins with says nothing.
  const meant = [...new Set(begun.length === here.length ? alike : [...begun, ...alike])];
  const hint =
    meant[0] === undefined
      ? `Write user. and the name of a property, as in user.department.`
      : `Did you mean ${meant[0]}?`;
  throw new RuleRefused('property', `'${name}' is not a property`, hint, where, meant);
}
