import { licenseErrors } from '@allot/contract';
import { type CohortState, direct, holdingsOf, type PlanPart, type World } from '@allot/engine';
import { refusalOf } from './refusal-of.ts';

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
 */
export function refuseUnlessGranted(
  { state, entries }: Pick<PlanPart, 'state' | 'entries'>,
  named: readonly string[],
  usageLocation: string | null,
): void {
  const isRefused = (productId: string) =>
    state?.exceptions.some((e) => e.source === direct && e.productId === productId && e.kind !== 'flawed');
  const reasons = named.flatMap((productId) =>
    isRefused(productId) ? (entries.find((e) => e.source === direct && e.productId === productId)?.reason ?? []) : [],
  );
  const reason = reasons.find(({ error }) => error !== 'Other') ?? reasons[0];
  if (reason) throw refusalOf(reason, usageLocation);
}
