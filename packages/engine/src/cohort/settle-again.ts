import type { CohortState, Exception } from './facts.ts';
import { holdingsOf } from './holding.ts';
import { outcomeOf, seatsOf } from './outcome.ts';
import { settle, type SeatFree } from './settle.ts';
import type { World } from './world.ts';

/**
 * Invariant "settled is settled": the exceptions that are left when a settled cohort is settled again. They must be those that it has;
 * then what is in force and the errors are what they were, because both follow from facts and exceptions.
 * @param seatFree whether a user who holds no seat of the product could have one now
 */
export function settleAgain(state: CohortState, world: World, seatFree: SeatFree): readonly Exception[] {
  const holdings = holdingsOf(state, world);
  const held = seatsOf(holdings);
  const available: SeatFree = (product) => held.includes(product.productId) || seatFree(product);
  return outcomeOf(settle(holdings, state.facts, world, available), state.facts, world).exceptions;
}
