import { has, intersects } from '../catalogue/plan-set.ts';
import type { Catalogue, Requirement } from '../catalogue/catalogue.ts';
import type { Check, Reason } from './check.ts';

/** L-06 check 4: each requirement is "any of" a list, in force or in the candidate. */
export const requirementsMet: Check = ({ plans }, { catalogue, inForce, candidate }) => {
  for (const { plan, anyOf } of catalogue.requirements) {
    if (!has(plans, plan) || intersects(anyOf, inForce) || intersects(anyOf, candidate)) continue;
    return dependencyOf(catalogue, { plan, anyOf });
  }
  return undefined;
};

export const dependencyOf = (catalogue: Catalogue, { plan, anyOf }: Requirement): Reason => ({
  error: 'DependencyViolation',
  plan: catalogue.planIds[plan] ?? '',
  anyOf: catalogue.idsOf(anyOf),
});
