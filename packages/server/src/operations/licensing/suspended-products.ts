import type { LicenseReason } from '@allot/contract';
import { listSubscriptions, loadSuspensions, type Subscription } from '@allot/store';
import type { Context } from '../context.ts';

/** Why what users have of a product is `Disabled` (L-15, L-28). Instants are ISO 8601. */
export interface SuspendedProduct {
  readonly error: 'None';
  readonly productId: string;
  readonly since: string;
  /** Its subscriptions, each not usable. */
  readonly subscriptions: readonly {
    readonly id: string;
    readonly status: Subscription['status'];
    readonly endDateTime: string | null;
    /** When time ends that status; null: never. */
    readonly nextLifecycleDateTime: string | null;
  }[];
  /** When the next subscription starts and makes it usable; null: none is to come. */
  readonly usableFrom: string | null;
  /** When the last suspended subscription is deleted unless it is renewed; null: none is suspended. */
  readonly deletedFrom: string | null;
}

/** Those of the products that are suspended. */
export async function loadSuspendedProducts(
  { db, tenantId }: Context,
  productIds: readonly string[],
): Promise<Map<string, SuspendedProduct>> {
  const suspensions = await loadSuspensions(db, tenantId);
  const found = new Map<string, SuspendedProduct>();
  for (const productId of new Set(productIds)) {
    const suspension = suspensions.get(productId);
    if (!suspension?.suspended) continue;
    const subscriptions = await listSubscriptions(db, tenantId, productId);
    const moves = (status: Subscription['status']) =>
      subscriptions
        .flatMap((one) => (one.status === status && one.movesAt ? one.movesAt.toISOString() : []))
        .toSorted();
    found.set(productId, {
      error: 'None',
      productId,
      since: suspension.changedAt.toISOString(),
      subscriptions: subscriptions.map(({ id, status, endAt, movesAt }) => ({
        id,
        status,
        endDateTime: endAt?.toISOString() ?? null,
        nextLifecycleDateTime: movesAt?.toISOString() ?? null,
      })),
      usableFrom: moves('Upcoming')[0] ?? null,
      deletedFrom: moves('Suspended').at(-1) ?? null,
    });
  }
  return found;
}

/** What there is to say of it. @param kept users have what they had of it */
export const suspendedReason = (suspended: SuspendedProduct, kept: boolean): LicenseReason => ({
  code: 'Suspended',
  kept,
  skuId: suspended.productId,
  since: suspended.since,
  statuses: [...new Set(suspended.subscriptions.map(({ status }) => status))],
  usableFrom: suspended.usableFrom,
  deletedFrom: suspended.deletedFrom,
});
