import type { Rule } from '@allot/engine';
import {
  applyRules,
  COMPARED_GROUPS_MAX,
  compileRule,
  forEachUserNo,
  type FollowedRule,
  type Handle,
  loadFollowedRules,
  type MembershipDifference,
  nextInstant,
  notePendingAbove,
  notePendingGroupMembers,
  notePendingUsers,
  PENDING_USERS_MAX,
  type PendingPosition,
  type PendingRule,
  pendingStart,
  readsAnyMembership,
  recordRuleFailure,
  recordRuleOutcomes,
  ruleFailureOf,
  type RuleOutcome,
  type RuleSelection,
  scheduleRules,
  takePending,
  takePendingRules,
  type UserNos,
  withinLimits,
} from '@allot/store';
import type { Context } from '../context.ts';
import type { TenantWorld } from '../licensing/tenant-world.ts';
import { cohortsWithPlans } from './cohorts-with-plans.ts';
import { timeComparisons, usesPatterns } from './parts-of-rule.ts';
import { readRule } from './read-rule.ts';
import { recordMembershipChanges } from './record-membership-changes.ts';
import { failureOf, unreadable } from './rule-failure.ts';
import { anyMembership, RuleWork, type Work } from './rule-work.ts';

/** What comparing users with rules did. */
export interface Followed {
  /** Whether more waits than was taken. */
  readonly more: boolean;
  /** Groups whose members changed. */
  readonly changed: readonly string[];
  /** Those of them whose rules read licenses. */
  readonly overPlans: readonly string[];
}

/**
 * L-26: makes members of groups by rule exactly those whom the rules name, of whoever waits to be compared, by writing the difference only, in
 * the transaction that settles what follows for licenses. A rule over members of groups comes after the rules of those.
 * @param after rows of the waiting lists up to there are left alone
 */
export async function followRules(
  ctx: Context,
  trx: Handle,
  tenantWorld: TenantWorld,
  after: PendingPosition = pendingStart,
): Promise<Followed> {
  const { tenantId } = ctx;
  const waiting = await takePendingRules(trx, tenantId, after.rule);
  const memberships = await membershipsThatChanged(trx, tenantId, after);
  if (!waiting.length && !memberships) return { more: false, changed: [], overPlans: [] };

  const rows = [...waiting, ...(memberships ?? [])];
  const rules = await loadFollowedRules(trx, tenantId, selectionOf(rows, memberships !== undefined));
  const work = new RuleWork(rules, rows);
  const differences: MembershipDifference[] = [];
  for (let next = work.next(); next !== undefined; next = work.next()) {
    const found = await evaluate(ctx, trx, tenantWorld, next);
    differences.push(...found);
    for (const { groupId, users } of found) work.membersChanged(groupId, numbersOf(users));
  }
  await noteMembers(ctx, trx, tenantWorld, differences, rows);
  await recordMembershipChanges(ctx, trx, rules, differences, (groupId) => causeOf(rows, groupId));
  const overPlans = new Set(rules.flatMap(({ groupId, reads }) => (reads.includes('assignedplans') ? groupId : [])));
  const changed = differences.map(({ groupId }) => groupId);
  return {
    more: waiting.length >= PENDING_USERS_MAX,
    changed,
    overPlans: changed.filter((groupId) => overPlans.has(groupId)),
  };
}

/** Whose memberships were changed by hand, where rules read memberships; undefined: none does. */
async function membershipsThatChanged(
  trx: Handle,
  tenantId: string,
  after: PendingPosition,
): Promise<readonly PendingRule[] | undefined> {
  if (!(await readsAnyMembership(trx, tenantId))) return undefined;
  const { userNos, groups } = await takePending(trx, tenantId, after);
  const row = { seq: 0, userNo: null, cohortNos: null, groupId: null, correlationId: null };
  return [
    ...userNos.map((userNo) => ({ ...row, userNo, reads: [anyMembership] })),
    ...groups.flatMap(({ groupId, reason, correlationId }) =>
      reason === 'members' ? [{ ...row, reads: [`memberof:${groupId}`], correlationId }] : [],
    ),
  ];
}

function selectionOf(rows: readonly PendingRule[], memberships: boolean): RuleSelection {
  if (rows.some(({ groupId, reads }) => groupId === null && reads === null)) return 'all';
  return {
    groupIds: [...new Set(rows.flatMap(({ groupId }) => groupId ?? []))],
    reads: [...new Set(rows.flatMap(({ reads }) => reads ?? []))],
    memberships,
  };
}

