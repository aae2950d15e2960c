import { common, minus } from '../catalogue/plan-set.ts';
import type { Source } from '../ids.ts';
import type { Assignment, CohortState, Facts } from './facts.ts';
import { type Holding, holdingsOf, rebase } from './holding.ts';
import { settle, type SeatFree } from './settle.ts';
import type { World } from './world.ts';

/** What one source gave a user of one product: the plans in force are all but the disabled ones. */
export interface Held extends Assignment {
  readonly source: Source;
}

/** What members of a cohort have and are to have: what is remembered of users who are deleted. What is only kept (L-08) is left out. */
export const heldBy = (state: CohortState, world: World): Held[] =>
  holdingsOf(state, world).flatMap(({ source, product, wanted, inForce }) =>
    wanted && inForce
      ? [{ source, productId: product.productId, disabledPlans: world.catalogue.idsOf(minus(product.plans, inForce)) }]
      : [],
  );

/**
 * What a restored user has before anybody else has a turn: what it held when it was deleted and is still to have, as far as every check
 * passes today (L-06). So of two that exclude each other the one that was in force is so again, as if the user had never been away
 * (L-05), and a bundle comes back with the parts that were there.
 */
export function restoredHoldings(held: readonly Held[], facts: Facts, world: World, seatFree: SeatFree): Holding[] {
  const wishes = rebase([], facts, world).flatMap((holding): Holding[] => {
    const { source, product, wanted } = holding;
    const had = held.find((one) => one.source === source && one.productId === product.productId);
    if (!had || !wanted) return [];
    return [{ ...holding, wanted: common(wanted, minus(product.plans, world.catalogue.setOf(had.disabledPlans))) }];
  });
  return settle(wishes, facts, world, seatFree).filter(({ inForce }) => inForce);
}
