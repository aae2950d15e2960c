import {
  addTo,
  bitsOf,
  type Bundle,
  type Catalogue,
  common,
  has,
  intersects,
  type PlanSet,
  severalIn,
} from '@allot/engine';

/** A user as the batch loaded it. */
export interface LoadedUser {
  readonly userNo: number;
  readonly place: string;
  readonly sharesAddress: boolean;
  /** Licensed groups, in the order of L-07. */
  readonly bundles: readonly Bundle[];
  /** Errors, or null where in force, by group and product: what the user has so far. */
  readonly states: ReadonlyMap<string, string | null>;
}

export interface Seats {
  available(productId: string): boolean;
  take(productId: string): void;
}

export const stateKey = (groupId: string, productId: string): string => `${groupId}${productId}`;

/** What of a bundle the user lacks. */
interface Wish {
  readonly bundle: Bundle;
  readonly parts: Bundle['parts'];
  granted: boolean;
}

/** What the user has while it is evaluated. */
interface Progress {
  readonly inForce: PlanSet;
  /** Products of which it holds a seat. */
  readonly held: Set<string>;
  /** Errors, or null where in force, of what it lacked. */
  readonly next: Map<string, string | null>;
}

/**
 * Tests everything that a user lacks, group by group, until a pass grants nothing (L-04, L-06, L-07). Bundles only grow
 * in what is measured, so nothing is taken away here.
 * @returns the states that are new or have changed, by key
 */
export function evaluateUser(user: LoadedUser, catalogue: Catalogue, seats: Seats): Map<string, string | null> {
  const progress: Progress = { inForce: catalogue.none.slice(), held: new Set(), next: new Map() };
  const wishes: Wish[] = [];
  for (const bundle of user.bundles) {
    const lacking = bundle.parts.filter(({ product, plans }) => {
      const active = user.states.get(stateKey(bundle.data.groupId, product.productId)) === null;
      if (active) {
        addTo(progress.inForce, plans);
        progress.held.add(product.productId);
      }
      return !active;
    });
    if (lacking.length) wishes.push({ bundle, parts: lacking, granted: false });
  }

  for (let granted = true; granted; ) {
    granted = false;
    for (const wish of wishes) {
      if (wish.granted) continue;
      wish.granted = tryWish(wish, user, catalogue, seats, progress);
      if (wish.granted) granted = true;
    }
  }
  const { next } = progress;
  for (const [key, error] of next) if (user.states.get(key) === error) next.delete(key);
  return next;
}

function tryWish(
  { bundle, parts }: Wish,
  user: LoadedUser,
  catalogue: Catalogue,
  seats: Seats,
  { inForce, held, next }: Progress,
): boolean {
  const candidate = catalogue.none.slice();
  for (const { plans } of parts) addTo(candidate, plans);
  const errors = parts.map(({ product, plans }) => {
    if (intersects(plans, catalogue.prohibitedIn(user.place))) return 'ProhibitedInUsageLocationViolation';
    if (user.sharesAddress && intersects(plans, catalogue.mailbox)) return 'UniquenessViolation';
    if (excluded(plans, inForce, candidate, catalogue)) return 'MutuallyExclusiveViolation';
    if (lacksRequirement(plans, inForce, candidate, catalogue)) return 'DependencyViolation';
    return held.has(product.productId) || seats.available(product.productId) ? undefined : 'CountViolation';
  });
  const failed = errors.some((error) => error !== undefined);
  parts.forEach(({ product }, i) => {
    next.set(stateKey(bundle.data.groupId, product.productId), failed ? (errors[i] ?? 'Other') : null);
  });
  if (failed) return false;
  addTo(inForce, candidate);
  for (const { product } of parts) {
    if (!held.has(product.productId)) seats.take(product.productId);
    held.add(product.productId);
  }
  return true;
}

/** Two different plans of one exclusion set, one of them among `plans`. */
const excluded = (plans: PlanSet, inForce: PlanSet, candidate: PlanSet, { exclusions }: Catalogue): boolean =>
  exclusions.some((exclusion) => {
    if (!intersects(exclusion.plans, plans) || !severalIn(exclusion.plans, inForce, candidate)) return false;
    const mine = bitsOf(common(exclusion.plans, plans));
    const others = [...bitsOf(common(exclusion.plans, inForce)), ...bitsOf(common(exclusion.plans, candidate))];
    return others.some((other) => mine.some((plan) => plan !== other));
  });

const lacksRequirement = (plans: PlanSet, inForce: PlanSet, candidate: PlanSet, { requirements }: Catalogue): boolean =>
  requirements.some(
    ({ plan, anyOf }) => has(plans, plan) && !intersects(anyOf, inForce) && !intersects(anyOf, candidate),
  );
