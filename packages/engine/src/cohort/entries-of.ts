import type { CohortState } from './facts.ts';
import { holdingsOf } from './holding.ts';
import { type Entry, outcomeOf } from './outcome.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

/**
 * What members of a cohort have, entry by entry, with the reasons (L-27, L-28). Outcomes are not stored: settling a
 * settled state again changes nothing and tells why. A seat is free exactly where the state does not say otherwise.
 */
export function entriesOf(state: CohortState, world: World): readonly Entry[] {
  const without = new Set(state.exceptions.flatMap((e) => (e.error === 'CountViolation' ? e.productId : [])));
  const settled = settle(holdingsOf(state, world), state.facts, world, ({ productId }) => !without.has(productId));
  return outcomeOf(settled, state.facts, world).entries;
}
