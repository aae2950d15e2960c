import type { Summary } from '@allot/contract';
import {
  countInError,
  countPending,
  countUsers,
  countWaiting,
  loadErrorSummary,
  loadSubscribedUnits,
} from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from './in-snapshot.ts';
import { capabilityOf } from './read-subscribed-skus.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** What an administrator wants to know first. */
export const summary = (ctx: Context): Promise<Summary> => inSnapshot(ctx, summarize);

async function summarize(ctx: Context): Promise<Summary> {
  const { db, tenantId } = ctx;
  const { tenant, world } = await loadTenantWorld(db, tenantId);
  const waiting = await countWaiting(db, tenantId);
  const units = await loadSubscribedUnits(db, tenantId);
  const products = units.map(({ productId, enabled, warning, consumed, standing }) => {
    const data = world.catalogue.products.get(productId)?.data;
    const usable = enabled + warning;
    return {
      skuId: productId,
      skuPartNumber: data?.skuPartNumber ?? productId,
      displayName: data?.displayName ?? productId,
      status: capabilityOf(standing),
      usable,
      consumed,
      free: usable - consumed,
      waiting: waiting.get(productId) ?? 0,
    };
  });
  const inError = await countInError(db, tenantId);
  return {
    tenant: { id: tenantId, displayName: tenant.displayName },
    users: await countUsers(db, tenantId),
    licensesGranted: products.reduce((sum, { consumed }) => sum + consumed, 0),
    products,
    errors: await loadErrorSummary(db, tenantId),
    usersInError: inError.users,
    groupsInError: inError.groups,
    pending: await countPending(db, tenantId),
  };
}
