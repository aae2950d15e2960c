import { common, intersects } from '../catalogue/plan-set.ts';
import type { Check } from './check.ts';

/** L-06 check 2, L-11. */
export const addressUnique: Check = ({ plans }, { catalogue, sharesAddress }) => {
  if (!sharesAddress || !intersects(plans, catalogue.mailbox)) return undefined;
  return { error: 'UniquenessViolation', plans: catalogue.idsOf(common(plans, catalogue.mailbox)) };
};
