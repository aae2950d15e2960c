import type { CatalogueData, PlanData, ProductData } from '@allot/engine';
import type { ModelCatalogue, ModelPlan, ModelProduct } from '../model/catalogue.ts';

/** The model's catalogue as the engine and the store know it. */
export const catalogueDataOf = ({ plans, products, exclusions, requirements }: ModelCatalogue): CatalogueData => ({
  plans: plans.map(planDataOf),
  products: products.map(productDataOf),
  exclusions,
  requirements,
});

export const planDataOf = ({ id, mailbox, deny, allow }: ModelPlan): PlanData => ({
  planId: id,
  name: id,
  displayName: id,
  service: '',
  appliesTo: 'User',
  mailbox: mailbox ?? false,
  deny: deny ?? null,
  allow: allow ?? null,
});

export const productDataOf = ({ id, plans, company }: ModelProduct): ProductData => ({
  productId: id,
  skuPartNumber: id,
  displayName: id,
  appliesTo: company ? 'Company' : 'User',
  planIds: plans.toSorted(),
});
