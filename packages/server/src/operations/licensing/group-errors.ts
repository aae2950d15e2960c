import { type GroupErrorCause, notFound } from '@allot/contract';
import { type ErrorRow, findGroup, loadErrors, loadSampleUsers } from '@allot/store';
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
  const { db, tenantId } = ctx;
  const { world } = await loadTenantWorld(db, tenantId);
  const causes: GroupErrorCause[] = [];
  for (const [row, { reason, reasons, fixes }] of await explainStoredCauses(ctx, world, rows)) {
    causes.push({
      error: row.error,
      skuId: row.productId,
      skuPartNumber: world.catalogue.products.get(row.productId)?.data.skuPartNumber ?? '',
      count: row.users,
      reason,
      reasons,
      sampleUsers: await loadSampleUsers(db, tenantId, row.cohortNos, SAMPLE_USERS_MAX),
      fixes,
    });
  }
  return causes;
}
