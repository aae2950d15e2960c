import type { Fault } from './checks.ts';

export type RefusalReason =
  | 'notOwned'
  | 'foreignPlan'
  | 'companyProduct'
  | 'exclusive'
  | 'dependency'
  | 'inherited'
  | 'notHeld'
  | 'usageLocation'
  | 'count'
  | 'uniqueness'
  | 'prohibited'
  | 'other';

/** A call answered with 400: nothing at all has changed. */
export interface Refusal {
  reason: RefusalReason;
  message: string;
}

export function notOwned(productId: string): Refusal {
  return { reason: 'notOwned', message: `License ${productId} does not correspond to a valid company License.` };
}

export function companyProduct(productId: string): Refusal {
  return { reason: 'companyProduct', message: `License ${productId} cannot be assigned to a user.` };
}

export function foreignPlan(): Refusal {
  return { reason: 'foreignPlan', message: 'One or more property values specified are invalid.' };
}

export function notHeld(): Refusal {
  return { reason: 'notHeld', message: 'User does not have a corresponding license.' };
}

export function inherited(): Refusal {
  return {
    reason: 'inherited',
    message: 'User license is inherited from a group membership and it cannot be removed directly from the user.',
  };
}

export function usageLocationMissing(): Refusal {
  return { reason: 'usageLocation', message: invalidLocation };
}

export function exclusive(plan: string, other: string): Refusal {
  return {
    reason: 'exclusive',
    message: `License assignment failed because service plans ${plan},${other} are mutually exclusive`,
  };
}

export function dependency(plan: string, anyOf: readonly string[]): Refusal {
  return {
    reason: 'dependency',
    message: `License assignment failed because service plan ${plan} depends on the service plan(s) ${anyOf.join(',')}`,
  };
}

/** The refusal of a direct call whose product has this fault (L-16). */
export function refusalOf(fault: Fault, productId: string): Refusal {
  switch (fault.error) {
    case 'ProhibitedInUsageLocationViolation':
      return { reason: 'prohibited', message: invalidLocation };
    case 'UniquenessViolation':
      return {
        reason: 'uniqueness',
        message: 'Another object with the same value for property proxyAddresses already exists.',
      };
    case 'MutuallyExclusiveViolation':
      return exclusive(fault.plan, fault.other);
    case 'DependencyViolation':
      return dependency(fault.plan, fault.anyOf);
    case 'CountViolation':
      return {
        reason: 'count',
        message: `Subscription with SKU ${productId} does not have any available licenses.`,
      };
    case 'Other':
      return { reason: 'other', message: 'License assignment failed because of another product of the same call.' };
  }
}

const invalidLocation = 'License assignment cannot be done for user with invalid usage location.';
