import { bitsOf, common, intersects, severalIn } from '../catalogue/plan-set.ts';
import type { Check } from './check.ts';

/** L-06 check 3: against what is in force, and inside the candidate. A plan does not exclude itself. */
export const plansNotExclusive: Check = ({ plans }, { catalogue, inForce, candidate }) => {
  for (const exclusion of catalogue.exclusions) {
    if (!intersects(exclusion.plans, plans) || !severalIn(exclusion.plans, inForce, candidate)) continue;
    const mine = bitsOf(common(exclusion.plans, plans));
    for (const others of [inForce, candidate]) {
      for (const other of bitsOf(common(exclusion.plans, others))) {
        const plan = mine.find((bit) => bit !== other);
        if (plan === undefined) continue;
        return {
          error: 'MutuallyExclusiveViolation',
          plan: catalogue.planIds[plan] ?? '',
          excludes: catalogue.planIds[other] ?? '',
          rule: exclusion.name,
        };
      }
    }
  }
  return undefined;
};
