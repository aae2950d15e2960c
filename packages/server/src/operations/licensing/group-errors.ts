import { notFound } from '@allot/contract';
import { entriesOf, type World } from '@allot/engine';
import {
  countWaiting,
  findGroup,
  type ErrorRow,
  loadCohorts,
  loadErrors,
  loadGroupNames,
  loadOwnedProducts,
  loadSampleUsers,
  type SampleUser,
  type StoredCohort,
} from '@allot/store';
import type { Context } from '../context.ts';
import { productsWith, sourcesOf } from './explain-user.ts';
import { inSnapshot } from './in-snapshot.ts';
import { type Naming, reasonSentence } from './reason-sentence.ts';
import { loadTenantWorld } from './tenant-world.ts';

export interface GroupError {
  readonly error: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** Users concerned. */
  readonly count: number;
  /** In words, for one of the users concerned. */
  readonly reason: string;
  readonly sampleUsers: readonly SampleUser[];
}

/** Users named with an error, so that an administrator can look at some. */
const SAMPLE_USERS_MAX = 5;

/** Errors of a group folded by product and cause. */
export const groupErrors = (ctx: Context, groupId: string): Promise<GroupError[]> =>
  inSnapshot(ctx, (snapshot) => errorsInside(snapshot, groupId));

async function errorsInside(ctx: Context, groupId: string): Promise<GroupError[]> {
  const { db, tenantId } = ctx;
  if (!(await findGroup(db, tenantId, groupId))) throw notFound(groupId);
  const { world } = await loadTenantWorld(db, tenantId);
  const rows = await loadErrors(db, tenantId, groupId);
  const shown = rows.flatMap(({ cohortNos }) => cohortNos[0] ?? []);
  const cohorts = new Map(
    (await loadCohorts(db, tenantId, { by: 'number', cohortNos: shown })).map((c) => [c.cohortNo, c]),
  );
  const groups = [...new Set([...cohorts.values()].flatMap(({ state }) => state.facts.groups))];
  const names = await loadGroupNames(db, tenantId, groups);
  const owned = await loadOwnedProducts(db, tenantId);
  const waiting = await countWaiting(db, tenantId);

  const errors: GroupError[] = [];
  for (const row of rows) {
    errors.push({
      error: row.error,
      skuId: row.productId,
      skuPartNumber: world.catalogue.products.get(row.productId)?.data.skuPartNumber ?? '',
      count: row.users,
      reason: sentenceFor(row, cohorts.get(row.cohortNos[0] ?? -1), { world, names, owned, waiting }),
      sampleUsers: await loadSampleUsers(db, tenantId, row.cohortNos, SAMPLE_USERS_MAX),
    });
  }
  return errors;
}

interface Known {
  readonly world: World;
  readonly names: ReadonlyMap<string, string>;
  readonly owned: ReadonlySet<string>;
  readonly waiting: ReadonlyMap<string, number>;
}

function sentenceFor(row: ErrorRow, cohort: StoredCohort | undefined, { world, names, owned, waiting }: Known): string {
  if (!cohort) return row.error;
  const entries = entriesOf(cohort.state, world);
  const entry = entries.find(({ source, productId }) => source === row.groupId && productId === row.productId);
  if (!entry?.reason) return row.error;
  if (entry.reason.error === 'CountViolation') {
    const product = world.catalogue.products.get(row.productId)?.data.displayName ?? row.productId;
    return `No seat of ${product} is free; ${waiting.get(row.productId) ?? 0} users of the tenant wait for one. Buy seats, or take some back.`;
  }
  const naming: Naming = {
    world,
    groupName: (groupId) => names.get(groupId) ?? groupId,
    country: cohort.state.facts.place || 'the usage location of these users',
    position: () => undefined,
    sharedAddresses: [],
    sourcesOf: (planId) => sourcesOf(planId, entries, world),
    ownedWith: (planId) => productsWith(planId, owned, world),
  };
  return reasonSentence(entry.reason, naming, entry.isKept);
}
