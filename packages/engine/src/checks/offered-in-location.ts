import { common, intersects } from '../catalogue/plan-set.ts';
import type { Check } from './check.ts';

/** L-06 check 1, L-10. */
export const offeredInLocation: Check = ({ plans }, { catalogue, place }) => {
  const prohibited = catalogue.prohibitedIn(place);
  if (!intersects(plans, prohibited)) return undefined;
  return {
    error: 'ProhibitedInUsageLocationViolation',
    place,
    plans: catalogue.idsOf(common(plans, prohibited)),
  };
};
