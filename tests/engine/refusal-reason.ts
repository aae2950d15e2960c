import { ApiError } from '@allot/contract';
import type { RefusalReason } from '../model/refusals.ts';

/** What the model calls each refusal, told by its literal text. */
const reasons: readonly (readonly [RefusalReason, RegExp])[] = [
  ['notOwned', /does not correspond to a valid company License/],
  ['companyProduct', /^License .* cannot be assigned to a user/],
  ['foreignPlan', /in disabledPlans does not belong to license/],
  ['notHeld', /^User does not have a corresponding license|is not assigned to the group/],
  ['inherited', /^User license is inherited from a group membership/],
  ['exclusive', /are mutually exclusive/],
  ['dependency', /depends on the service plan\(s\)/],
  ['usageLocation', /for user with invalid usage location/],
  ['prohibited', /is not offered in usage location/],
  ['uniqueness', /same value for property proxyAddresses/],
  ['count', /does not have any available licenses/],
];

/** @throws what is not a refusal of licensing */
export function refusalReason(error: unknown): RefusalReason {
  if (!(error instanceof ApiError) || error.status !== 400) throw error;
  const found = reasons.find(([, text]) => text.test(error.message));
  if (!found) throw error;
  return found[0];
}
