import type { RuleCheck } from '@allot/contract';
import { parseRule, printRule, type RuleProblem } from '@allot/engine';
import type { Context } from '../context.ts';
import type { RuleFault } from './rule-errors.ts';
import { findUnusablePattern } from './save-rule.ts';

/**
 * Whether a text is a membership rule, for whoever writes one. Groups and users that it names are looked for only when it is saved. Texts that are
 * being written are many and soon gone, so they are not kept like rules of groups.
 */
export async function checkRule(ctx: Context, text: string): Promise<RuleCheck> {
  const parsed = parseRule(text);
  if (!parsed.ok) return invalid(parsed.problem);
  const fault = await findUnusablePattern(ctx.db, parsed.tree);
  return fault ? invalid(fault) : { valid: true, normalized: printRule(parsed.tree), error: null };
}

const invalid = ({ message, hint, at, end, ...more }: RuleFault & Partial<RuleProblem>): RuleCheck => ({
  valid: false,
  normalized: null,
  error: {
    // What only the database could find is a value of a wrong form: a pattern.
    kind: more.kind ?? 'type',
    message: `${message}.`,
    position: at,
    length: end - at,
    hint,
    suggestions: more.suggestions ?? [],
  },
});
