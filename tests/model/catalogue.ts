/** The catalogue of the naive model (L-21): plans, products, and the rules between plans. */
export interface ModelCatalogue {
  plans: ModelPlan[];
  products: ModelProduct[];
  /** Inside one set every two different plans exclude each other. */
  exclusions: ModelExclusion[];
  /** `plan` needs at least one of `anyOf`; a plan may have several requirements and needs them all met. */
  requirements: ModelRequirement[];
}

export interface ModelPlan {
  id: string;
  mailbox?: boolean;
  /** Countries in which the plan is not offered. */
  deny?: string[];
  /** The only countries in which the plan is offered. */
  allow?: string[];
}

export interface ModelProduct {
  id: string;
  plans: string[];
  /** A company-level product: nobody can be assigned it (L-24). */
  company?: boolean;
}

export interface ModelExclusion {
  name: string;
  plans: string[];
}

export interface ModelRequirement {
  plan: string;
  anyOf: string[];
}

/** Do the two plans exclude each other (L-06, check 3)? A plan never excludes itself. */
export function excludes(catalogue: ModelCatalogue, one: string, other: string): boolean {
  if (one === other) return false;
  for (const set of catalogue.exclusions) {
    if (set.plans.includes(one) && set.plans.includes(other)) return true;
  }
  return false;
}

/** The first requirement of `plan` that none of `plans` meets (L-06, check 4). */
export function unmetRequirement(
  catalogue: ModelCatalogue,
  plan: string,
  plans: readonly string[],
): ModelRequirement | undefined {
  for (const requirement of catalogue.requirements) {
    if (requirement.plan !== plan) continue;
    if (!requirement.anyOf.some((needed) => plans.includes(needed))) return requirement;
  }
  return undefined;
}

/**
 * Is the plan not offered at `location` (L-06, check 1)? `null` is no country: a plan offered only in listed
 * countries is prohibited there, one prohibited in listed countries is not.
 */
export function isProhibited(catalogue: ModelCatalogue, plan: string, location: string | null): boolean {
  const found = catalogue.plans.find((one) => one.id === plan);
  if (found === undefined) return false;
  if (found.deny !== undefined && location !== null && found.deny.includes(location)) return true;
  return found.allow !== undefined && (location === null || !found.allow.includes(location));
}

export function isMailbox(catalogue: ModelCatalogue, plan: string): boolean {
  return catalogue.plans.some((one) => one.id === plan && one.mailbox === true);
}

/** The plans of the product that `disabledPlans` leaves enabled, sorted; none for a product nobody knows. */
export function enabledPlans(catalogue: ModelCatalogue, productId: string, disabledPlans: readonly string[]): string[] {
  const product = catalogue.products.find((one) => one.id === productId);
  if (product === undefined) return [];
  return product.plans.filter((plan) => !disabledPlans.includes(plan)).toSorted();
}
