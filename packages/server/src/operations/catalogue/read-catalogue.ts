import type { PlanData, ProductData } from '@allot/engine';
import type { Context } from '../context.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';

export interface CatalogueProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly appliesTo: 'User' | 'Company';
  readonly servicePlans: readonly CataloguePlan[];
}

export interface CataloguePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly displayName: string;
  readonly service: string;
  readonly appliesTo: string;
  /** Whether the plan gives its user a mailbox (L-11). */
  readonly mailbox: boolean;
  /** Countries in which it is not offered, or the only ones in which it is; null: offered everywhere. */
  readonly locations: { readonly deny: readonly string[] } | { readonly allow: readonly string[] } | null;
}

/** All products of the catalogue, by part number, whether or not the tenant has seats of them. */
export async function listProducts(ctx: Context): Promise<CatalogueProduct[]> {
  const { catalogue } = (await loadTenantWorld(ctx.db, ctx.tenantId)).world;
  return catalogue.data.products
    .map((product) => productOf(product, (planId) => catalogue.planData(planId)))
    .toSorted((a, b) => a.skuPartNumber.localeCompare(b.skuPartNumber, 'en') || (a.skuId < b.skuId ? -1 : 1));
}

/** All plans of the catalogue, by name; also those that no product has. */
export async function listPlans(ctx: Context): Promise<CataloguePlan[]> {
  const { catalogue } = (await loadTenantWorld(ctx.db, ctx.tenantId)).world;
  return catalogue.data.plans
    .map((plan) => planOf(plan))
    .toSorted(
      (a, b) =>
        a.servicePlanName.localeCompare(b.servicePlanName, 'en') || (a.servicePlanId < b.servicePlanId ? -1 : 1),
    );
}

export const productOf = (
  { productId, skuPartNumber, displayName, appliesTo, planIds }: ProductData,
  planData: (planId: string) => PlanData | undefined,
): CatalogueProduct => ({
  skuId: productId,
  skuPartNumber,
  displayName,
  appliesTo,
  servicePlans: planIds.flatMap((planId) => {
    const plan = planData(planId);
    return plan === undefined ? [] : [planOf(plan)];
  }),
});

export const planOf = ({
  planId,
  name,
  displayName,
  service,
  appliesTo,
  mailbox,
  deny,
  allow,
}: PlanData): CataloguePlan => ({
  servicePlanId: planId,
  servicePlanName: name,
  displayName,
  service,
  appliesTo,
  mailbox,
  locations: deny !== null ? { deny } : allow !== null ? { allow } : null,
});
