import { LanguageRefused } from '../language/language-faults.ts';
import { type Problem, ProblemFound } from '../language/problem.ts';
import { fillIn, type Fillings } from '../language/sentence.ts';
import { type FaultFillings, type RuleFault, ruleFaults, type RuleHint, ruleHints } from './rule-faults.ts';
import type { Position } from './tree.ts';

/** What the original says about the same mistakes, kept recognizable; our reason follows. */
const titles = {
  syntax: 'Query compilation error',
  property: 'Attribute not supported',
  operator: "Operator isn't supported on attribute",
  all: 'Invalid operands found for operator -all',
  place: 'Wrong property applied',
  type: 'Invalid object type',
} as const;

export type RuleProblemKind = keyof typeof titles;

/** Every other fault is one of syntax. */
const kinds: Readonly<Partial<Record<RuleFault, RuleProblemKind>>> = {
  propertyUnknown: 'property',
  propertyOfDevice: 'property',
  propertyMisplaced: 'place',
  operatorUnfit: 'operator',
  noCollection: 'operator',
  noCollectionForAll: 'all',
  anyOnly: 'all',
  nullUnfit: 'type',
  listExpected: 'type',
  listUnfit: 'type',
  valueUnfit: 'type',
  numberTooLong: 'type',
  managerIdMisformed: 'type',
};

/** What is wrong and what to do, in English and as data, for whoever says it in another language. */
export interface SaidOfRule {
  readonly kind: RuleProblemKind;
  readonly code: RuleFault;
  readonly hintCode: RuleHint;
  /** Of both sentences. */
  readonly fillings: Fillings;
  /** One sentence without the position and without its period. */
  readonly message: string;
  /** What to do next, as a sentence. */
  readonly hint: string;
}

/** Why a text is no membership rule. */
export interface RuleProblem extends Problem, SaidOfRule {
  readonly message: string;
  /** What may be meant: texts to stand in place of the characters concerned, the likeliest first. */
  readonly suggestions: readonly string[];
  /** Of the first character concerned, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** More would be a list to look things up in. */
const SUGGESTIONS_MAX = 5;

/** The only place where faults of rules become sentences, so that code and sentence say the same. */
export function sayOfRule(code: RuleFault, hintCode: RuleHint, fillings: Fillings): SaidOfRule {
  const kind = kinds[code] ?? 'syntax';
  return {
    kind,
    code,
    hintCode,
    fillings,
    message: `${titles[kind]}: ${fillIn(ruleFaults[code], fillings)}`,
    hint: fillIn(ruleHints[hintCode], fillings),
  };
}

/** A problem of a rule on its way up; like every ProblemFound it never leaves the parser. */
export class RuleRefused<Fault extends RuleFault = RuleFault, Hint extends RuleHint = RuleHint> extends ProblemFound {
  readonly said: SaidOfRule;
  readonly suggestions: readonly string[];

  constructor(
    code: Fault,
    hintCode: Hint,
    fillings: FaultFillings<Fault, Hint>,
    where: Position,
    suggestions: readonly string[] = [],
  ) {
    const said = sayOfRule(code, hintCode, fillings);
    super(said.message, where);
    this.said = said;
    this.suggestions = suggestions.slice(0, SUGGESTIONS_MAX);
  }
}

/** The answer to what stopped the parser: its own problems, and those of the shared lexer and parser. */
export function explainProblem(source: string, found: ProblemFound): RuleProblem {
  const { at, end } = found.problem;
  const before = source.slice(0, at).split('\n');
  return {
    ...saidOf(found, source.slice(at, end)),
    suggestions: found instanceof RuleRefused ? found.suggestions : [],
    at,
    end,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  };
}

function saidOf(found: ProblemFound, text: string): SaidOfRule {
  if (found instanceof RuleRefused) return found.said;
  // The rest of what a parser of rules meets comes from the languages that share it.
  if (!(found instanceof LanguageRefused)) throw found;
  const hint = tooMuch.has(found.code)
    ? 'shorten'
    : (hints.find(([pattern]) => pattern.test(text))?.[1] ?? 'joinExpressions');
  return sayOfRule(found.code, hint, found.fillings);
}

const tooMuch: ReadonlySet<string> = new Set(['textTooLong', 'tooManyParts', 'nestedTooDeep']);

/** What people write where a rule cannot have it, and what they mean. */
const hints = [
  [/^["']/, 'closeText'],
  [/^[“”„‘’]/, 'straightQuotes'],
  [/^[–—]/, 'hyphen'],
  [/^-/, 'hyphenTouches'],
  [/^\d/, 'quoteOrDuration'],
  [/^\$/, 'noDollar'],
  [/^[=!<>&|]/, 'operatorsAreWords'],
  [/^\)/, 'surplusParenthesis'],
] as const satisfies readonly (readonly [found: RegExp, hint: RuleHint])[];
