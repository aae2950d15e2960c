/**
 * The plans of one entry, that is of one (source, product) of a user: those wanted, or those in force. An entry
 * without plans is still an entry and holds a seat. Lists are in the order of the sources (L-07), then of the
 * product ids; `plans` are sorted.
 */
export interface EntryPlans {
  readonly source: string;
  readonly productId: string;
  readonly plans: readonly string[];
}

/** The source of what is assigned to the user and not to a group. */
export const DIRECT = 'direct';

export function findEntry<Entry extends { source: string; productId: string }>(
  list: readonly Entry[],
  like: { source: string; productId: string },
): Entry | undefined {
  return list.find((one) => one.source === like.source && one.productId === like.productId);
}

/** The list with `added` put in; plans of an entry already there are joined (L-02). */
export function withEntry(list: readonly EntryPlans[], added: EntryPlans): EntryPlans[] {
  const old = findEntry(list, added);
  if (old === undefined) return [...list, plansOnly(added, added.plans)];
  const joined = plansOnly(added, [...new Set([...old.plans, ...added.plans])]);
  return list.map((one) => (one === old ? joined : one));
}

/** The union of the plans of all entries, sorted (L-02). */
export function allPlans(list: readonly EntryPlans[]): string[] {
  return [...new Set(list.flatMap((one) => one.plans))].toSorted();
}

/** Does the user hold a seat of the product (L-01)? */
export function holdsSeat(list: readonly EntryPlans[], productId: string): boolean {
  return list.some((one) => one.productId === productId);
}

/** Do both lists say the same, in whatever order? */
export function sameEntries(one: readonly EntryPlans[], other: readonly EntryPlans[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((entry) => {
    const found = findEntry(other, entry);
    return found !== undefined && found.plans.join() === entry.plans.join();
  });
}

function plansOnly(entry: EntryPlans, plans: readonly string[]): EntryPlans {
  return { source: entry.source, productId: entry.productId, plans: plans.toSorted() };
}