/** Compares users with some rules. A rule that the database cannot evaluate fails by itself: its members stay, and the others go on. */
async function evaluate(
  ctx: Context,
  trx: Handle,
  tenantWorld: TenantWorld,
  { rules, scope }: Work,
): Promise<readonly MembershipDifference[]> {
  const { tenantId } = ctx;
  const trees = new Map<FollowedRule, Rule>();
  for (const rule of rules) {
    const read = readRule(rule.rule);
    if ('rule' in read) trees.set(rule, read.rule);
    // Another version may have saved it.
    else await recordRuleFailure(trx, tenantId, rule.groupId, unreadable(read.problem));
  }
  if (!trees.size) return [];
  const cohortsWith = await cohortsWithPlans(trx, tenantWorld, [...trees.values()], scope);
  const compiled = [...trees].map(([{ groupId }, tree]) => ({
    groupId,
    matches: compileRule(tree, { tenantId, cohortsWith }),
  }));
  const apply = () => applyRules(trx, tenantId, compiled, scope);
  let differences: readonly MembershipDifference[];
  try {
    differences = [...trees.values()].some(usesPatterns) ? await withinLimits(trx, apply) : await apply();
  } catch (error) {
    const failure = ruleFailureOf(error);
    if (failure === undefined) throw error;
    const [only, ...others] = trees.keys();
    if (only === undefined || others.length > 0)
      return evaluateApart(ctx, trx, tenantWorld, { rules: [...trees.keys()], scope });
    await recordRuleFailure(trx, tenantId, only.groupId, failureOf(failure));
    return [];
  }
  const changedIds = new Set(differences.map(({ groupId }) => groupId));
  const outcomes: RuleOutcome[] = [];
  for (const [{ groupId }, tree] of trees) {
    const nextAt = await nextInstant(trx, tenantId, timeComparisons(tree), scope);
    outcomes.push({ groupId, changed: changedIds.has(groupId), whole: scope === null, nextAt });
  }
  await recordRuleOutcomes(
    trx,
    tenantId,
    outcomes.filter(({ changed, whole, nextAt }) => changed || whole || nextAt),
  );
  if (outcomes.some(({ nextAt }) => nextAt !== null)) await scheduleRules(trx, tenantId);
  return differences;
}

/** One half after the other, so that one bad rule among many is found by few tries. */
async function evaluateApart(
  ctx: Context,
  trx: Handle,
  tenantWorld: TenantWorld,
  { rules, scope }: Work,
): Promise<readonly MembershipDifference[]> {
  const half = Math.ceil(rules.length / 2);
  const first = await evaluate(ctx, trx, tenantWorld, { rules: rules.slice(0, half), scope });
  return [...first, ...(await evaluate(ctx, trx, tenantWorld, { rules: rules.slice(half), scope }))];
}

/** Notes whoever came or went for licenses: by name, so that each is judged as a whole (L-09), or the groups where many are concerned. */
async function noteMembers(
  ctx: Context,
  trx: Handle,
  { licensedGroupIds }: TenantWorld,
  differences: readonly MembershipDifference[],
  rows: readonly PendingRule[],
): Promise<void> {
  const { tenantId } = ctx;
  const changes = differences.reduce((sum, { come, gone }) => sum + come + gone, 0);
  const groupIds = new Set(differences.map(({ groupId }) => groupId));
  if (changes > PENDING_USERS_MAX && groupIds.size <= COMPARED_GROUPS_MAX) {
    for (const groupId of groupIds) {
      const cause = causeOf(rows, groupId) ?? ctx.correlationId;
      // One whose first license was accepted and not settled yet is compared as a whole anyway.
      if (licensedGroupIds.includes(groupId)) await notePendingGroupMembers(trx, tenantId, groupId, cause);
      else await notePendingAbove(trx, tenantId, [groupId], cause);
    }
    return;
  }
  const causes = new Map(rows.map(({ userNo, correlationId }) => [userNo, correlationId]));
  const whole = causeOf(rows, undefined);
  const userNos = new Set(differences.flatMap(({ users }) => numbersOf(users)));
  const byCause = Map.groupBy(userNos, (userNo) => causes.get(userNo) ?? whole);
  for (const [cause, numbers] of byCause) await notePendingUsers(trx, tenantId, numbers, 'membership', cause);
}

/** The first change that a group, or everybody, was compared for. */
const causeOf = (rows: readonly PendingRule[], groupId: string | undefined): string | null =>
  (
    rows.find((row) => row.groupId !== null && row.groupId === groupId) ??
    rows.find(({ correlationId }) => correlationId)
  )?.correlationId ?? null;

function numbersOf(users: UserNos): readonly number[] {
  const numbers: number[] = [];
  forEachUserNo(users, (userNo) => numbers.push(userNo));
  return numbers;
}
