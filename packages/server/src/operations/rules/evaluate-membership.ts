import { badRequest, notFound } from '@allot/contract';
import type { Rule, RuleCondition } from '@allot/engine';
import {
  columnsRead,
  compileRule,
  evaluateParts,
  type Handle,
  ruleFailureOf,
  selectGroup,
  selectUser,
  type UserRow,
  valuesCompared,
  withinLimits,
} from '@allot/store';
import type { Context } from '../context.ts';
import { textOf } from '../directory/row-values.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { cohortsWithPlans } from './cohorts-with-plans.ts';
import { usesPatterns } from './parts-of-rule.ts';
import { readRule } from './read-rule.ts';
import { invalidRule, patternTooMuch } from './rule-errors.ts';

/** What one part of a rule says of a user, as Graph writes it. */
export interface ExpressionDetails {
  readonly expression: string;
  readonly expressionResult: boolean;
  readonly propertyToEvaluate?: { readonly propertyName: string; readonly propertyValue: string | null };
  readonly expressionEvaluationDetails: readonly ExpressionDetails[];
}

export interface EvaluatedMembership {
  readonly membershipRule: string;
  readonly membershipRuleEvaluationResult: boolean;
  readonly membershipRuleEvaluationDetails: ExpressionDetails;
}

/**
 * Whether a rule names a user, in the group or not, with the outcome of every part and the value that it was compared with. The database says
 * it, by the same statements that decide about members.
 * @param rule undefined: that of the group
 * @throws ApiError 404, or 400 when the group follows no rule, or the rule is none
 */
export const evaluateMembership = (
  ctx: Context,
  memberId: string,
  asked: { readonly groupId: string } | { readonly membershipRule: string },
): Promise<EvaluatedMembership> =>
  inSnapshot(ctx, async (snapshot) => {
    const text = 'membershipRule' in asked ? asked.membershipRule : await ruleOfGroup(snapshot, asked.groupId);
    const read = readRule(text);
    if ('problem' in read) throw invalidRule(read.problem);
    const user = await selectUser(snapshot.db, ctx.tenantId, memberId, []);
    if (user === undefined) throw notFound(memberId);
    const details = await evaluate(snapshot.db, snapshot, user, text, read.rule);
    return {
      membershipRule: text,
      membershipRuleEvaluationResult: details.expressionResult,
      membershipRuleEvaluationDetails: details,
    };
  });

async function ruleOfGroup(ctx: Context, groupId: string): Promise<string> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, ['membershipRule']);
  if (group === undefined) throw notFound(groupId);
  const text = textOf(group, 'membershipRule');
  if (text === undefined)
    throw badRequest('The group follows no rule.', 'Send a membershipRule to be evaluated instead.');
  return text;
}

async function evaluate(
  db: Handle,
  ctx: Context,
  { userNo }: UserRow,
  text: string,
  rule: Rule,
): Promise<ExpressionDetails> {
  const { tenantId } = ctx;
  const parts = partsOf(rule);
  const scope = { userNos: [userNo], cohortNos: [] };
  const cohortsWith = await cohortsWithPlans(db, await loadTenantWorld(db, tenantId), [rule], scope);
  const tests = parts.map((part) => compileRule(part, { tenantId, cohortsWith }));
  const run = () => evaluateParts(db, tenantId, userNo, tests);
  const results = await (usesPatterns(rule) ? withinLimits(db, run) : run()).catch((error: unknown) => {
    throw ruleFailureOf(error) === undefined ? error : patternTooMuch();
  });
  const values = await valuesCompared(
    db,
    tenantId,
    userNo,
    columnsRead(parts.filter((part) => part.kind !== 'directReports')),
  );
  const resultOf = new Map(parts.map((part, at) => [part, results[at] === true]));
  const describe = (part: Rule): ExpressionDetails => {
    const name = propertyOf(part);
    return {
      expression:
        part.kind === 'and' || part.kind === 'or' || part.kind === 'not' ? part.kind : text.slice(part.at, part.end),
      expressionResult: resultOf.get(part) === true,
      ...(name === undefined
        ? {}
        : {
            propertyToEvaluate: { propertyName: name.replace(/^user\./, ''), propertyValue: values.get(name) ?? null },
          }),
      expressionEvaluationDetails: operandsOf(part).map(describe),
    };
  };
  return describe(rule);
}

/** A rule and its parts, as far as they are about the user as a whole. */
const partsOf = (rule: Rule): readonly Rule[] => [rule, ...operandsOf(rule).flatMap(partsOf)];

function operandsOf(part: Rule): readonly RuleCondition[] {
  switch (part.kind) {
    case 'and':
    case 'or':
      return [part.left, part.right];
    case 'not':
      return [part.operand];
    default:
      return [];
  }
}

function propertyOf(part: Rule): string | undefined {
  if (part.kind === 'compare') return part.property.name;
  return part.kind === 'any' || part.kind === 'all' ? part.collection.name : undefined;
}
