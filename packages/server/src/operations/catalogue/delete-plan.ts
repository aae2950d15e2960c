import { notFound } from '@allot/contract';
import type { CatalogueData, ProductData } from '@allot/engine';
import { deletePlan as deleteRow, findPlanUse, findProductUse, type Handle, loadCatalogue } from '@allot/store';
import type { Context } from '../context.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { changeCatalogue, type ChangeOptions, type Shown } from './catalogue-change.ts';
import { named, refuseIfUsed, type Use } from './still-in-use.ts';

/**
 * Deletes a service plan that no product has and no rule names (decision 24).
 * @throws ApiError 404; 409 with all that still uses it
 */
export const deletePlan = (ctx: Context, planId: string, options: ChangeOptions = {}): Promise<Shown<undefined>> =>
  changeCatalogue(ctx, 'Delete service plan', options, async (trx) => {
    const catalogue = await loadCatalogue(trx, ctx.tenantId, '');
    const plan = catalogue.plans.find((one) => one.planId === planId);
    if (!plan) throw notFound(planId);
    refuseIfUsed(`service plan ${plan.name}`, 'PlanInUse', await usesOf(trx, ctx.tenantId, planId, catalogue));
    await deleteRow(trx, ctx.tenantId, planId);
    await auditCatalogue(trx, ctx, 'Delete service plan', { id: planId, displayName: plan.displayName }, []);
    return { result: undefined, changes: [] };
  });

async function usesOf(trx: Handle, tenantId: string, planId: string, { products }: CatalogueData): Promise<Use[]> {
  const { productIds, exclusions, requirements, formerProductIds } = await findPlanUse(trx, tenantId, planId);
  const uses: Use[] = [];
  const add = (kind: string, sentence: string) => uses.push({ kind, sentence });
  const productsOf = (ids: readonly string[]): readonly ProductData[] =>
    products.filter(({ productId }) => ids.includes(productId));
  const namesOf = (some: readonly ProductData[]) => named(some.map(({ skuPartNumber }) => skuPartNumber).toSorted());
  if (productIds.length > 0)
    add('products', `Products have it: ${namesOf(productsOf(productIds))}. Take it out of them first.`);
  if (exclusions.length > 0)
    add('exclusions', `Conflicts name it: ${named(exclusions)}. Take it out of them first, in each rule set.`);
  if (requirements > 0)
    add('requirements', `Prerequisites name it: ${requirements}. Take it out of them first, in each rule set.`);
  const former: ProductData[] = [];
  for (const product of productsOf(formerProductIds)) {
    if (productIds.includes(product.productId)) continue;
    const { past, groupIds, users } = await findProductUse(trx, tenantId, product.productId);
    if (past || users > 0 || groupIds.length > 0) former.push(product);
  }
  if (former.length > 0)
    add('history', `What users had by ${namesOf(former)} is told with it, so it stays in the catalogue.`);
  return uses;
}
