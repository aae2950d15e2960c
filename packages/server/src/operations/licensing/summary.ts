import { countPending, countUsers, countWaiting, loadErrorSummary, loadSubscribedUnits } from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from './in-snapshot.ts';
import { capabilityOf } from './read-subscribed-skus.ts';
import { loadTenantWorld } from './tenant-world.ts';

export interface ProductSummary {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  /** `capabilityStatus` of Graph. */
  readonly status: string;
  readonly usable: number;
  readonly consumed: number;
  readonly free: number;
  readonly waiting: number;
}

export interface TenantSummary {
  readonly tenant: { readonly id: string; readonly displayName: string };
  readonly users: number;
  /** Seats consumed, of all products together. */
  readonly licensesGranted: number;
  readonly products: readonly ProductSummary[];
  readonly errors: readonly { readonly error: string; readonly count: number; readonly groups: number }[];
  readonly pending: number;
}

/** What an administrator wants to know first. */
export const summary = (ctx: Context): Promise<TenantSummary> => inSnapshot(ctx, summarize);

async function summarize(ctx: Context): Promise<TenantSummary> {
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
  return {
    tenant: { id: tenantId, displayName: tenant.displayName },
    users: await countUsers(db, tenantId),
    licensesGranted: products.reduce((sum, { consumed }) => sum + consumed, 0),
    products,
    errors: await loadErrorSummary(db, tenantId),
    pending: await countPending(db, tenantId),
  };
}
