import type { QuantifiedCondition, Rule, RuleComparison } from '@allot/engine';

/** The parts of a rule that are about assigned plans. */
export function conditionsOverPlans(rule: Rule): readonly QuantifiedCondition[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return [...conditionsOverPlans(rule.left), ...conditionsOverPlans(rule.right)];
    case 'not':
      return conditionsOverPlans(rule.operand);
    case 'any':
    case 'all':
      return rule.collection.name === 'user.assignedPlans' ? [rule] : [];
    case 'compare':
    case 'directReports':
      return [];
  }
}

/** Every comparison of a rule. */
function comparisonsOf(rule: Rule): readonly RuleComparison[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return [...comparisonsOf(rule.left), ...comparisonsOf(rule.right)];
    case 'not':
      return comparisonsOf(rule.operand);
    case 'any':
    case 'all':
      return comparisonsOf(rule.condition);
    case 'compare':
      return [rule];
    case 'directReports':
      return [];
  }
}

/** Comparisons with `system.now`, of which time by itself can change the outcome. */
export const timeComparisons = (rule: Rule): readonly RuleComparison[] =>
  comparisonsOf(rule).filter(({ value }) => value.type === 'now');

/** Whether the rule holds a regular expression, of which nobody knows how long it takes. */
export const usesPatterns = (rule: Rule): boolean =>
  comparisonsOf(rule).some(({ operator }) => operator === 'match' || operator === 'notMatch');

/** The patterns of its regular expressions. */
export const patternsOf = (
  rule: Rule,
): readonly { readonly pattern: string; readonly at: number; readonly end: number }[] =>
  comparisonsOf(rule).flatMap(({ operator, value }) =>
    (operator === 'match' || operator === 'notMatch') && value.type === 'string'
      ? [{ pattern: value.value, at: value.at, end: value.end }]
      : [],
  );
