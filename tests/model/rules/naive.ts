import type { Rule, RuleComparison, RuleCondition, RuleValue } from '@allot/engine';

/** A user as rules see one. */
export interface NaiveUser {
  /** By the name in rules, without `user.`. */
  readonly values: Readonly<Record<string, string | boolean | Date | null>>;
  readonly lists: Readonly<Record<'otherMails' | 'proxyAddresses', readonly string[]>>;
  readonly groupIds: readonly string[];
}

/** What a rule says of a user, by nothing but the words of its documentation: one value after the other, no SQL. */
export function namedBy(rule: Rule, user: NaiveUser, now: Date): boolean {
  if (rule.kind === 'directReports') throw new Error('managers are looked at elsewhere');
  return holds(rule, user, now, undefined);
}

function holds(condition: RuleCondition, user: NaiveUser, now: Date, element: string | undefined): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, user, now, element) && holds(condition.right, user, now, element);
    case 'or':
      return holds(condition.left, user, now, element) || holds(condition.right, user, now, element);
    case 'not':
      return !holds(condition.operand, user, now, element);
    case 'any':
      return elements(condition.collection.name, user).some((one) => holds(condition.condition, user, now, one));
    case 'all':
      return elements(condition.collection.name, user).every((one) => holds(condition.condition, user, now, one));
    case 'compare':
      return compare(condition, user, now, element);
  }
}

function elements(name: string, { lists, groupIds }: NaiveUser): readonly string[] {
  if (name === 'user.memberof') return groupIds;
  return name === 'user.otherMails' ? lists.otherMails : lists.proxyAddresses;
}

const opposites: Readonly<Record<string, RuleComparison['operator']>> = {
  ne: 'eq',
  notStartsWith: 'startsWith',
  notEndsWith: 'endsWith',
  notContains: 'contains',
  notMatch: 'match',
  notIn: 'in',
};

function compare(comparison: RuleComparison, user: NaiveUser, now: Date, element: string | undefined): boolean {
  const { property, operator, value } = comparison;
  const opposite = opposites[operator];
  if (opposite !== undefined) return !compare({ ...comparison, operator: opposite }, user, now, element);
  const name = property.name.replace(/^user\./, '');
  if (name === 'otherMails' || name === 'proxyAddresses')
    // Of the old form: some element contains this text.
    return user.lists[name].some((one) => lower(one).includes(lower(textOf(value))));
  const has = element ?? user.values[name] ?? null;
  if (value.type === 'null') return has === null || has === '';
  if (has === null || has === '') return false;
  if (has instanceof Date) {
    const other = instantOf(value, now);
    if (operator === 'le') return has.getTime() <= other;
    return operator === 'ge' ? has.getTime() >= other : has.getTime() === other;
  }
  const text = String(has);
  switch (operator) {
    case 'in':
      return value.type === 'list' && value.values.some((one) => same(text, textOf(one)));
    case 'match':
      return patternOf(textOf(value)).test(text);
    case 'startsWith':
      return lower(text).startsWith(lower(textOf(value)));
    case 'endsWith':
      return lower(text).endsWith(lower(textOf(value)));
    case 'contains':
      return lower(text).includes(lower(textOf(value)));
    default:
      return same(text, textOf(value));
  }
}

/** Letters are those of Unicode, as elsewhere; here \w alone knows only those of ASCII. */
const patternOf = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll('[\\w]', '[\\p{L}\\p{N}_]').replaceAll('\\W', '[^\\p{L}\\p{N}_]'), 'iu');

const lower = (text: string): string => text.toLowerCase();
const same = (a: string, b: string): boolean => lower(a) === lower(b);

function textOf(value: RuleValue): string {
  if (value.type === 'list' || value.type === 'null' || value.type === 'now')
    throw new Error(`a ${value.type} is no text`);
  return String(value.value);
}

function instantOf(value: RuleValue, now: Date): number {
  if (value.type === 'date') return Date.parse(value.value);
  if (value.type !== 'now') throw new Error(`a ${value.type} is no instant`);
  if (value.moved === undefined) return now.getTime();
  const { sign, by } = value.moved;
  const ms = (((by.days * 24 + by.hours) * 60 + by.minutes) * 60 + by.seconds) * 1000;
  return now.getTime() + (sign === 'plus' ? ms : -ms);
}
