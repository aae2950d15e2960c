export type { Parsed, Problem } from './problem.ts';
export { parseFilter } from './filter/parse-filter.ts';
export type { CompareOperator, Filter, FunctionName, Literal, LiteralValue, Path, Quantified } from './filter/tree.ts';
