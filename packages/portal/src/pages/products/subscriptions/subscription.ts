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
