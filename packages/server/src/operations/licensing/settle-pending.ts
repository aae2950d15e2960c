import { heldBy, type Plan } from '@allot/engine';
import {
  bumpWorld,
  type CohortSelection,
  forgetPending,
  type Handle,
  insertAudit,
  isGroupDeletionWaiting,
  loadGroupNames,
  loadSeats,
  loadTenant,
  markRulesRunning,
  type Movers,
  type Pending,
  pendingPosition,
  pendingStart,
  recordRuleFailure,
  type SavedLicenses,
  saveDeletedLicenses,
  setProcessingState,
  settleAssignments,
  takePending,
} from '@allot/store';
import { causedBy } from '../audit/caused-by.ts';
import type { Actor, Context } from '../context.ts';
import { followRules } from '../rules/follow-rules.ts';
import { failureOf, RULE_ROUNDS_MAX } from '../rules/rule-failure.ts';
import { finishGroupDeletions } from './finish-group-deletions.ts';
import { collectMovements } from './collect-movements.ts';
import { inTenant } from './in-tenant.ts';
import { giveMailAttributes } from './mail-attributes.ts';
import { applyPlanned, planChange, unchangedSeats } from './plan-and-apply.ts';
import { loadTenantWorld, rememberWorld, type TenantWorld, withAcceptedBundles } from './tenant-world.ts';

/** Who processes groups, as the audit log names it. */
export const groupLicensingActor: Actor = {
  kind: 'app',
  id: '2adc6e9c-9a45-4a35-a5a4-1e7e4a1b8c11',
  displayName: 'Allot group-based licensing',
};

/**
 * Settles what was accepted and not settled yet: changed bundles, memberships, users, and groups to be processed again (L-16).
 * Everything that waits is judged together (L-09), in one transaction, up to a limit of users; groups whose licenses are gone by it and
 * whose deletion was accepted are deleted in the same transaction (L-25). Then users who got a mailbox get their mail attributes (L-30).
 * @returns whether more is waiting.
 */
export async function settlePending(ctx: Context): Promise<boolean> {
  const more = await settleAccepted(ctx);
  return (await giveMailAttributes(ctx)) || more;
}

async function settleAccepted(ctx: Context): Promise<boolean> {
  const queued = await takePending(ctx.db, ctx.tenantId);
  const groupIds = queued.groups.map(({ groupId }) => groupId);
  const { rule: ruleQueued } = await pendingPosition(ctx.db, ctx.tenantId);
  const nothingQueued = !queued.userNos.length && !groupIds.length && ruleQueued === 0;
  if (nothingQueued && !(await isGroupDeletionWaiting(ctx.db, ctx.tenantId))) return false;
  if (groupIds.length) await setProcessingState(ctx.db, ctx.tenantId, groupIds, 'ProcessingInProgress');
  if (ruleQueued) await markRulesRunning(ctx.db, ctx.tenantId);

  const { more, after } = await inTenant(ctx, async (trx) => {
    const settled = await settleWithRules(ctx, trx);
    await finishGroupDeletions(ctx, trx, settled.after ?? (await loadTenantWorld(trx, ctx.tenantId)));
    return settled;
  });
  if (after) rememberWorld(after);
  return more;
}

interface Settled {
  readonly more: boolean;
  /** The world as it is then, if it changed. */
  readonly after: TenantWorld | undefined;
}

/**
 * Members follow rules, and licenses members; where rules read licenses, members follow again. All in one transaction, so no change of anybody
 * else is taken for a turn of a loop.
 */
async function settleWithRules(ctx: Context, trx: Handle): Promise<Settled> {
  const { tenantId } = ctx;
  const last = (await pendingPosition(trx, tenantId)).rule;
  let followed = await followRules(ctx, trx, await loadTenantWorld(trx, tenantId));
  let settled = await settleInside(ctx, trx);
  let { more, after } = settled;
  more ||= followed.more;
  // Rows that others wrote are no later than `last`: later ones say whose licenses changed in this transaction.
  for (let round = 1; (await pendingPosition(trx, tenantId)).rule > last; round++) {
    followed = await followRules(ctx, trx, after ?? (await loadTenantWorld(trx, tenantId)), {
      ...pendingStart,
      rule: last,
    });
    if (!followed.changed.length) continue;
    if (round >= RULE_ROUNDS_MAX) await stopRules(ctx, trx, followed.overPlans);
    settled = await settleInside(ctx, trx);
    more ||= settled.more;
    after = settled.after ?? after;
  }
  return { more, after };
}

/** Rules that never come to rest: they are followed no more, and their members stay as they are now. */
async function stopRules(ctx: Context, trx: Handle, groupIds: readonly string[]): Promise<void> {
  for (const groupId of groupIds) await recordRuleFailure(trx, ctx.tenantId, groupId, failureOf('comesAndGoes'));
}

