export type { Parsed, Problem } from './problem.ts';
export { sourceLengthMax } from './read-tokens.ts';
export { parseFilter } from './filter/parse-filter.ts';
export { printFilter } from './filter/print-filter.ts';
export type { CompareOperator, Filter, FunctionName, Literal, LiteralValue, Path, Quantified } from './filter/tree.ts';
