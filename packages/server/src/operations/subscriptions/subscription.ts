import type { SubscriptionStatus } from '@allot/engine';
import type { Subscription as Row } from '@allot/store';

/** Where seats of a product come from (L-12): `Enabled` and `Warning` units are usable. Instants are ISO 8601. */
export interface Subscription {
  readonly id: string;
  readonly skuId: string;
  readonly units: number;
  readonly status: SubscriptionStatus;
  readonly startDateTime: string;
  readonly endDateTime: string | null;
  /** When time ends the status (L-15); null: never. */
  readonly nextLifecycleDateTime: string | null;
}

export const subscriptionStatuses = [
  'Upcoming',
  'Enabled',
  'Warning',
  'Suspended',
  'Deleted',
  'LockedOut',
] as const satisfies readonly SubscriptionStatus[];

/** Units of one subscription, and subscriptions of one product, at most: together they stay below what a count of seats can hold. */
export const UNITS_MAX = 10_000_000;
export const SUBSCRIPTIONS_PER_PRODUCT_MAX = 200;

export const subscriptionOf = ({ id, productId, units, status, startAt, endAt, movesAt }: Row): Subscription => ({
  id,
  skuId: productId,
  units,
  status,
  startDateTime: startAt.toISOString(),
  endDateTime: endAt?.toISOString() ?? null,
  nextLifecycleDateTime: movesAt?.toISOString() ?? null,
});
