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

/** Why, until when, and what to do; begins with "suspended". */
export function suspendedSentence(suspended: SuspendedProduct, productName: string): string {
  const { since, subscriptions, usableFrom, deletedFrom } = suspended;
  const statuses = [...new Set(subscriptions.map(({ status }) => wordOf[status]))].join(' and ');
  const why = statuses
    ? `every subscription of ${productName} is ${statuses}`
    : `${productName} has no subscription left`;
  const next = [
    ...(usableFrom === null ? [] : [` The next one starts on ${dayOf(usableFrom)}.`]),
    ...(deletedFrom === null ? [] : [` If it is not renewed until ${dayOf(deletedFrom)}, it is deleted.`]),
  ];
  return `suspended since ${dayOf(since)}: ${why}, so its service plans do not work.${next.join('')} ${statuses ? 'Renew a subscription (a later endDateTime, or status Enabled)' : 'Add a subscription'} and they work again with no other change.`;
}

const wordOf: Readonly<Record<Subscription['status'], string>> = {
  Upcoming: 'still to start',
  Enabled: 'without units',
  Warning: 'without units',
  Suspended: 'suspended',
  LockedOut: 'locked out by an administrator',
  Deleted: 'deleted',
};

const dayOf = (instant: string): string => instant.slice(0, 10);
