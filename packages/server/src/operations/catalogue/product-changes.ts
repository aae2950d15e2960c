import type { ProductData } from '@allot/engine';

export interface ProductChange {
  readonly product: ProductData;
  /** undefined: the product is new. */
  readonly before: ProductData | undefined;
  /** Plans that it has now and did not have. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** The products that are new or differ from what the catalogue has, with the plans that came and went. */
export function productChanges(before: readonly ProductData[], wanted: readonly ProductData[]): ProductChange[] {
  const known = new Map(before.map((product) => [product.productId, product]));
  return wanted.flatMap((product) => {
    const was = known.get(product.productId);
    const [had, has] = [new Set(was?.planIds), new Set(product.planIds)];
    const gained = [...has].filter((planId) => !had.has(planId));
    const lost = [...had].filter((planId) => !has.has(planId));
    const same =
      was !== undefined &&
      was.skuPartNumber === product.skuPartNumber &&
      was.displayName === product.displayName &&
      was.appliesTo === product.appliesTo;
    return same && gained.length === 0 && lost.length === 0 ? [] : [{ product, before: was, gained, lost }];
  });
}

/** Plans that products which were there already have gained (L-21). */
export const gainedPlans = (changes: readonly ProductChange[]): { productId: string; planId: string }[] =>
  changes.flatMap(({ product, before, gained }) =>
    before === undefined ? [] : gained.map((planId) => ({ productId: product.productId, planId })),
  );
