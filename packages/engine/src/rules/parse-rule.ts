import { parseExpression } from '../language/pratt.ts';
import { ProblemFound } from '../language/problem.ts';
import { readTokens, type Token } from '../language/read-tokens.ts';
import { checkRule } from './check-rule.ts';
import { ruleGrammar, ruleTokens } from './grammar.ts';
import { unquote } from './read-value.ts';
import { explainProblem, type RuleProblem, RuleRefused } from './rule-problem.ts';
import type { Rule } from './tree.ts';
import { wordOf } from './word.ts';

/** Longest rule, in UTF-16 units; as in the original. */
export const ruleLengthMax = 3_072;

/** A rule, or the first thing that stands against it. */
export type ParsedRule =
  | { readonly ok: true; readonly tree: Rule }
  | { readonly ok: false; readonly problem: RuleProblem };

/** Reads a membership rule: its form first, then which property goes with which operator and value. Names are as documented then. */
export function parseRule(source: string): ParsedRule {
  try {
    if (source.length > ruleLengthMax) {
      const where = { at: ruleLengthMax, end: source.length };
      throw new RuleRefused('ruleTooLong', 'shorten', { max: ruleLengthMax }, where);
    }
    const tokens = readTokens(source, ruleTokens, `"'`);
    const tree = readDirectReports(tokens) ?? parseExpression(tokens, ruleGrammar);
    return { ok: true, tree: checkRule(tree) };
  } catch (error) {
    if (error instanceof ProblemFound) return { ok: false, problem: explainProblem(source, error) };
    throw error;
  }
}

/** `Direct Reports for "id"`, which is a whole rule; undefined: the text does not begin like one. */
function readDirectReports(tokens: readonly Token[]): Rule | undefined {
  const [direct, reports, word, id, rest] = tokens;
  if (!direct || !reports || wordOf(direct) !== 'direct' || wordOf(reports) !== 'reports') return undefined;
  if (!word || wordOf(word) !== 'for' || id?.kind !== 'string' || rest?.kind !== 'end') {
    const where = [word, id, rest].find((token) => token?.kind === 'end') ?? rest ?? direct;
    throw new RuleRefused('reportsMisformed', 'reportsAlone', {}, where);
  }
  const managerId = unquote(id);
  if (!isGuid(managerId)) throw new RuleRefused('managerIdMisformed', 'managerId', { found: managerId }, id);
  return { kind: 'directReports', managerId: managerId.toLowerCase(), at: direct.at, end: id.end };
}

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
