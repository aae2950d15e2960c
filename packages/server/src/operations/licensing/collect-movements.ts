import type { Movement } from '@allot/engine';
import {
  type ComparedMovement,
  COMPARED_GROUPS_MAX,
  countGroupMovements,
  type Handle,
  loadCohorts,
  type Movers,
  type Pending,
  type StoredCohort,
} from '@allot/store';
import { listMovements } from './list-movements.ts';
import type { TenantWorld } from './tenant-world.ts';

/** Users named one by one, users by whom memberships and facts differ, and cohorts that leave a group as a whole. */
export async function collectMovements(
  trx: Handle,
  before: TenantWorld,
  after: TenantWorld,
  pending: Pick<Pending, 'userNos' | 'groups'>,
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
  const { differing, movements: counted } = await countGroupMovements(trx, tenantId, compared);
  const loaded = await loadCohorts(trx, tenantId, {
    by: 'number',
    cohortNos: [...new Set(counted.map(({ from }) => from))],
  });
  const cohorts = new Map(loaded.map((cohort) => [cohort.cohortNo, cohort]));
  const movements: Movement[] = [...one.movements];
  const wholes = new Map<number, number>();
  const named = new Map<number, ComparedMovement>();
  for (const movement of counted) {
    const { from, count, gained, lost } = movement;
    const cohort = cohorts.get(from);
    if (!cohort) throw new Error(`cohort ${from} has members and does not exist`);
    const { facts } = cohort.state;
    const kept = facts.groups.filter((g) => !unlicensed.has(g) && !lost.includes(g));
    const movementNo = movements.length;
    movements.push({ movementNo, from, facts: { ...facts, groups: [...kept, ...gained].toSorted() }, count });
    if (count === cohort.members) wholes.set(movementNo, from);
    else named.set(movementNo, movement);
  }
  await addLeavingCohorts(trx, tenantId, unlicensed, movements, wholes);
  return { movements, movers: { listed: one.listed, compared: { differing, movements: named }, wholes }, loaded };
}

/** Cohorts whose facts name a group that licenses nobody any more: all their members that nobody else moves. */
async function addLeavingCohorts(
  trx: Handle,
  tenantId: string,
  unlicensed: ReadonlySet<string>,
  movements: Movement[],
  wholes: Map<number, number>,
): Promise<void> {
  if (!unlicensed.size) return;
  const moved = new Map<number, number>();
  for (const { from, count } of movements) if (from !== undefined) moved.set(from, (moved.get(from) ?? 0) + count);
  const cohorts = await loadCohorts(trx, tenantId, { by: 'group', groupIds: [...unlicensed] });
  for (const { cohortNo, members, state } of cohorts) {
    const groups = state.facts.groups.filter((groupId) => !unlicensed.has(groupId));
    const count = members - (moved.get(cohortNo) ?? 0);
    if (groups.length === state.facts.groups.length || count === 0) continue;
    const movementNo = movements.length;
    movements.push({ movementNo, from: cohortNo, facts: { ...state.facts, groups }, count });
    wholes.set(movementNo, cohortNo);
  }
}
