import { convertKept, type GroupId, type Movement } from '@allot/engine';
import {
  type Handle,
  insertAudit,
  isGroupDeletionWaiting,
  loadCohorts,
  loadSeats,
  lockDeletableGroups,
  markGroupsDeleted,
  notePendingAbove,
  notePendingRules,
  type WaitingDeletion,
} from '@allot/store';
import { causedBy } from '../audit/caused-by.ts';
import type { Context } from '../context.ts';
import { groupEntry } from '../directory/audit-entries.ts';
import { applyPlanned, planChange, unchangedSeats } from './plan-and-apply.ts';
import type { TenantWorld } from './tenant-world.ts';

/** What may become direct when its group goes; with `onGroupDelete: "error"` nothing may. What waits to be replaced (`Other`) may not. */
const convertible = { convert: ['DependencyViolation', 'UniquenessViolation'], error: [] } as const;

/**
 * L-25, second half: deletes the groups whose licenses are gone, in the transaction that settled them. What cannot go (L-08) becomes direct
 * first; groups with something that may not wait on.
 */
export async function finishGroupDeletions(ctx: Context, trx: Handle, tenantWorld: TenantWorld): Promise<void> {
  const { tenantId } = ctx;
  if (!(await isGroupDeletionWaiting(trx, tenantId))) return;
  const groups = await lockDeletableGroups(trx, tenantId, convertible[tenantWorld.tenant.onGroupDelete]);
  if (!groups.length) return;
  const groupIds = groups.map(({ groupId }) => groupId);
  const [only] = groups.length === 1 ? groups : [];
  const correlationId = only?.correlationId ?? ctx.correlationId;
  const converted = await convertToDirect({ ...ctx, correlationId }, trx, tenantWorld, groupIds);
  await markGroupsDeleted(trx, tenantId, groupIds);
  await notePendingAbove(trx, tenantId, groupIds, correlationId);
  const reads = groupIds.map((groupId) => `memberof:${groupId}`);
  await notePendingRules(trx, tenantId, 'everybody', { reads }, correlationId);
  await insertAudit(
    trx,
    tenantId,
    groups.map((group) => deletionEntry(ctx, group, converted.get(group.groupId) ?? 0)),
  );
  if (!only && converted.size) await insertAudit(trx, tenantId, [conversionEntry(ctx, groups)]);
}

/**
 * What these groups still give becomes direct: a change of the facts of whole cohorts, for which nobody's seat or plan changes and no user is
 * touched.
 * @returns users with something converted, by group
 */
async function convertToDirect(
  ctx: Context,
  trx: Handle,
  { tenant, world }: TenantWorld,
  groupIds: readonly GroupId[],
): Promise<ReadonlyMap<GroupId, number>> {
  const { tenantId } = tenant;
  const going = new Set(groupIds);
  const users = new Map<GroupId, number>();
  const cohorts = await loadCohorts(trx, tenantId, { by: 'group', groupIds });
  const movements = cohorts.flatMap(({ cohortNo, members, state }): readonly Omit<Movement, 'movementNo'>[] => {
    const conversion = convertKept(state, going, world);
    if (!conversion) return [];
    for (const source of new Set(conversion.converted.map((one) => one.source)))
      users.set(source, (users.get(source) ?? 0) + members);
    return [{ from: cohortNo, count: members, ...conversion }];
  });
  if (!movements.length) return users;
  const numbered = movements.map((movement, movementNo) => ({ movementNo, ...movement }));
  const planned = await planChange(trx, tenantId, {
    before: world,
    after: world,
    seats: unchangedSeats(await loadSeats(trx, tenantId)),
    concerned: [],
    movements: numbered,
    movers: {
      listed: new Map(),
      wholes: new Map(numbered.flatMap(({ movementNo, from }) => (from === undefined ? [] : [[movementNo, from]]))),
    },
    reactToSeats: tenant.autoResolve,
    loaded: cohorts,
  });
  await applyPlanned(trx, tenantId, planned, { correlationId: ctx.correlationId, activity: 'Delete group' });
  return users;
}

/** L-29: one change made licenses of several groups direct; it names what caused it. */
const conversionEntry = (ctx: Context, groups: readonly WaitingDeletion[]) => ({
  activity: 'Change user license' as const,
  category: 'UserManagement' as const,
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [],
  details: causedBy([...new Set(groups.map(({ correlationId }) => correlationId))]),
});

function deletionEntry(ctx: Context, { groupId, displayName, actor, correlationId }: WaitingDeletion, users: number) {
  const entry = groupEntry({ ...ctx, actor, correlationId }, 'Delete group', { id: groupId, displayName });
  if (users === 0) return entry;
  return { ...entry, details: [{ key: 'Users whose licenses became direct', value: String(users) }] };
}
