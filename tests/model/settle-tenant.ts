import { holdsSeat, sameEntries } from './entry-plans.ts';
import type { EntryPlans } from './entry-plans.ts';
import type { Available, UserFacts } from './grant.ts';
import { settleUser } from './settle-user.ts';
import type { SettledUser } from './settle-user.ts';
import { factsOf } from './tenant-state.ts';
import type { TenantState, UserState } from './tenant-state.ts';
import { compareInLine, waitsForSeat } from './waiting-line.ts';

/** More passes down the line than any tenant needs: a pass that changes something gives or frees a seat. */
const linePassesMax = 1000;

/** One user during one change. */
interface UserInChange {
  readonly user: UserState;
  readonly facts: UserFacts;
  /** In force before the change. */
  readonly before: readonly EntryPlans[];
  /** As if every seat were free. */
  readonly best: SettledUser;
  now: SettledUser;
}

/** Settles every user after one change, with the seats there are (L-14), and notes who waits since when. */
export function settleTenant(state: TenantState): void {
  const users = [...state.users.values()].map((user): UserInChange => {
    const facts = factsOf(state, user);
    const before = user.settled.inForce;
    const best = settleUser(before, facts, state, () => true);
    return { user, facts, before, best, now: best };
  });

  const scarce = denyScarceProducts(state, users);
  walkTheLine(state, users, scarce);
  labelAgain(state, users);

  for (const one of users) {
    one.user.settled = one.now;
    one.user.waitingSince = waitsForSeat(one.now) ? (one.user.waitingSince ?? state.clock) : undefined;
  }
}

/**
 * Puts everybody at *denied*; with nothing scarce that is *best*. Returns the scarce products: first those of which there
 * is no seat at all, then those of which more seats would be taken than there are.
 */
function denyScarceProducts(state: TenantState, users: readonly UserInChange[]): Set<string> {
  const scarce = new Set<string>();
  for (;;) {
    for (const one of users) one.now = settleWithout(state, one, scarce);
    const others = [...state.seats.keys()].filter((product) => !scarce.has(product));
    const usedUp = usedUpProducts(state, users);
    let found = others.filter((product) => usedUp.has(product));
    if (found.length === 0) {
      const possible = users.map((one) => settleWithout(state, one, usedUp));
      found = others.filter((product) => demandFor(users, possible, product) > usableSeats(state, product));
    }
    if (found.length === 0) return scarce;
    for (const product of found) scarce.add(product);
  }
}

/** Settles as before the change, with a new seat of everything but these products. */
function settleWithout(state: TenantState, one: UserInChange, products: ReadonlySet<string>): SettledUser {
  const available: Available = (product) => !products.has(product) || holdsSeat(one.before, product);
  return settleUser(one.before, one.facts, state, available);
}

/** Products all seats of which are held by users who keep them. */
function usedUpProducts(state: TenantState, users: readonly UserInChange[]): Set<string> {
  const keeping = (product: string): number =>
    users.filter((one) => holdsSeat(one.before, product) && holdsSeat(one.now.inForce, product)).length;
  return new Set([...state.seats.keys()].filter((product) => keeping(product) >= usableSeats(state, product)));
}

/** Users who hold a seat and do not give it back, or would newly take one, denied or as far as possible. */
function demandFor(users: readonly UserInChange[], possible: readonly SettledUser[], product: string): number {
  let demand = 0;
  users.forEach((one, index) => {
    const before = holdsSeat(one.before, product);
    const denied = holdsSeat(one.now.inForce, product);
    const most = denied || holdsSeat(possible[index]?.inForce ?? [], product);
    if (before ? denied : most) demand += 1;
  });
  return demand;
}

/** L-14: down the line, each with the seats free at that moment, again until a pass changes nothing. */
function walkTheLine(state: TenantState, users: readonly UserInChange[], scarce: ReadonlySet<string>): void {
  const free = freeProducts(state, users);
  // What is said of who is denied: that a seat is lacking, of scarce products and of those that are used up anyway.
  const asking = (one: UserInChange): SettledUser => {
    const available: Available = (product) =>
      holdsSeat(one.now.inForce, product) || (free.has(product) && !scarce.has(product));
    return settleUser(one.now.inForce, one.facts, state, available);
  };
  const line = users
    .filter((one) => !sameEntries(one.best.inForce, one.now.inForce))
    .map((one) => ({ one, asking: { ...one.user, settled: asking(one) } }))
    .toSorted((some, other) => compareInLine(state, some.asking, other.asking))
    .map(({ one }) => one);
  for (let pass = 0; pass < linePassesMax; pass += 1) {
    let changed = false;
    for (const one of line) {
      const next = settleWithFreeSeats(state, users, one);
      if (sameEntries(next.inForce, one.now.inForce)) continue;
      one.now = next;
      changed = true;
    }
    if (!changed) return;
  }
  throw new Error('the line of L-14 does not come to rest: two users hand seats to each other without end');
}

/**
 * The user's turn. It is settled from what it had before the change, so that the order of its groups decides and
 * not what it could be given while seats were denied. Should that keep an assignment whose seat somebody else
 * has taken meanwhile, it goes on from what it has now.
 */
function settleWithFreeSeats(state: TenantState, users: readonly UserInChange[], one: UserInChange): SettledUser {
  const available: Available = (product) => holdsSeat(one.now.inForce, product) || freeSeats(state, users, product) > 0;
  const settled = settleUser(one.before, one.facts, state, available);
  if (settled.inForce.every((entry) => available(entry.productId))) return settled;
  return settleUser(one.now.inForce, one.facts, state, available);
}

/**
 * `CountViolation` is said exactly when no seat is free now that the change is over and the user holds none, be it
 * only by an assignment that is kept. Nothing else may change.
 */
function labelAgain(state: TenantState, users: readonly UserInChange[]): void {
  const free = freeProducts(state, users);
  for (const one of users) {
    const available: Available = (product) => holdsSeat(one.now.inForce, product) || free.has(product);
    const again = settleUser(one.now.inForce, one.facts, state, available);
    if (!sameEntries(again.inForce, one.now.inForce)) {
      throw new Error(`settled is settled: user ${one.user.id} would change again without a new fact`);
    }
    one.now = again;
  }
}

function freeProducts(state: TenantState, users: readonly UserInChange[]): Set<string> {
  return new Set([...state.seats.keys()].filter((product) => freeSeats(state, users, product) > 0));
}

function freeSeats(state: TenantState, users: readonly UserInChange[], productId: string): number {
  let consumed = 0;
  for (const one of users) if (holdsSeat(one.now.inForce, productId)) consumed += 1;
  return usableSeats(state, productId) - consumed;
}

function usableSeats(state: TenantState, productId: string): number {
  return state.seats.get(productId) ?? 0;
}
