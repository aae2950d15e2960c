import type { Action, ScenarioCatalogue } from './scenario.ts';

/** The plans that each product of a scenario has now: products change on the way (L-21). */
export class Products {
  readonly #plans = new Map<string, readonly string[]>();

  constructor({ products }: ScenarioCatalogue) {
    for (const { productId, planIds } of products.values()) this.#plans.set(productId, planIds);
  }

  apply(action: Action): void {
    if (action.kind === 'defineProduct') this.#plans.set(action.product.productId, action.product.planIds);
  }

  readonly plansOf = (productId: string): readonly string[] => this.#plans.get(productId) ?? [];
}
