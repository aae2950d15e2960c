import { loadSubscribedUnits, type SubscribedUnits } from '@allot/store';
import type { Context } from '../context.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** Graph's subscribedSku. */
export interface SubscribedSku {
  readonly accountId: string;
  readonly accountName: string;
  readonly appliesTo: string;
  readonly capabilityStatus: string;
  readonly consumedUnits: number;
  /** `{tenantId}_{skuId}` */
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly subscriptionIds: readonly string[];
  readonly prepaidUnits: {
    readonly enabled: number;
    readonly suspended: number;
    readonly warning: number;
    readonly lockedOut: number;
  };
  readonly servicePlans: readonly {
    readonly servicePlanId: string;
    readonly servicePlanName: string;
    readonly provisioningStatus: string;
    readonly appliesTo: string;
  }[];
}

/** Products with a subscription, by part number. */
export async function readSubscribedSkus(ctx: Context): Promise<SubscribedSku[]> {
  const { tenant, world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const units = await loadSubscribedUnits(ctx.db, ctx.tenantId);
  return units.flatMap((row) => {
    const product = world.catalogue.products.get(row.productId)?.data;
    if (!product) return [];
    const capabilityStatus = statusOf(row);
    const usable = capabilityStatus === 'Enabled' || capabilityStatus === 'Warning';
    return {
      accountId: ctx.tenantId,
      accountName: tenant.displayName,
      appliesTo: product.appliesTo,
      capabilityStatus,
      consumedUnits: row.consumed,
      id: `${ctx.tenantId}_${row.productId}`,
      skuId: row.productId,
      skuPartNumber: product.skuPartNumber,
      subscriptionIds: row.subscriptionIds,
      prepaidUnits: { enabled: row.enabled, suspended: row.suspended, warning: row.warning, lockedOut: row.lockedOut },
      servicePlans: product.planIds.map((planId) => ({
        servicePlanId: planId,
        servicePlanName: world.catalogue.planData(planId)?.name ?? '',
        provisioningStatus: usable ? 'Success' : 'Disabled',
        appliesTo: world.catalogue.planData(planId)?.appliesTo ?? 'User',
      })),
    };
  });
}

/** The best state that the product still has units in. */
function statusOf({ enabled, warning, suspended, lockedOut }: SubscribedUnits): string {
  if (enabled > 0) return 'Enabled';
  if (warning > 0) return 'Warning';
  if (suspended > 0) return 'Suspended';
  return lockedOut > 0 ? 'LockedOut' : 'Enabled';
}
