import type { Requirement } from '../catalogue/catalogue.ts';
import { addBit, bitsOf, common, has, intersects, isEmpty, minus, type PlanSet, union } from '../catalogue/plan-set.ts';
import { dependencyOf } from '../checks/requirements-met.ts';
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
    const mailboxes = common(goes.plans, round.catalogue.mailbox);
    round.kept[i] = goes.whole ? goes.plans : mailboxes;
    round.keptFor[i] = { error: 'UniquenessViolation', plans: round.catalogue.idsOf(mailboxes) };
  }
}

/** L-08(a): keeps the first leaving thing that a plan staying in force needs; false when nothing needs any. */
export function keepNeeded(round: Round, granted: readonly (PlanSet | undefined)[]): boolean {
  if (round.holdings.every(({ wanted, inForce }) => inForce === wanted || !inForce)) return false;
  const needed = unmetRequirements(round, granted);
  if (!needed.length) return false;
  for (let i = 0; i < round.holdings.length; i++) {
    const goes = leaving(round, i);
    const serving = goes && needed.find(({ anyOf }) => intersects(anyOf, goes.plans));
    if (!goes || !serving) continue;
    round.kept[i] = goes.whole ? goes.plans : withLowest(round, i, goes.plans, needed);
    round.keptFor[i] ??= dependencyOf(round.catalogue, serving);
    return true;
  }
  return false;
}

/** Requirements of plans that stay in force and that nothing staying in force meets. */
function unmetRequirements({ catalogue, stay, kept }: Round, granted: readonly (PlanSet | undefined)[]): Requirement[] {
  const inForce = unionOf(catalogue, stay, kept, granted);
  return catalogue.requirements.filter(({ plan, anyOf }) => has(inForce, plan) && !intersects(anyOf, inForce));
}

/** Of single plans the one with the lowest id is kept; positions are in the order of ids. */
function withLowest(round: Round, i: number, plans: PlanSet, needed: readonly Requirement[]): PlanSet {
  const lowest = bitsOf(plans).find((bit) => needed.some(({ anyOf }) => has(anyOf, bit)));
  const next = round.kept[i]?.slice() ?? round.catalogue.none.slice();
  if (lowest !== undefined) addBit(next, lowest);
  return next;
}

/** Setting keepUntilReplaced of L-09: inherited assignments stay while what may replace them is not granted. */
export function keepForReplacement(round: Round, granted: readonly (PlanSet | undefined)[]): boolean {
  const { catalogue, holdings, stay, kept, keptFor } = round;
  const awaited = holdings.flatMap(({ product, wanted }, i) =>
    wanted && !stay[i] && !granted[i] ? [{ productId: product.productId, plans: wanted }] : [],
  );
  let any = false;
  for (let i = 0; i < holdings.length; i++) {
    const goes = leaving(round, i);
    if (!goes?.whole || holdings[i]?.source === direct) continue;
    const replacing = awaited.filter(
      ({ plans }) => intersects(plans, goes.plans) || conflict(catalogue, plans, goes.plans),
    );
    if (!replacing.length) continue;
    kept[i] = goes.plans;
    keptFor[i] = { error: 'Other', failed: replacing.map(({ productId }) => productId) };
    any = true;
  }
  return any;
}

/** Whether a plan of one excludes a plan of the other; they have none in common. */
const conflict = (catalogue: Round['catalogue'], a: PlanSet, b: PlanSet): boolean =>
  catalogue.exclusions.some(({ plans }) => intersects(plans, a) && intersects(plans, b));
