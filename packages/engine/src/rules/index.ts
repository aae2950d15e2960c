export { type DescribedProperty, describeRuleProperties } from './describe-properties.ts';
export type { Duration } from './duration.ts';
export { parseInstant } from './instant.ts';
export { type OperatorName as RuleOperator, operators } from './operators.ts';
export { printRule } from './print-rule.ts';
export { parseRule, type ParsedRule, ruleLengthMax } from './parse-rule.ts';
export { toPostgresPattern } from './pattern.ts';
export { type RuleReads, readsOf } from './reads-of.ts';
export { type RuleFault, ruleFaults, type RuleHint, ruleHints } from './rule-faults.ts';
export { type RuleProblem, type SaidOfRule, sayOfRule } from './rule-problem.ts';
export type {
  Comparison as RuleComparison,
  Condition as RuleCondition,
  Quantified as QuantifiedCondition,
  Rule,
  Value as RuleValue,
} from './tree.ts';
