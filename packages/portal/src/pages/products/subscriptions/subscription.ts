import type { ProductSeats } from '@allot/contract';

/** `GET /allot/v1/subscriptions`; instants are ISO 8601. */
export interface Subscription {
  readonly id: string;
  readonly skuId: string;
  readonly units: number;
  readonly status: string;
  readonly startDateTime: string;
  readonly endDateTime: string | null;
  /** When time ends the status; null: never. */
  readonly nextLifecycleDateTime: string | null;
}

/** Seats of it can be used. */
export const isUsable = (status: string): boolean => status === 'Enabled' || status === 'Warning';

/** What becomes of the seats of a product when so many more, or fewer, are usable. */
export interface SeatOutlook {
  readonly usable: number;
  readonly free: number;
  /** Of those who wait, how many get a seat; at most, since a seat of another product may be missing. */
  readonly served: number;
  readonly stillWaiting: number;
}

export function outlook(seats: Pick<ProductSeats, 'usable' | 'consumed' | 'waiting'>, more: number): SeatOutlook {
  const usable = Math.max(0, seats.usable + more);
  const served = Math.min(seats.waiting, Math.max(0, usable - seats.consumed));
  return { usable, served, free: usable - seats.consumed - served, stillWaiting: seats.waiting - served };
}
