import { type GroupErrorCause, notFound } from '@allot/contract';
import {
  type ErrorRow,
  findGroup,
  loadErrors,
  loadSampleUsers,
  loadSampleUsersOfEach,
  type SampleUser,
} from '@allot/store';
import type { Context } from '../context.ts';
import { explainStoredCauses } from './explain-cause.ts';
import { inSnapshot } from './in-snapshot.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** Users named with an error, so that an administrator can look at some. */
const SAMPLE_USERS_MAX = 5;

/** Errors of a group folded by product and cause. @throws ApiError 404 */
export const groupErrors = (ctx: Context, groupId: string): Promise<GroupErrorCause[]> =>
  inSnapshot(ctx, async (snapshot) => {
    const { db, tenantId } = snapshot;
    if (!(await findGroup(db, tenantId, groupId))) throw notFound(groupId);
    return describeCauses(snapshot, await loadErrors(db, tenantId, groupId));
  });

/** Causes as they are answered, in the same order. To be called in a snapshot. */
export async function describeCauses(ctx: Context, rows: readonly ErrorRow[]): Promise<GroupErrorCause[]> {
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const samples = await sampleUsersOf(ctx, rows);
  const causes: GroupErrorCause[] = [];
  for (const [row, { reason, reasons, fixes }] of await explainStoredCauses(ctx, world, rows)) {
    causes.push({
      error: row.error,
      skuId: row.productId,
      skuPartNumber: world.catalogue.products.get(row.productId)?.data.skuPartNumber ?? '',
      count: row.users,
      reason,
      reasons,
      sampleUsers: samples.get(row) ?? [],
      fixes,
    });
  }
  return causes;
}

/**
 * A cause of so many users has its first among every few thousand; at a million users they are found in 3 ms, and those of a cause of three
 * users in 200 ms.
 */
const FREQUENT_USERS_MIN = 1_000;

async function sampleUsersOf(
  { db, tenantId }: Context,
  rows: readonly ErrorRow[],
): Promise<ReadonlyMap<ErrorRow, readonly SampleUser[]>> {
  const samples = new Map<ErrorRow, readonly SampleUser[]>();
  for (const row of rows.filter(({ users }) => users >= FREQUENT_USERS_MIN)) {
    samples.set(row, await loadSampleUsers(db, tenantId, row.cohortNos, SAMPLE_USERS_MAX));
  }
  const rare = rows.filter(({ users }) => users < FREQUENT_USERS_MIN);
  const sets = rare.map(({ cohortNos }) => cohortNos);
  const found = await loadSampleUsersOfEach(db, tenantId, sets, SAMPLE_USERS_MAX);
  for (const [at, row] of rare.entries()) samples.set(row, found[at] ?? []);
  return samples;
}
