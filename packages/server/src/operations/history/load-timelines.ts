import { groupsOf, type Moment, type Past, type Stay, timeline, type World } from '@allot/engine';
import {
  type AppliedChangeRow,
  loadBundleVersions,
  loadChanges,
  loadCohorts,
  loadCohortVersions,
  loadProductVersions,
  loadStays,
} from '@allot/store';
import type { Context } from '../context.ts';

export interface Timelines {
  /** Oldest first, by user number. Users who never had anything have no moment. */
  readonly moments: ReadonlyMap<number, readonly Moment[]>;
  /** Every change that a moment names. */
  readonly changes: ReadonlyMap<number, AppliedChangeRow>;
}

/** What users had when, and by which changes (L-31). To be called in a snapshot. */
export async function loadTimelines(ctx: Context, world: World, userNos: readonly number[]): Promise<Timelines> {
  if (!userNos.length) return { moments: new Map(), changes: new Map() };
  const { db, tenantId } = ctx;
  const stays = await loadStays(db, tenantId, userNos);
  const past = await loadPast(ctx, world, [...stays.values()].flat());
  const moments = new Map([...stays].map(([userNo, own]) => [userNo, timeline(own, past)]));
  const changeNos = new Set([...moments.values()].flatMap((own) => own.flatMap(({ since }) => since ?? [])));
  return { moments, changes: await loadChanges(db, tenantId, [...changeNos]) };
}

async function loadPast({ db, tenantId }: Context, world: World, stays: readonly Stay[]): Promise<Past> {
  const cohortNos = [...new Set(stays.map(({ cohortNo }) => cohortNo))].filter((cohortNo) => cohortNo !== 0);
  const now = new Map(
    (await loadCohorts(db, tenantId, { by: 'number', cohortNos })).map(({ cohortNo, state }) => [cohortNo, state]),
  );
  const versions = await loadCohortVersions(db, tenantId, cohortNos);
  const cohorts = new Map(
    cohortNos.map((cohortNo) => [cohortNo, { now: now.get(cohortNo), before: versions.get(cohortNo) ?? [] }]),
  );
  const states = [...cohorts.values()].flatMap(({ now: present, before }) => [
    ...before.map(({ value }) => value),
    ...(present ? [present] : []),
  ]);
  const groupIds = [...new Set(states.flatMap(groupsOf))];
  return {
    world,
    cohorts,
    bundles: await loadBundleVersions(db, tenantId, groupIds),
    products: await loadProductVersions(db, tenantId),
  };
}
