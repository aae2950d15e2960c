export { fillIn, type Fillings, type FillingsOf } from './sentence.ts';
export type { Parsed, Problem } from './problem.ts';
export { parseFilter } from './filter/parse-filter.ts';
export type { CompareOperator, Filter, FunctionName, Literal, LiteralValue, Path, Quantified } from './filter/tree.ts';
export { parseSearch, type Search } from './search/parse-search.ts';
