import { printDuration } from './duration.ts';
import { precedence } from './operators.ts';
import type { Condition, Rule, Value } from './tree.ts';

/** A rule as text, with no more parentheses than it needs; reading it again gives the same rule. */
export function printRule(rule: Rule): string {
  return rule.kind === 'directReports' ? `Direct Reports for "${rule.managerId}"` : print(rule, 0);
}

/** @param power of what stands around: looser operators need parentheses */
function print(condition: Condition, power: number): string {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const own = precedence[condition.kind];
      // Operators of equal power group to the left.
      const text = `${print(condition.left, own)} -${condition.kind} ${print(condition.right, own + 1)}`;
      return own < power ? `(${text})` : text;
    }
    case 'not':
      return `-not ${print(condition.operand, precedence.not)}`;
    case 'any':
    case 'all':
      return `${condition.collection.name} -${condition.kind} (${print(condition.condition, 0)})`;
    case 'compare':
      return `${condition.property.name} -${condition.operator} ${printValue(condition.value)}`;
  }
}

function printValue(value: Value): string {
  switch (value.type) {
    case 'string':
    case 'date':
      return quote(value.value);
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'now':
      return value.moved === undefined
        ? 'system.now'
        : `system.now -${value.moved.sign} ${printDuration(value.moved.by)}`;
    case 'list':
      return `[${value.values.map(printValue).join(', ')}]`;
  }
}

/** In double quotes, unless the text ends with what would escape the closing one. */
const quote = (text: string): string =>
  text.endsWith('`') ? `'${text.replaceAll("'", "''")}'` : `"${text.replaceAll('"', '`"')}"`;
