import type { ProductData } from '@allot/engine';
import { holdPlansOff, loadCatalogue, loadTenant, upsertProducts } from '@allot/store';
import { badRequest } from '@allot/contract';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { gainedPlans, productChanges } from './product-changes.ts';
import { type CatalogueProduct, productOf } from './read-catalogue.ts';

/** Plans of one product at most; Microsoft's largest has some ninety. */
export const PLANS_PER_PRODUCT_MAX = 500;

/**
 * Adds a product to the catalogue, or makes it be this: then everybody who has it is settled (L-16, L-21). A plan that it
 * gains is off in existing groups whose `newPlans` is `off`.
 * @param product plan ids each once
 * @returns the product, and whether it is new
 * @throws ApiError 400 when the catalogue lacks a plan
 */
export async function setProduct(
  ctx: Context,
  product: ProductData,
): Promise<{ product: CatalogueProduct; created: boolean }> {
  const created = await changeWorld(ctx, 'catalogue', 'Set product', async (trx) => {
    const tenant = await loadTenant(trx, ctx.tenantId);
    const before = await loadCatalogue(trx, ctx.tenantId, tenant?.ruleSet ?? '');
    const known = new Set(before.plans.map(({ planId }) => planId));
    const unknown = product.planIds.filter((planId) => !known.has(planId));
    if (unknown.length > 0) throw unknownPlans(unknown);
    const changes = productChanges(before.products, [product]);
    await upsertProducts(
      trx,
      ctx.tenantId,
      changes.map((change) => change.product),
    );
    await holdPlansOff(trx, ctx.tenantId, gainedPlans(changes));
    const was = before.products.find(({ productId }) => productId === product.productId);
    const modified = modifiedProperties({ ...was }, { ...product, planIds: product.planIds.toSorted() });
    await auditCatalogue(
      trx,
      ctx,
      'Set product',
      { id: product.productId, displayName: product.displayName },
      modified,
    );
    return was === undefined;
  });
  const { catalogue } = (await loadTenantWorld(ctx.db, ctx.tenantId)).world;
  return { product: productOf(product, catalogue), created };
}

/** `ids` are plans that the catalogue does not have. */
export const unknownPlans = (ids: readonly string[]) =>
  badRequest(
    `The catalogue has no service plan ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}.`,
    'Define it with PUT /allot/v1/catalogue/plans/{planId} first, or correct the id.',
  );
