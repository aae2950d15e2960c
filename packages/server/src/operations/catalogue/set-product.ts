import type { ProductData } from '@allot/engine';
import { holdPlansOff, loadCatalogue, loadTenant, upsertProducts } from '@allot/store';
import { badRequest } from '@allot/contract';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { changeCatalogue, type ChangeOptions, type Shown } from './catalogue-change.ts';
import { gainedPlans, productChanges } from './product-changes.ts';
import { type CatalogueProduct, productOf } from './read-catalogue.ts';
import { named } from './still-in-use.ts';

/** Plans of one product at most; Microsoft's largest has some ninety. */
export const PLANS_PER_PRODUCT_MAX = 500;

/**
 * Adds a product to the catalogue, or makes it be this: then everybody who has it is settled (L-16, L-21). A plan that it
 * gains is off in existing groups whose `newPlans` is `off`.
 * @param product plan ids each once
 * @returns the product, whether it is new, and what that changes for whom
 * @throws ApiError 400 when the catalogue lacks a plan
 */
export async function setProduct(
  ctx: Context,
  product: ProductData,
  options: ChangeOptions = {},
): Promise<Shown<{ readonly product: CatalogueProduct; readonly created: boolean }>> {
  return changeCatalogue(ctx, 'Set product', options, async (trx) => {
    const tenant = await loadTenant(trx, ctx.tenantId);
    const before = await loadCatalogue(trx, ctx.tenantId, tenant?.ruleSet ?? '');
    const known = new Map(before.plans.map((plan) => [plan.planId, plan]));
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
    const inOrder = { ...product, planIds: product.planIds.toSorted() };
    const modified = modifiedProperties({ ...was }, { ...inOrder });
    await auditCatalogue(
      trx,
      ctx,
      'Set product',
      { id: product.productId, displayName: product.displayName },
      modified,
    );
    return {
      result: { product: productOf(inOrder, (planId) => known.get(planId)), created: was === undefined },
      changes,
    };
  });
}

/** `ids` are plans that the catalogue does not have. */
export const unknownPlans = (ids: readonly string[]) =>
  badRequest(
    `The catalogue has no service plan ${named(ids)}.`,
    'Define it with PUT /allot/v1/catalogue/plans/{planId} first, or correct the id.',
  );
