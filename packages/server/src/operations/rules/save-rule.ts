import { readsOf, type Rule, sayOfRule, toPostgresPattern } from '@allot/engine';
import {
  deleteGroupMembers,
  type DirectoryRow,
  type Handle,
  lockRules,
  notePendingNesting,
  notePendingRules,
  patternProblem,
  readsOfRule,
  removeDynamicGroup,
  saveDynamicGroup,
} from '@allot/store';
import type { Context } from '../context.ts';
import { invalidValue, missingValue } from '../directory/property-errors.ts';
import { textOf, textsOf } from '../directory/row-values.ts';
import { refuseLoops } from './refuse-loops.ts';
import { refuseUnknownObjects } from './refuse-unknown-objects.ts';
import { invalidRule, type PlacedFault } from './rule-errors.ts';
import { patternsOf } from './parts-of-rule.ts';
import { readRule } from './read-rule.ts';

/** What says whose members follow which rule. */
export const ruleProperties = ['groupTypes', 'membershipRule', 'membershipRuleProcessingState'] as const;

/** What a change of a group does to its rule. */
export interface RuleChange {
  /** The values to be written, completed by what follows from them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Undefined: the members follow no rule then. */
  readonly rule: Rule | undefined;
  readonly wasDynamic: boolean;
  /** Whether everybody must be compared with the rule. */
  readonly evaluates: boolean;
  /** Whether the rule is another one, or the group begins to follow one. */
  readonly changed: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Completes the values sent for a group, with respect to its rule (L-26): who begins to follow a rule does so at once unless it says
 * otherwise, who ceases to keeps its members.
 * @param before the group as it is; undefined: it is being created
 * @throws ApiError 400 when the rule is missing, or is none
 */
export function completeRule(before: DirectoryRow | undefined, sent: Values): RuleChange {
  const wasDynamic = before !== undefined && isDynamic(before);
  const after: Values = { ...before, ...sent };
  if (!isDynamic(after)) {
    if (typeof sent['membershipRule'] === 'string') throw ruleOfStatic();
    const values = wasDynamic || sent['membershipRuleProcessingState'] !== undefined ? { ...sent, ...noRule } : sent;
    return { values, rule: undefined, wasDynamic, evaluates: false, changed: false };
  }
  const text = textOf(after, 'membershipRule');
  if (text === undefined) throw missingValue('membershipRule', 'Group');
  const read = readRule(text);
  if ('problem' in read) throw invalidRule(read.problem);
  const state = textOf(after, 'membershipRuleProcessingState') ?? 'On';
  const changed = !wasDynamic || text !== textOf(before, 'membershipRule');
  const saved = sent['membershipRule'] !== undefined || sent['membershipRuleProcessingState'] !== undefined;
  return {
    values: wasDynamic ? sent : { ...sent, membershipRule: text, membershipRuleProcessingState: state },
    rule: read.rule,
    wasDynamic,
    evaluates: state === 'On' && (changed || saved),
    changed: changed || (saved && state === 'On'),
  };
}

const noRule = { membershipRule: null, membershipRuleProcessingState: null };

const isDynamic = (group: Values): boolean => textsOf(group, 'groupTypes').includes('DynamicMembership');

/**
 * Writes what follows from a changed rule, in the transaction that writes the group: the background compares everybody with it.
 * @throws ApiError 400 when the rule names what does not exist, or depends on itself
 */
export async function saveRule(
  ctx: Context,
  trx: Handle,
  group: { readonly id: string; readonly displayName: string },
  { rule, wasDynamic, evaluates, changed }: RuleChange,
): Promise<void> {
  const { tenantId, correlationId } = ctx;
  if (rule === undefined) {
    if (wasDynamic) await removeDynamicGroup(trx, tenantId, group.id);
    return;
  }
  if (changed) {
    const reads = readsOf(rule);
    await lockRules(trx, tenantId);
    await refuseUnknownObjects(trx, tenantId, group.id, reads);
    await refusePatterns(trx, rule);
    await refuseLoops(trx, tenantId, group, rule);
    await saveDynamicGroup(trx, tenantId, group.id, readsOfRule(reads));
  }
  if (!wasDynamic && (await deleteGroupMembers(trx, tenantId, group.id)) > 0)
    // A rule names users; what they inherited through nested groups is settled together with what they get by the rule.
    await notePendingNesting(trx, tenantId, group.id, correlationId);
  if (evaluates) await notePendingRules(trx, tenantId, 'everybody', { groupId: group.id }, correlationId);
}

/** @throws ApiError 400 when the database cannot use a pattern of the rule */
export async function refusePatterns(db: Handle, rule: Rule): Promise<void> {
  const fault = await findUnusablePattern(db, rule);
  if (fault) throw invalidRule(fault);
}

/** The first pattern of the rule that the database cannot use. */
export async function findUnusablePattern(db: Handle, rule: Rule): Promise<PlacedFault | undefined> {
  for (const { pattern, at, end } of patternsOf(rule)) {
    const problem = await patternProblem(db, toPostgresPattern(pattern));
    if (problem === undefined) continue;
    return { ...sayOfRule('patternUnusable', 'simplerPattern', { reason: problem }), at, end };
  }
  return undefined;
}

const ruleOfStatic = () =>
  invalidValue(
    'membershipRule',
    "Only a group whose groupTypes contain 'DynamicMembership' follows a rule: send groupTypes with it, too, or leave the rule out.",
  );
