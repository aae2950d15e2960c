import { type Facts, heldBy, type Movement, type Plan } from '@allot/engine';
import {
  bumpWorld,
  type CohortSelection,
  COMPARED_GROUPS_MAX,
  countGroupMovements,
  forgetPending,
  type Handle,
  insertAudit,
  isGroupDeletionWaiting,
  loadCohorts,
  loadSeats,
  loadTenant,
  type Movers,
  type Pending,
  type SavedLicenses,
  saveDeletedLicenses,
  setProcessingState,
  settleAssignments,
  type StoredCohort,
  takePending,
} from '@allot/store';
import type { Actor, Context } from '../context.ts';
import { finishGroupDeletions } from './finish-group-deletions.ts';
import { inTenant } from './in-tenant.ts';
import { listMovements } from './list-movements.ts';
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
 * whose deletion was accepted are deleted in the same transaction (L-25).
 * @returns whether more is waiting.
 */
export async function settlePending(ctx: Context): Promise<boolean> {
  const queued = await takePending(ctx.db, ctx.tenantId);
  const groupIds = queued.groups.map(({ groupId }) => groupId);
  const nothingQueued = !queued.userNos.length && !groupIds.length;
  if (nothingQueued && !(await isGroupDeletionWaiting(ctx.db, ctx.tenantId))) return false;
  if (groupIds.length) await setProcessingState(ctx.db, ctx.tenantId, groupIds, 'ProcessingInProgress');

  const { more, after } = await inTenant(ctx, async (trx) => {
    const settled = await settleInside(ctx, trx);
    await finishGroupDeletions(ctx, trx, settled.after ?? (await loadTenantWorld(trx, ctx.tenantId)));
    return settled;
  });
  if (after) rememberWorld(after);
  return more;
}

async function settleInside(ctx: Context, trx: Handle): Promise<{ more: boolean; after: TenantWorld | undefined }> {
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
  const changeId = await applyPlanned(trx, tenantId, planned, { correlationId: ctx.correlationId, activity });
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

/** Users named one by one, users by whom memberships and facts differ, and cohorts that leave a group as a whole. */
async function collectMovements(
  trx: Handle,
  before: TenantWorld,
  after: TenantWorld,
  pending: Pending,
  groupIds: readonly string[],
): Promise<{ movements: readonly Movement[]; movers: Movers; loaded: readonly StoredCohort[] }> {
  const { tenantId, defaultUsageLocation } = before.tenant;
  const licensed = new Set(after.licensedGroupIds);
  const sources = {
    places: after.world.catalogue.places,
    defaultUsageLocation,
    licensedGroupIds: after.licensedGroupIds,
  };
  const one = await listMovements(trx, tenantId, pending.userNos, sources, { always: false, movementNoFirst: 0 });

  const unlicensed = new Set(groupIds.filter((groupId) => !licensed.has(groupId)));
  // Facts follow the members of a group that was licensed before; who came or went is pending by name. So a changed bundle alone
  // needs no comparison, which would read every member.
  const licensedBefore = new Set(before.licensedGroupIds);
  const membersKnown = new Set(
    [...Map.groupBy(pending.groups, ({ groupId }) => groupId)].flatMap(([groupId, rows]) =>
      licensedBefore.has(groupId) && rows.every(({ reason }) => reason === 'bundle') ? groupId : [],
    ),
  );
  const compared = {
    groupIds: groupIds
      .filter((groupId) => licensed.has(groupId) && !membersKnown.has(groupId))
      .slice(0, COMPARED_GROUPS_MAX),
    exceptUserNos: [...one.listed.values()].flat(),
  };
  const counted = await countGroupMovements(trx, tenantId, compared);
  let movementNo = one.movements.length;
  const byGroups = counted.map((movement) => ({ movementNo: movementNo++, movement }));

  const loaded = await loadCohorts(trx, tenantId, {
    by: 'number',
    cohortNos: [...new Set(counted.map(({ from }) => from))],
  });
  const states = new Map(loaded.map((cohort) => [cohort.cohortNo, cohort]));
  const movements: Movement[] = [...one.movements];
  for (const { movementNo: no, movement } of byGroups) {
    const facts = states.get(movement.from)?.state.facts;
    if (!facts) throw new Error(`cohort ${movement.from} has members and does not exist`);
    const groups = [
      ...facts.groups.filter((g) => !unlicensed.has(g) && !movement.lost.includes(g)),
      ...movement.gained,
    ].toSorted();
    movements.push({ movementNo: no, from: movement.from, facts: { ...facts, groups }, count: movement.count });
  }
  const { wholes, wholeMovements } = await leavingCohorts(trx, tenantId, unlicensed, movements, movementNo);
  movements.push(...wholeMovements);
  return { movements, movers: { listed: one.listed, compared, byGroups, wholes }, loaded };
}

/** Cohorts whose facts name a group that licenses nobody any more: all their members that nobody else moves. */
async function leavingCohorts(
  trx: Handle,
  tenantId: string,
  unlicensed: ReadonlySet<string>,
  others: readonly Movement[],
  movementNoFirst: number,
) {
  const wholes = new Map<number, number>();
  const wholeMovements: Movement[] = [];
  if (!unlicensed.size) return { wholes, wholeMovements };
  for (const { cohortNo, members, state } of await loadCohorts(trx, tenantId, {
    by: 'group',
    groupIds: [...unlicensed],
  })) {
    const groups = state.facts.groups.filter((groupId) => !unlicensed.has(groupId));
    if (groups.length === state.facts.groups.length) continue;
    const moved = others.reduce((sum, { from, count }) => sum + (from === cohortNo ? count : 0), 0);
    if (moved === members) continue;
    const facts: Facts = { ...state.facts, groups };
    const movementNo = movementNoFirst + wholes.size;
    wholes.set(movementNo, cohortNo);
    wholeMovements.push({ movementNo, from: cohortNo, facts, count: members - moved });
  }
  return { wholes, wholeMovements };
}

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

/** L-18, L-29: how many of each group were done, and how many of them are in error. */
async function finishGroups(ctx: Context, trx: Handle, pending: Pending, plan: Plan): Promise<void> {
  const runs = new Map(pending.groups.map(({ groupId, correlationId }) => [groupId, correlationId]));
  for (const [groupId, correlationId] of runs) {
    const { users, failed } = plan.groups.get(groupId) ?? { users: 0, failed: 0 };
    await setProcessingState(trx, ctx.tenantId, [groupId], 'ProcessingComplete', { done: users, failed });
    const target = { id: groupId, displayName: null, type: 'Group' as const };
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
