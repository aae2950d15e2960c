import type { RuleFailureCode, RuleStandingError } from '@allot/contract';
import { fillIn, ruleFaults, ruleHints, type RuleProblem, sayOfRule } from '@allot/engine';
import { RULE_SECONDS_MAX, type RuleFailure, type RuleProgress } from '@allot/store';

/** How often rules may follow licenses that follow rules, by one change, before they are taken for a loop. */
export const RULE_ROUNDS_MAX = 10;

/** Why a rule that can be read is not followed, by its code. */
export const ruleFailures = {
  tooSlow:
    'The rule took longer than {{seconds}} seconds and was stopped; its members are as they were. Simplify the pattern after -match, then save the rule again.',
  patternTooMuch:
    'The pattern after -match asks for more than the database can do; its members are as they were. Simplify it, then save the rule again.',
  comesAndGoes:
    'The rule depends on licenses that its own members get or lose by it: they came and went {{rounds}} times in a row, and it was stopped. ' +
    'Change the rule or the licenses of the group, then save the rule again.',
} as const satisfies Record<RuleFailureCode, string>;

const fillings = { seconds: RULE_SECONDS_MAX, rounds: RULE_ROUNDS_MAX };

/** A rule that can be read and is not followed, to be kept with its group. */
export const failureOf = (code: RuleFailureCode): RuleFailure => kept({ code, hintCode: null, arguments: fillings });

/** A rule that another version saved, and that this one cannot read. */
export const unreadable = ({ code, hintCode, fillings: filled }: RuleProblem): RuleFailure =>
  kept({ code, hintCode, arguments: filled });

const kept = (error: RuleStandingError): RuleFailure => ({ errorMessage: sentenceOf(error) ?? '', failure: error });

/**
 * What is kept of a failure, as data; null: there is none, or another version wrote the sentence, so that the data are of an earlier failure or say
 * what this version does not know.
 */
export function errorOf({
  errorMessage,
  failure,
}: Pick<RuleProgress, 'errorMessage' | 'failure'>): RuleStandingError | null {
  // `as`: only `kept` writes it; what a later version may have added is refused by the comparison.
  const error = failure as RuleStandingError | null;
  return error !== null && errorMessage !== null && sentenceOf(error) === errorMessage ? error : null;
}

function sentenceOf({ code, hintCode, arguments: filled }: RuleStandingError): string | undefined {
  if (isFailure(code)) return fillIn(ruleFailures[code], filled);
  if (hintCode === null || !(code in ruleFaults) || !(hintCode in ruleHints)) return undefined;
  const { message, hint } = sayOfRule(code, hintCode, filled);
  return `${message}. ${hint}`;
}

const isFailure = (code: string): code is RuleFailureCode => code in ruleFailures;
