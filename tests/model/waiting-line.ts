import { DIRECT, findEntry } from './entry-plans.ts';
import type { SettledUser } from './settle-user.ts';
import type { TenantState, UserState } from './tenant-state.ts';

export interface WaitingUser {
  userId: string;
  priority: number;
  /** From 1. */
  position: number;
}

/** The users who wait for a seat of the product, in the order of L-14. */
export function waitingLine(state: TenantState, productId: string): WaitingUser[] {
  const waiting = [...state.users.values()].filter((user) => waitsForSeat(user.settled, productId));
  return waiting
    .toSorted((one, other) => compareInLine(state, one, other))
    .map((user, index) => ({ userId: user.id, priority: askingPriority(state, user.settled), position: index + 1 }));
}

/** Has the user an entry in `CountViolation`, of this product or of any? */
export function waitsForSeat(settled: SettledUser, productId?: string): boolean {
  return settled.missing.some(
    (one) => one.fault.error === 'CountViolation' && (productId === undefined || one.productId === productId),
  );
}

/**
 * The total order of L-14: priority of the best group that asks, waiting since, creation, id. Who does not wait
 * yet comes after all of the same priority who do; the user of a direct call that lacks a seat comes last of all.
 */
export function compareInLine(state: TenantState, one: UserState, other: UserState): number {
  return (
    compareNumbers(lacksDirect(one.settled), lacksDirect(other.settled)) ||
    compareNumbers(askingPriority(state, one.settled), askingPriority(state, other.settled)) ||
    compareNumbers(one.waitingSince ?? Infinity, other.waitingSince ?? Infinity) ||
    compareNumbers(one.createdAt, other.createdAt) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** 1 during a direct call whose user could not be given every product yet; never after a change. */
function lacksDirect(settled: SettledUser): 0 | 1 {
  return settled.missing.some((one) => one.source === DIRECT && findEntry(settled.inForce, one) === undefined) ? 1 : 0;
}

/** The lowest priority among the groups with an entry in `CountViolation`; who has none comes behind them all. */
function askingPriority(state: TenantState, settled: SettledUser): number {
  let lowest = Infinity;
  for (const { source, fault } of settled.missing) {
    if (fault.error !== 'CountViolation') continue;
    lowest = Math.min(lowest, state.groups.get(source)?.priority ?? Infinity);
  }
  return lowest;
}

/** Infinity equals Infinity, which a subtraction would not say. */
function compareNumbers(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
