import type { Collection } from '@allot/contract';
import { useRead } from './use-api.ts';

/** A product of the catalogue with its service plans. */
export interface Product {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly appliesTo: string;
  readonly servicePlans: readonly Plan[];
}

export interface Plan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly displayName: string;
  /** `User`, or `Company` for what nobody can switch. */
  readonly appliesTo: string;
}

const none: readonly never[] = [];

/** The catalogue's products and plans, with a way from ids to words. */
export function useProducts(): CatalogueNames {
  const products = useRead<Collection<Product>>('/allot/v1/catalogue/products').data?.value ?? none;
  const plans = useRead<Collection<Plan>>('/allot/v1/catalogue/plans').data?.value ?? none;
  return latestNames(products, plans);
}

/** There is one catalogue, and every row of a table asks for its names: they are put in order once for all of them. */
let latest = namesOf(none, none);

function latestNames(products: readonly Product[], plans: readonly Plan[]): CatalogueNames {
  if (latest.products !== products || latest.plans !== plans) latest = namesOf(products, plans);
  return latest;
}

type CatalogueNames = ReturnType<typeof namesOf>;

function namesOf(products: readonly Product[], plans: readonly Plan[]) {
  const productById = new Map(products.map((product) => [product.skuId, product]));
  const planById = new Map(plans.map((plan) => [plan.servicePlanId, plan]));
  return {
    products,
    plans,
    /** In words; the id for what the catalogue does not know. */
    productName: (skuId: string) =>
      productById.get(skuId)?.displayName || productById.get(skuId)?.skuPartNumber || skuId,
    planName: (planId: string) => planById.get(planId)?.displayName || planById.get(planId)?.servicePlanName || planId,
    /** Plans that are switched for each user; the others are on for the whole organization, whatever anybody has. */
    plansOfUsers: (planIds: readonly string[]) =>
      planIds.filter((planId) => planById.get(planId)?.appliesTo !== 'Company'),
    productById,
    planById,
  };
}
