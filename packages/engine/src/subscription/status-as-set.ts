/** `Upcoming`: its start is still to come. The others are Graph's. */
export type SubscriptionStatus = 'Upcoming' | 'Enabled' | 'Warning' | 'Suspended' | 'Deleted' | 'LockedOut';

/** What decides about a subscription in the course of time (L-15). */
export interface SubscriptionTerm {
  readonly status: SubscriptionStatus;
  /** When the status began. */
  readonly since: Date;
  readonly startAt: Date;
  readonly endAt: Date | null;
}

/** What an administrator says; what is left out stays. */
export interface TermChange {
  readonly status?: SubscriptionStatus | undefined;
  readonly startAt?: Date | undefined;
  readonly endAt?: Date | null | undefined;
}

/**
 * What an administrator's word makes of a subscription (L-15, decision 6); then time goes on from there. A status that is
 * named begins now, unless it is the present one. `Enabled` lasts until the end: an end that is over and was not sent with it is
 * dropped, since it is the end that is being overruled. An end that is sent without a status renews: whatever time made of the
 * subscription is undone. `LockedOut` stays until another status is named.
 */
export function statusAsSet(before: SubscriptionTerm, change: TermChange, now: Date): SubscriptionTerm {
  const startAt = change.startAt ?? before.startAt;
  const endAt = change.endAt === undefined ? before.endAt : change.endAt;
  const usable = startAt > now ? 'Upcoming' : 'Enabled';
  const become = (status: SubscriptionStatus, end = endAt): SubscriptionTerm => ({
    status,
    since: status === before.status ? before.since : now,
    startAt,
    endAt: end,
  });
  if (change.status === 'Enabled' || change.status === 'Upcoming') {
    const overruled = change.endAt === undefined && endAt !== null && endAt <= now;
    return become(usable, overruled ? null : endAt);
  }
  if (change.status !== undefined) return become(change.status);
  const atWork = before.status === 'Enabled' || before.status === 'Upcoming';
  const renewed = before.status !== 'LockedOut' && endAt?.getTime() !== before.endAt?.getTime();
  return become(atWork || renewed ? usable : before.status);
}
