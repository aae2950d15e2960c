import { notFound, type PlanEffect, type RulePreview } from '@allot/contract';
import { type Movement, readsOf, type Rule } from '@allot/engine';
import {
  type ComparedMovement,
  compileRule,
  countJoiningAndLeaving,
  countRuleMovements,
  findTransitiveAbove,
  type Handle,
  loadCohorts,
  loadSeats,
  loadAllRules,
  loadGivenPlans,
  type Movers,
  ruleFailureOf,
  type RuleMovement,
  selectGroup,
  withinLimits,
} from '@allot/store';
import type { Context } from '../context.ts';
import { describePlan } from '../licensing/describe-plan.ts';
import { textOf } from '../directory/row-values.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import { planChange, unchangedSeats } from '../licensing/plan-and-apply.ts';
import { loadTenantWorld, type TenantWorld } from '../licensing/tenant-world.ts';
import { cohortsWithPlans } from './cohorts-with-plans.ts';
import { conditionsOverPlans, usesPatterns } from './parts-of-rule.ts';
import { plansNamedBy } from './plans-named-by.ts';
import { readRule } from './read-rule.ts';
import { refuseLoops } from './refuse-loops.ts';
import { invalidRule, patternTooMuch } from './rule-errors.ts';
import { refusePatterns } from './save-rule.ts';

/** Users whom a preview names of those who join, and of those who leave. */
const USERS_NAMED_MAX = 20;

/**
 * What a rule, or another rule of a group, would do: who joins and leaves, and what that does to licenses, errors and seats, decided by what
 * would decide about it. Nothing is changed. What waits to be settled is not part of it.
 * @param groupId whose rule it would be; undefined: of a new group without licenses
 * @throws ApiError 404, or 400 as for saving the rule
 */
export const previewRule = (
  ctx: Context,
  asked: { readonly membershipRule: string; readonly groupId?: string | undefined },
): Promise<RulePreview> =>
  inSnapshot(ctx, async ({ db }) => {
    const read = readRule(asked.membershipRule);
    if ('problem' in read) throw invalidRule(read.problem);
    const { rule } = read;
    const { tenantId } = ctx;
    const group =
      asked.groupId === undefined ? undefined : await selectGroup(db, tenantId, asked.groupId, ['displayName']);
    if (asked.groupId !== undefined && group === undefined) throw notFound(asked.groupId);
    await refusePatterns(db, rule);
    if (group !== undefined)
      await refuseLoops(db, tenantId, { id: group.id, displayName: textOf(group, 'displayName') ?? group.id }, rule);
    const tenantWorld = await loadTenantWorld(db, tenantId);
    const run = () => preview(db, tenantWorld, rule, group?.id);
    return (usesPatterns(rule) ? withinLimits(db, run) : run()).catch((error: unknown) => {
      throw ruleFailureOf(error) === undefined ? error : patternTooMuch();
    });
  });

async function preview(
  db: Handle,
  tenantWorld: TenantWorld,
  rule: Rule,
  groupId: string | undefined,
): Promise<RulePreview> {
  const { tenantId } = tenantWorld.tenant;
  const cohortsWith = await cohortsWithPlans(db, tenantWorld, [rule], null);
  const compiled = { groupId: groupId ?? noGroup, matches: compileRule(rule, { tenantId, cohortsWith }) };
  const { members, joining, leaving } = await countJoiningAndLeaving(db, tenantId, compiled, USERS_NAMED_MAX);
  const giving = groupId === undefined ? [] : await givingGroups(db, tenantWorld, groupId);
  const { differing, movements } = await countRuleMovements(db, tenantId, compiled, giving);
  return {
    members: { before: members, after: members + joining.count - leaving.count },
    joining,
    leaving,
    ...(await licensesOf(db, tenantWorld, { differing, movements })),
    cascades: groupId === undefined ? [] : await cascadesOf(db, tenantId, groupId),
  };
}

/** No group has it, so nobody is a member. */
const noGroup = '00000000-0000-0000-0000-000000000000';

/** Licensed groups that give to members of this one: itself, and those above it that give to nested groups (L-23). */
async function givingGroups(
  db: Handle,
  { tenant, licensedGroupIds }: TenantWorld,
  groupId: string,
): Promise<readonly string[]> {
  const above = await findTransitiveAbove(db, tenant.tenantId, [groupId]);
  return [...new Set([groupId, ...above])].filter((id) => licensedGroupIds.includes(id));
}

async function licensesOf(
  db: Handle,
  { tenant, world }: TenantWorld,
  compared: {
    readonly differing: NonNullable<Movers['compared']>['differing'];
    readonly movements: readonly RuleMovement[];
  },
): Promise<PlanEffect> {
  const { tenantId } = tenant;
  const from = [...new Set(compared.movements.map((movement) => movement.from))];
  const loaded = await loadCohorts(db, tenantId, { by: 'number', cohortNos: from });
  const cohorts = new Map(loaded.map((cohort) => [cohort.cohortNo, cohort]));
  const movements: Movement[] = [];
  const wholes = new Map<number, number>();
  const named = new Map<number, ComparedMovement>();
  for (const movement of compared.movements) {
    const cohort = cohorts.get(movement.from);
    if (!cohort) throw new Error(`cohort ${movement.from} has members and does not exist`);
    const { facts } = cohort.state;
    const groups = [...facts.groups.filter((id) => !movement.lost.includes(id)), ...movement.gained].toSorted();
    const movementNo = movements.length;
    movements.push({ movementNo, from: movement.from, facts: { ...facts, groups }, count: movement.count });
    if (movement.count === cohort.members) wholes.set(movementNo, movement.from);
    else named.set(movementNo, movement);
  }
  const seats = await loadSeats(db, tenantId);
  const planned = await planChange(db, tenantId, {
    before: world,
    after: world,
    seats: unchangedSeats(seats),
    concerned: [],
    movements,
    movers: { listed: new Map(), compared: { differing: compared.differing, movements: named }, wholes },
    reactToSeats: tenant.autoResolve,
    loaded,
  });
  return describePlan(db, tenantId, { before: world, after: world }, planned, seats);
}

/** Other rules that read the members of the group, or plans that it gives. */
async function cascadesOf(db: Handle, tenantId: string, groupId: string): Promise<RulePreview['cascades']> {
  const given = (await loadGivenPlans(db, tenantId, [groupId])).get(groupId) ?? [];
  return (await loadAllRules(db, tenantId)).flatMap((other) => {
    if (other.groupId === groupId) return [];
    const read = readRule(other.rule);
    if ('problem' in read) return [];
    const { rule } = read;
    const named = plansNamedBy(conditionsOverPlans(rule));
    const readsMembers = readsOf(rule).groupIds.includes(groupId);
    const readsPlans = named === 'any' ? given.length > 0 : given.some((plan) => named.has(plan));
    if (!readsMembers && !readsPlans) return [];
    return [{ groupId: other.groupId, displayName: other.displayName, reads: readsMembers ? 'members' : 'plans' }];
  });
}
