import { licenseErrors } from '@allot/contract';
import {
  type CohortState,
  direct,
  type Entry,
  holdingsOf,
  type PlanPart,
  type Reason,
  type World,
} from '@allot/engine';

/**
 * L-03: what is not direct cannot be removed directly.
 * @param state what the user has, as settled; undefined: nothing
 */
export function refuseRemovals(state: CohortState | undefined, world: World, removed: readonly string[]): void {
  for (const productId of removed) {
    if (state?.facts.direct.some((assignment) => assignment.productId === productId)) continue;
    const inherited = state && holdingsOf(state, world).some((h) => h.product.productId === productId && h.inForce);
    throw inherited ? licenseErrors.inherited() : licenseErrors.notHeld();
  }
}

/**
 * Nothing that the call gives may be missing, and nothing that it takes away may have to stay (L-08). The caller is told of the
 * first product in the order of the call that is itself at fault.
 * @param result what the user would have, as planned
 * @param named products of the call: those given, then those taken away
 * @returns the entry that stands against the call, with its reason; undefined: all of it is granted
 */
export function refusedEntry(
  { state, entries }: Pick<PlanPart, 'state' | 'entries'>,
  named: readonly string[],
): RefusedEntry | undefined {
  const isRefused = (productId: string) =>
    state?.exceptions.some((e) => e.source === direct && e.productId === productId && e.kind !== 'flawed');
  const refused = named.flatMap((productId): RefusedEntry[] => {
    const entry = entries.find((e) => e.source === direct && e.productId === productId);
    return entry?.reason && isRefused(productId) ? [{ ...entry, reason: entry.reason }] : [];
  });
  return refused.find(({ reason }) => reason.error !== 'Other') ?? refused[0];
}

export type RefusedEntry = Entry & { readonly reason: Reason };
