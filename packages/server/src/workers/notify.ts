import {
  forTenant,
  type Handle,
  isConcurrencyFailure,
  isTenantGone,
  type Log,
  removeExpiredSubscriptions,
  takeDueNotifications,
  tenantsWithSubscriptions,
} from '@allot/store';
import { collectNotifications } from '../operations/notifications/collect-notifications.ts';
import { deliverNotification, deliverySecondsMax } from '../operations/notifications/deliver-notification.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';

/** How often changes are looked for. */
const INTERVAL_MS = 1000;
/** Messages that one process delivers at a time. */
const DELIVERIES_MAX = 20;
/** How long a message stays with a process that took it; longer than a delivery takes. */
const LEASE_SECONDS = deliverySecondsMax * 2;

export interface Notifier {
  /** Ends deliveries under way: what was not answered is delivered again by whoever comes next. */
  stop(): Promise<void>;
}

/** Tells of changes whoever subscribed to them, in this process until stopped. Any number of processes may do so on one database. */
export function startNotifier(db: Handle, outgoing: Outgoing, log: Log): Notifier {
  const stopping = new AbortController();
  const deliveries = new Set<Promise<void>>();
  const deliver = async () => {
    const room = DELIVERIES_MAX - deliveries.size;
    if (room < 1) return;
    for (const notification of await takeDueNotifications(db, room, LEASE_SECONDS)) {
      const delivery = deliverNotification(
        forTenant(db, notification.tenantId),
        notification,
        outgoing,
        stopping.signal,
      )
        .then((outcome) => {
          if (outcome === 'given up')
            log.warn({ subscriptionId: notification.subscriptionId }, 'A notification of changes was given up.');
          // The next of the same subscription waits for this one.
          if (outcome === 'delivered' && !stopping.signal.aborted) return deliver();
          return undefined;
        })
        .catch((error: unknown) =>
          log.warn({ error }, 'A notification of changes was not delivered; it will be again.'),
        )
        .finally(() => deliveries.delete(delivery));
      deliveries.add(delivery);
    }
  };
  const look = async () => {
    await removeExpiredSubscriptions(db);
    for (const tenantId of await tenantsWithSubscriptions(db)) {
      await collectNotifications(forTenant(db, tenantId), tenantId).catch((error: unknown) => {
        // Another process told of the same changes meanwhile.
        if (!isConcurrencyFailure(error) && !isTenantGone(error)) throw error;
      });
    }
    await deliver();
  };
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = look()
      .catch((error: unknown) => log.warn({ error }, 'Could not look for changes to tell of; trying again.'))
      .finally(() => {
        isLooking = false;
      });
  }, INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all(deliveries);
    },
  };
}
