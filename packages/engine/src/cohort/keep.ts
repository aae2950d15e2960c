import { firstConflict } from '../catalogue/catalogue.ts';
import { addBit, bitsOf, common, has, intersects, isEmpty, minus, type PlanSet, union } from '../catalogue/plan-set.ts';
import { direct } from '../ids.ts';
import { type Round, unionOf } from './round.ts';

/**
 * What is in force, no longer wanted, and not kept yet: a whole assignment where its source does not want the product
 * at all, otherwise single plans.
 */
function leaving({ holdings, kept }: Round, i: number): { plans: PlanSet; whole: boolean } | undefined {
  const holding = holdings[i];
  if (!holding?.inForce) return undefined;
  if (!holding.wanted) return kept[i] ? undefined : { plans: holding.inForce, whole: true };
  const plans = minus(holding.inForce, kept[i] ? union(holding.wanted, kept[i]) : holding.wanted);
  return isEmpty(plans) ? undefined : { plans, whole: false };
}

/** L-08(b). */
export function keepSharedMailboxes(round: Round): void {
  for (let i = 0; i < round.holdings.length; i++) {
    const goes = leaving(round, i);
    if (!goes || !intersects(goes.plans, round.catalogue.mailbox)) continue;
    round.kept[i] = goes.whole ? goes.plans : common(goes.plans, round.catalogue.mailbox);
  }
}

/** L-08(a): keeps the first leaving thing that a plan staying in force needs; false when nothing needs any. */
export function keepNeeded(round: Round, granted: readonly (PlanSet | undefined)[]): boolean {
  if (round.holdings.every(({ wanted, inForce }) => inForce === wanted || !inForce)) return false;
  const needed = unmetRequirements(round, granted);
  if (!needed.length) return false;
  for (let i = 0; i < round.holdings.length; i++) {
    const goes = leaving(round, i);
    const serving = goes && needed.find((anyOf) => intersects(anyOf, goes.plans));
    if (!goes || !serving) continue;
    round.kept[i] = goes.whole ? goes.plans : withLowest(round, i, goes.plans, needed);
    return true;
  }
  return false;
}

/** Requirements of plans that stay in force and that nothing staying in force meets. */
function unmetRequirements({ catalogue, stay, kept }: Round, granted: readonly (PlanSet | undefined)[]): PlanSet[] {
  const inForce = unionOf(catalogue, stay, kept, granted);
  return catalogue.requirements.flatMap(({ plan, anyOf }) =>
    has(inForce, plan) && !intersects(anyOf, inForce) ? [anyOf] : [],
  );
}

/** Of single plans the one with the lowest id is kept; positions are in the order of ids. */
function withLowest(round: Round, i: number, plans: PlanSet, needed: readonly PlanSet[]): PlanSet {
  const lowest = bitsOf(plans).find((bit) => needed.some((anyOf) => has(anyOf, bit)));
  const next = round.kept[i]?.slice() ?? round.catalogue.none.slice();
  if (lowest !== undefined) addBit(next, lowest);
  return next;
}

/** Setting keepUntilReplaced of L-09: inherited assignments stay while what may replace them is not granted. */
export function keepForReplacement(round: Round, granted: readonly (PlanSet | undefined)[]): boolean {
  const { catalogue, holdings, stay, kept } = round;
  const awaited = holdings.flatMap(({ wanted }, i) => (wanted && !stay[i] && !granted[i] ? [wanted] : []));
  let any = false;
  for (let i = 0; i < holdings.length; i++) {
    const goes = leaving(round, i);
    if (!goes?.whole || holdings[i]?.source === direct) continue;
    const replaceable = awaited.some(
      (plans) => intersects(plans, goes.plans) || conflict(catalogue, plans, goes.plans),
    );
    if (!replaceable) continue;
    kept[i] = goes.plans;
    any = true;
  }
  return any;
}

const conflict = (catalogue: Round['catalogue'], a: PlanSet, b: PlanSet): boolean =>
  firstConflict(catalogue, union(a, b)) !== undefined;
