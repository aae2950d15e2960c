import type { Catalogue } from '../catalogue/catalogue.ts';
import { addTo, bitsOf, common, has, intersects } from '../catalogue/plan-set.ts';
import type { Assignment } from '../cohort/facts.ts';
import { partsOf } from '../cohort/world.ts';
import type { PlanId } from '../ids.ts';

export type BundleRefusal =
  | { readonly reason: 'exclusive'; readonly plans: readonly PlanId[]; readonly rule: string }
  | { readonly reason: 'dependency'; readonly plan: PlanId; readonly anyOf: readonly PlanId[] };

/** The checks of L-24 on a bundle as it would be: exclusions inside it, and requirements met inside it. */
export function checkBundle(
  catalogue: Catalogue,
  assignments: readonly Assignment[],
  prerequisites: 'group' | 'user',
): BundleRefusal | undefined {
  const plans = catalogue.none.slice();
  for (const part of partsOf(catalogue, assignments)) addTo(plans, part.plans);
  for (const { name, plans: exclusive } of catalogue.exclusions) {
    const together = bitsOf(common(exclusive, plans));
    if (together.length > 1) {
      return { reason: 'exclusive', plans: together.flatMap((bit) => catalogue.planIds[bit] ?? []), rule: name };
    }
  }
  if (prerequisites === 'user') return undefined;
  const unmet = catalogue.requirements.find(({ plan, anyOf }) => has(plans, plan) && !intersects(anyOf, plans));
  return (
    unmet && { reason: 'dependency', plan: catalogue.planIds[unmet.plan] ?? '', anyOf: catalogue.idsOf(unmet.anyOf) }
  );
}
