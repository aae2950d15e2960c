import type { RuleCheck } from '@allot/contract';
import { parseRule, printRule, type RuleProblem } from '@allot/engine';
import type { Context } from '../context.ts';
import type { PlacedFault } from './rule-errors.ts';
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

const invalid = (fault: PlacedFault & Partial<Pick<RuleProblem, 'suggestions'>>): RuleCheck => ({
  valid: false,
  normalized: null,
  error: {
    kind: fault.kind,
    message: `${fault.message}.`,
    position: fault.at,
    length: fault.end - fault.at,
    hint: fault.hint,
    suggestions: fault.suggestions ?? [],
    code: fault.code,
    hintCode: fault.hintCode,
    arguments: fault.fillings,
  },
});
