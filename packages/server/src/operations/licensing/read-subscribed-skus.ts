import type { Catalogue, SubscriptionStatus } from '@allot/engine';
import { loadSubscribedUnits } from '@allot/store';
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
    const capabilityStatus = capabilityOf(row.standing);
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
      servicePlans: servicePlansOf(world.catalogue, row.productId, usable),
    };
  });
}

/** Graph's servicePlanInfo of each plan of a product. @param usable whether any seat is */
export const servicePlansOf = (
  catalogue: Catalogue,
  productId: string,
  usable: boolean,
): SubscribedSku['servicePlans'] =>
  (catalogue.products.get(productId)?.data.planIds ?? []).map((planId) => ({
    servicePlanId: planId,
    servicePlanName: catalogue.planData(planId)?.name ?? '',
    provisioningStatus: usable ? 'Success' : 'Disabled',
    appliesTo: catalogue.planData(planId)?.appliesTo ?? 'User',
  }));

/** Graph knows no product that is to come: nothing of it is usable yet. */
export const capabilityOf = (standing: SubscriptionStatus): string =>
  standing === 'Upcoming' ? 'Suspended' : standing;
