import { type Problem, ProblemFound } from '../language/problem.ts';
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

/** Why a text is no membership rule. */
export interface RuleProblem extends Problem {
  readonly kind: RuleProblemKind;
  /** What to do next, as a sentence. */
  readonly hint: string;
  /** What may be meant: texts to stand in place of the characters concerned, the likeliest first. */
  readonly suggestions: readonly string[];
  /** Of the first character concerned, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** More would be a list to look things up in. */
const SUGGESTIONS_MAX = 5;

/** A problem with its kind and hint on its way up; like every ProblemFound it never leaves the parser. */
export class RuleRefused extends ProblemFound {
  readonly kind: RuleProblemKind;
  readonly hint: string;
  readonly suggestions: readonly string[];

  constructor(
    kind: RuleProblemKind,
    message: string,
    hint: string,
    where: Position,
    suggestions: readonly string[] = [],
  ) {
    super(message, where);
    this.kind = kind;
    this.hint = hint;
    this.suggestions = suggestions.slice(0, SUGGESTIONS_MAX);
  }
}

/** The answer to what stopped the parser: its own problems, and those of the shared lexer and parser. */
export function explainProblem(source: string, found: ProblemFound): RuleProblem {
  const { message, at, end } = found.problem;
  const kind = found instanceof RuleRefused ? found.kind : 'syntax';
  const hint = found instanceof RuleRefused ? found.hint : hintAt(source.slice(at, end), message);
  const before = source.slice(0, at).split('\n');
  return {
    kind,
    // The shared parser's own heading would be a second one.
    message: `${titles[kind]}: ${message.replace(/^Syntax error: /, '')}`,
    hint,
    suggestions: found instanceof RuleRefused ? found.suggestions : [],
    at,
    end,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  };
}

/** What people write where a rule cannot have it, and what they mean. */
const hints: readonly (readonly [found: RegExp, hint: string])[] = [
  [/^["']/, 'Close the value with the quote that opened it; inside double quotes a double quote is written `".'],
  [/^[“”„‘’]/, 'Use straight quotes: "text".'],
  [/^[–—]/, 'Write an ordinary hyphen before the operator: -eq.'],
  [/^-/, 'Write the operator directly after its hyphen: -eq.'],
  [/^\d/, 'Put texts in quotes, and begin durations with P: P1D, PT12H.'],
  [/^\$/, 'Write true, false and null without $.'],
  [/^[=!<>&|]/, 'Write operators as words: -eq, -ne, -and, -or, -not.'],
  [/^\)/, 'Remove this parenthesis, or open one before it.'],
];

function hintAt(found: string, message: string): string {
  if (/more than|longer/.test(message))
    return 'Write a shorter rule, or keep a part of it in a group of its own and use user.memberof.';
  const known = hints.find(([pattern]) => pattern.test(found));
  return known?.[1] ?? 'Join two expressions with -and or -or, and write each as: property, operator, value.';
}
