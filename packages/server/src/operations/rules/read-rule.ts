import { parseRule, type Rule, type RuleProblem } from '@allot/engine';

export { ruleLengthMax } from '@allot/engine';

/** Rules that a process keeps parsed; the longest takes about 50 kB. */
const RULES_MAX = 2_000;

const known = new Map<string, Rule>();

/** The tree of a rule, parsed at most once by each process while it is in use, or why it is none. */
export function readRule(text: string): { readonly rule: Rule } | { readonly problem: RuleProblem } {
  const found = known.get(text);
  if (found !== undefined) return { rule: found };
  const parsed = parseRule(text);
  if (!parsed.ok) return { problem: parsed.problem };
  known.set(text, parsed.tree);
  const [oldest] = known.keys();
  if (known.size > RULES_MAX && oldest !== undefined) known.delete(oldest);
  return { rule: parsed.tree };
}
