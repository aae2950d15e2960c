import { licenseErrors } from '@allot/contract';
import type { Assignment, Catalogue } from '@allot/engine';

export interface AddLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** The body of assignLicense, already known to have this shape. */
export interface AssignLicenseBody {
  readonly addLicenses: readonly AddLicense[];
  readonly removeLicenses: readonly string[];
}

/**
 * L-24, first part, the same for users and groups: products that the tenant owns, that are for users, with disabledPlans of theirs.
 * @param owned products with a subscription
 * @returns the assignments to add, plans sorted; the last wins when a product is named twice.
 */
export function checkAssignments(
  catalogue: Catalogue,
  owned: ReadonlySet<string>,
  body: AssignLicenseBody,
): Assignment[] {
  const added = new Map<string, Assignment>();
  for (const { skuId, disabledPlans } of body.addLicenses) {
    const productId = skuId.toLowerCase();
    const product = catalogue.products.get(productId);
    if (!product || !owned.has(productId)) throw licenseErrors.notOwned(skuId);
    if (product.data.appliesTo === 'Company') throw licenseErrors.company(product.data.skuPartNumber);
    const disabled = [...new Set(disabledPlans.map((planId) => planId.toLowerCase()))].toSorted();
    const foreign = disabled.find((planId) => !product.data.planIds.includes(planId));
    if (foreign !== undefined) throw licenseErrors.foreignPlan(foreign, skuId);
    added.set(productId, { productId, disabledPlans: disabled });
  }
  for (const skuId of body.removeLicenses) {
    if (!catalogue.products.has(skuId.toLowerCase())) throw licenseErrors.notOwned(skuId);
  }
  return [...added.values()];
}

/** The assignments after a call; adding a product that is there replaces its disabledPlans. */
export const changedAssignments = (
  current: readonly Assignment[],
  added: readonly Assignment[],
  removed: readonly string[],
): Assignment[] =>
  [
    ...current.filter(({ productId }) => !removed.includes(productId) && !added.some((a) => a.productId === productId)),
    ...added,
  ].toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
