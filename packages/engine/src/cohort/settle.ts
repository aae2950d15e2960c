import { firstFailing } from '../checks/index.ts';
import type { Reason, Situation } from '../checks/check.ts';
import type { Product } from '../catalogue/catalogue.ts';
import { addTo, common, includes, minus, type PlanSet, union } from '../catalogue/plan-set.ts';
import { direct } from '../ids.ts';
import type { Facts } from './facts.ts';
import type { Holding } from './holding.ts';
import { keepForReplacement, keepNeeded, keepSharedMailboxes } from './keep.ts';
import { type Round, unionOf } from './round.ts';
import type { World } from './world.ts';

/** A holding with what became of it. */
export interface Settled extends Holding {
  /** Why what is wanted and not in force is not (L-06). */
  readonly missing: Reason | undefined;
  /** Why what is in force and not wanted is still there (L-08), or waits to be replaced (L-09). */
  readonly kept: Reason | undefined;
}

export type SeatFree = (product: Product) => boolean;

/**
 * What a user with these holdings has after every source had its turn (L-04 to L-09). The steps are those of
 * decision 2. Pure; the same input gives the same output. `holdings` must be in the order of L-07, as `rebase` and
 * `holdingsOf` give them.
 */
export function settle(holdings: readonly Holding[], facts: Facts, world: World, seatFree: SeatFree): Settled[] {
  let current = holdings;
  let missing: readonly (Reason | undefined)[] = [];
  let kept: readonly (Reason | undefined)[] = [];
  // Bounded: after the first round what is wanted and in force only grows and what is kept only shrinks.
  for (;;) {
    if (current.every(isAsWanted)) {
      [missing, kept] = [[], []];
      break;
    }
    const round = settleOnce(current, facts, world, seatFree);
    ({ missing, kept } = round);
    const same = round.inForce.every((plans, i) => samePlans(plans, current[i]?.inForce));
    current = current.map((holding, i) => ({ ...holding, inForce: round.inForce[i] }));
    if (same) break;
  }
  return current.flatMap((holding, i) =>
    holding.wanted || holding.inForce ? [{ ...holding, missing: missing[i], kept: kept[i] }] : [],
  );
}

/** Whether two settlings of the same holdings leave the same in force. */
export function sameInForce(a: readonly Settled[], b: readonly Settled[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, i) => {
    const other = b[i];
    return one.source === other?.source && one.product === other.product && samePlans(one.inForce, other.inForce);
  });
}

const isAsWanted = ({ wanted, inForce }: Holding): boolean => samePlans(wanted, inForce);

const samePlans = (a: PlanSet | undefined, b: PlanSet | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && includes(a, b) && includes(b, a));

function settleOnce(holdings: readonly Holding[], facts: Facts, world: World, seatFree: SeatFree) {
  const { catalogue } = world;
  const stay = holdings.map(({ wanted, inForce }) =>
    wanted && inForce ? (wanted === inForce ? wanted : common(wanted, inForce)) : undefined,
  );
  const round: Round = { catalogue, holdings, stay, kept: holdings.map(() => undefined), keptFor: [], lacksSeat: [] };
  if (facts.sharesAddress) keepSharedMailboxes(round);

  let told: readonly (Reason | undefined)[] = [];
  let granting = grant(round, facts, world, seatFree);
  for (;;) {
    const { granted, missing } = granting;
    if (world.keepUntilReplaced && keepForReplacement(round, granted))
      told = missing.map((reason, i) => told[i] ?? reason);
    else if (!keepNeeded(round, granted)) break;
    granting = grant(round, facts, world, seatFree);
  }

  return {
    missing: granting.missing.map((reason, i) => reason && (round.lacksSeat[i] ?? told[i] ?? reason)),
    kept: round.keptFor,
    inForce: holdings.map((_, i) => joined(stay[i], granting.granted[i], round.kept[i])),
  };
}

const joined = (a: PlanSet | undefined, b: PlanSet | undefined, c: PlanSet | undefined): PlanSet | undefined =>
  both(both(a, b), c);

const both = (a: PlanSet | undefined, b: PlanSet | undefined): PlanSet | undefined => (a && b ? union(a, b) : (a ?? b));

/** L-07 (2) to (4): the candidates one by one, passes repeated until one grants nothing new. */
function grant({ catalogue, holdings, stay, kept, lacksSeat }: Round, facts: Facts, world: World, seatFree: SeatFree) {
  const wishes = holdings.map(({ product, wanted }, i) => {
    const has = stay[i];
    if (!wanted || (has && includes(has, wanted))) return undefined;
    return { product, plans: has ? minus(wanted, has) : wanted };
  });
  const granted: (PlanSet | undefined)[] = holdings.map(() => undefined);
  const missing: (Reason | undefined)[] = holdings.map(() => undefined);
  const inForce = unionOf(catalogue, stay, kept);
  const holdsSeat = (product: Product) =>
    holdings.some((h, i) => h.product.productId === product.productId && (stay[i] ?? kept[i] ?? granted[i]));

  const test = (candidate: readonly number[]): boolean => {
    const candidatePlans = catalogue.none.slice();
    for (const i of candidate) addTo(candidatePlans, wishes[i]?.plans ?? catalogue.none);
    const situation: Situation = { catalogue, ...facts, inForce, candidate: candidatePlans, holdsSeat, seatFree };
    const reasons = candidate.map((i) => (wishes[i] ? firstFailing(wishes[i], situation) : undefined));
    const failed = candidate.flatMap((i, at) => (reasons[at] ? [holdings[i]?.product.productId ?? ''] : []));
    candidate.forEach((i, at) => {
      missing[i] = failed.length ? (reasons[at] ?? { error: 'Other', failed }) : undefined;
      if (reasons[at]?.error === 'CountViolation') lacksSeat[i] = reasons[at];
      if (!failed.length) granted[i] = wishes[i]?.plans;
    });
    if (!failed.length) addTo(inForce, candidatePlans);
    return failed.length === 0;
  };

  const candidates = candidatesOf(holdings, wishes, world);
  for (let progress = true; progress; ) {
    progress = false;
    for (const candidate of candidates) {
      const open = candidate.filter((i) => !granted[i]);
      if (open.length && test(open)) progress = true;
    }
  }
  return { granted, missing };
}

/** Candidates in order, each as the holdings it is made of (L-04). Direct ones: one by one, then those left together. */
function candidatesOf(holdings: readonly Holding[], wishes: readonly unknown[], world: World): number[][] {
  const candidates: number[][] = [];
  for (let i = 0; i < holdings.length; ) {
    const source = holdings[i]?.source;
    const parts: number[] = [];
    for (; i < holdings.length && holdings[i]?.source === source; i++) if (wishes[i]) parts.push(i);
    if (!parts.length || source === undefined) continue;
    const single = parts.map((part) => [part]);
    if (source === direct) candidates.push(...(parts.length > 1 ? [...single, parts] : single));
    else if (world.bundles.get(source)?.data.atomicity === 'product') candidates.push(...single);
    else candidates.push(parts);
  }
  return candidates;
}