async function settleInside(ctx: Context, trx: Handle): Promise<Settled> {
  const { tenantId } = ctx;
  const pending = await takePending(trx, tenantId);
  const groupIds = [...new Set(pending.groups.map(({ groupId }) => groupId))];
  if (!pending.userNos.length && !groupIds.length) return { more: false, after: undefined };

  const before = await loadTenantWorld(trx, tenantId);
  const after = groupIds.length ? await withAcceptedBundles(trx, before, groupIds) : before;
  const { movements, movers, loaded } = await collectMovements(trx, before, after, pending, groupIds);
  const concerned: CohortSelection[] = groupIds.length ? [{ by: 'group', groupIds }] : [];
  const planned = await planChange(trx, tenantId, {
    before: before.world,
    after: after.world,
    seats: unchangedSeats(await loadSeats(trx, tenantId)),
    concerned,
    movements,
    movers,
    reactToSeats: before.tenant.autoResolve,
    loaded,
  });
  await saveDeletedLicenses(trx, tenantId, licensesOfLeaving(planned.plan, movers, before));
  const activity = groupIds.length ? 'Finish applying group based license to users' : 'Change user license';
  const correlationId = await correlationOf(ctx, trx, pending);
  const changeId = await applyPlanned(trx, tenantId, planned, { correlationId, activity });
  const changed = await settleBundles(trx, before, after, groupIds, changeId);
  await finishGroups(ctx, trx, pending, planned.plan);
  await forgetPending(trx, tenantId, pending);
  if (!changed) return { more: pending.more, after: undefined };
  const tenant = await loadTenant(trx, tenantId);
  return { more: pending.more, after: tenant && { ...after, tenant } };
}

/** What those have who leave their cohort for none, because they are deleted. */
const licensesOfLeaving = ({ parts }: Plan, { listed }: Movers, { world }: TenantWorld): SavedLicenses[] =>
  parts.flatMap(({ unit: { movementNo, facts, cohort } }) => {
    if (facts || !cohort || movementNo === undefined) return [];
    const saved = { direct: cohort.state.facts.direct, held: heldBy(cohort.state, world) };
    return saved.direct.length || saved.held.length ? [{ ...saved, userNos: listed.get(movementNo) ?? [] }] : [];
  });

async function settleBundles(
  trx: Handle,
  before: TenantWorld,
  after: TenantWorld,
  groupIds: readonly string[],
  changeId: number,
): Promise<boolean> {
  let changed = false;
  for (const groupId of groupIds) {
    const was = before.world.bundles.get(groupId)?.data;
    const is = after.world.bundles.get(groupId)?.data;
    if (!is || JSON.stringify(was) === JSON.stringify(is)) continue;
    await settleAssignments(trx, before.tenant.tenantId, groupId, is.assignments, changeId);
    changed = true;
  }
  if (changed) await bumpWorld(trx, before.tenant.tenantId);
  return changed;
}

/**
 * L-29: a run carries the correlation id of the change that it follows from. One that follows from several has its own, and an
 * entry that names theirs.
 */
async function correlationOf(ctx: Context, trx: Handle, { causes, userNos, groups }: Pending): Promise<string> {
  const [only] = causes;
  if (typeof only === 'string' && causes.length === 1) return only;
  const known = causes.filter((cause) => cause !== null);
  const details = [
    { key: 'users', value: String(userNos.length) },
    { key: 'groups', value: String(new Set(groups.map(({ groupId }) => groupId)).size) },
    { key: 'causes', value: String(known.length) },
    ...causedBy(known),
  ];
  await insertAudit(trx, ctx.tenantId, [
    {
      activity: 'Change user license',
      category: 'UserManagement',
      correlationId: ctx.correlationId,
      actor: groupLicensingActor,
      targets: [],
      details,
    },
  ]);
  return ctx.correlationId;
}

/** L-18, L-29: how many of each group were done, and how many of them are in error. */
async function finishGroups(ctx: Context, trx: Handle, pending: Pending, plan: Plan): Promise<void> {
  const runs = new Map(pending.groups.map(({ groupId, correlationId }) => [groupId, correlationId]));
  const names = await loadGroupNames(trx, ctx.tenantId, [...runs.keys()]);
  for (const [groupId, correlationId] of runs) {
    const { users, failed } = plan.groups.get(groupId) ?? { users: 0, failed: 0 };
    await setProcessingState(trx, ctx.tenantId, [groupId], 'ProcessingComplete', { done: users, failed });
    const target = { id: groupId, displayName: names.get(groupId) ?? null, type: 'Group' as const };
    const entry = { category: 'GroupManagement' as const, correlationId, actor: groupLicensingActor };
    const result = `[Users successfully assigned licenses: ${users - failed}, Users for whom license assignment failed: ${failed}.]`;
    await insertAudit(trx, ctx.tenantId, [
      { ...entry, activity: 'Start applying group based license to users', targets: [target] },
      {
        ...entry,
        activity: 'Finish applying group based license to users',
        targets: [{ ...target, modifiedProperties: [{ displayName: 'Result', oldValue: null, newValue: result }] }],
      },
    ]);
  }
}
