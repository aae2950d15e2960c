import { enabledPlans } from './catalogue.ts';
import type { ModelCatalogue } from './catalogue.ts';
import { DIRECT, holdsSeat } from './entry-plans.ts';
import type { EntryPlans } from './entry-plans.ts';
import type { Source, UserFacts } from './grant.ts';
import type { SettledUser } from './settle-user.ts';

/** Everything the naive tenant remembers. Plain data: a change works on a copy, so a refused one leaves no trace. */
export interface TenantState {
  catalogue: ModelCatalogue;
  defaultUsageLocation: string | null;
  keepUntilReplaced: boolean;
  /** One more for every change: the only time there is. */
  clock: number;
  users: Map<string, UserState>;
  groups: Map<string, GroupState>;
  /** Usable seats of the products the tenant owns (L-12). */
  seats: Map<string, number>;
}

export interface UserState {
  id: string;
  createdAt: number;
  usageLocation: string | null;
  /** Without `smtp:`, in lower case (L-11). */
  addresses: string[];
  /** Product id → disabled plans. */
  direct: Map<string, string[]>;
  settled: SettledUser;
  /** Since when the user waits for seats without a break (L-14). */
  waitingSince: number | undefined;
}

export interface GroupState {
  id: string;
  priority: number;
  atomicity: 'bundle' | 'product';
  prerequisites: 'group' | 'user';
  firstLicensedAt: number | undefined;
  /** Product id → disabled plans. */
  bundle: Map<string, string[]>;
  members: Set<string>;
}

/** What the sources of the user ask for now, and what else decides about it. */
export function factsOf(state: TenantState, user: UserState): UserFacts {
  const groups = groupsOf(state, user);
  const wanted = wantedFrom(state, DIRECT, user.direct);
  for (const group of groups) {
    if (group.members.has(user.id)) wanted.push(...wantedFrom(state, group.id, group.bundle));
  }
  const sources: Source[] = [
    { id: DIRECT, atomicity: 'product' },
    ...groups.map((group) => ({ id: group.id, atomicity: group.atomicity })),
  ];
  const location = user.usageLocation ?? state.defaultUsageLocation;
  return { sources, wanted, location, sharesAddress: sharesAddress(state, user) };
}

/** `smtp:` in whatever case is not part of an address, and case does not matter (L-11). */
export function normalAddress(address: string): string {
  const lower = address.toLowerCase();
  return lower.startsWith('smtp:') ? lower.slice('smtp:'.length) : lower;
}

/** `consumedUnits` (L-01): the users with at least one assignment of the product in force. */
export function consumedUnits(state: TenantState, productId: string): number {
  let consumed = 0;
  for (const user of state.users.values()) if (holdsSeat(user.settled.inForce, productId)) consumed += 1;
  return consumed;
}

/** The groups the user is in or has something from, in the order of L-07. */
function groupsOf(state: TenantState, user: UserState): GroupState[] {
  const concerned = [...state.groups.values()].filter(
    (group) => group.members.has(user.id) || user.settled.inForce.some((entry) => entry.source === group.id),
  );
  return concerned.toSorted(
    (one, other) =>
      one.priority - other.priority ||
      (one.firstLicensedAt ?? 0) - (other.firstLicensedAt ?? 0) ||
      (one.id < other.id ? -1 : 1),
  );
}

function wantedFrom(state: TenantState, source: string, assignments: ReadonlyMap<string, string[]>): EntryPlans[] {
  const productIds = [...assignments.keys()].toSorted();
  return productIds.map((productId) => {
    const plans = enabledPlans(state.catalogue, productId, assignments.get(productId) ?? []);
    return { source, productId, plans };
  });
}

function sharesAddress(state: TenantState, user: UserState): boolean {
  for (const other of state.users.values()) {
    if (other.id !== user.id && other.addresses.some((address) => user.addresses.includes(address))) return true;
  }
  return false;
}
