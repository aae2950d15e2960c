import { badRequest } from '@allot/contract';
import type { Catalogue, Product } from '@allot/engine';
import type { ImportedLicense } from '../../imports/license-text.ts';
import type { AddLicense } from '../licensing/check-assignments.ts';

/**
 * Finds products by part number and plans by name, or either by id, without case. Microsoft gives one part number to two
 * products: then the one that the tenant owns is meant.
 * @param owned products with a subscription
 */
export function licenseResolver(
  catalogue: Catalogue,
  owned: ReadonlySet<string>,
): (licenses: readonly ImportedLicense[]) => AddLicense[] {
  const byPartNumber = Map.groupBy(catalogue.products.values(), ({ data }) => data.skuPartNumber.toLowerCase());
  const find = (name: string): Product => {
    const byId = catalogue.products.get(name.toLowerCase());
    const named = byId ? [byId] : (byPartNumber.get(name.toLowerCase()) ?? []);
    const mine = named.filter(({ productId }) => owned.has(productId));
    const [product, other] = mine.length > 0 ? mine : named;
    if (product === undefined) {
      throw badRequest(
        `${name} is no product of the catalogue.`,
        'Correct the part number, or import the product list first.',
      );
    }
    if (other !== undefined) {
      throw badRequest(
        `${name} is the part number of ${product.productId} and of ${other.productId}.`,
        'Write the id of the product that is meant instead.',
      );
    }
    return product;
  };
  return (licenses) =>
    licenses.map(({ skuPartNumber, disabledPlans }) => {
      const { productId, data } = find(skuPartNumber);
      return {
        skuId: productId,
        disabledPlans: disabledPlans.map((name) => planOf(name, skuPartNumber, data.planIds, catalogue)),
      };
    });
}

function planOf(name: string, skuPartNumber: string, planIds: readonly string[], catalogue: Catalogue): string {
  const wanted = name.toLowerCase();
  const found = planIds.find(
    (planId) => planId === wanted || catalogue.planData(planId)?.name.toLowerCase() === wanted,
  );
  if (found === undefined) {
    throw badRequest(`${skuPartNumber} has no service plan ${name}.`, 'Correct the name of the plan, or leave it out.');
  }
  return found;
}
