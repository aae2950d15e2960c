import { has, intersects } from '../catalogue/plan-set.ts';
import type { Check } from './check.ts';

/** L-06 check 4: each requirement is "any of" a list, in force or in the candidate. */
export const requirementsMet: Check = ({ plans }, { catalogue, inForce, candidate }) => {
  for (const { plan, anyOf } of catalogue.requirements) {
    if (!has(plans, plan) || intersects(anyOf, inForce) || intersects(anyOf, candidate)) continue;
    return {
      error: 'DependencyViolation',
      plan: catalogue.planIds[plan] ?? '',
      anyOf: catalogue.idsOf(anyOf),
    };
  }
  return undefined;
};
