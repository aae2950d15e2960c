import type { Catalogue } from '../catalogue/catalogue.ts';
import { addTo, common, includes, intersects, type PlanSet } from '../catalogue/plan-set.ts';
import type { Part } from './arrange.ts';

/** L-30: whether a mailbox plan comes into force for these users that was not in force before. */
export function gainsMailbox({ unit, entries }: Part, catalogue: Catalogue): boolean {
  const { mailbox } = catalogue;
  if (!entries.some(({ inForce }) => inForce && intersects(inForce, mailbox))) return false;
  return !includes(allInForce(unit.start, catalogue), common(allInForce(entries, catalogue), mailbox));
}

function allInForce(list: readonly { readonly inForce: PlanSet | undefined }[], { none }: Catalogue): PlanSet {
  const plans = none.slice();
  for (const { inForce } of list) if (inForce) addTo(plans, inForce);
  return plans;
}
