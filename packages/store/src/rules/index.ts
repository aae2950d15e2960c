export { compileRule, type RuleSubject } from './compile-rule.ts';
export * from './dynamic-groups.ts';
export * from './evaluate-rules.ts';
export { nextInstant } from './next-instant.ts';
export * from './pending-rules.ts';
export * from './plans-satisfying.ts';
export { readsOfRule } from './rule-properties.ts';
export type { RuleScope } from './within.ts';
export * from './within-limits.ts';
