import { firstConflict } from '../catalogue/catalogue.ts';
import { addTo, has, intersects, minus, type PlanSet } from '../catalogue/plan-set.ts';
import type { Reason, Situation } from '../checks/check.ts';
import { firstFailing } from '../checks/index.ts';
import type { ProductId, Source } from '../ids.ts';
import type { Exception, Facts } from './facts.ts';
import type { Settled } from './settle.ts';
import type { World } from './world.ts';

export type LicenseState = 'Active' | 'ActiveWithError' | 'Error';

/** What one source gives a user of one product (L-27). */
export interface Entry {
  readonly source: Source;
  readonly productId: ProductId;
  readonly state: LicenseState;
  /** Undefined exactly when the state is Active. */
  readonly reason: Reason | undefined;
  /** Whether the reason says why something that is no longer wanted stays: the assignment, or single plans of it (L-08, L-09). */
  readonly isKept: boolean;
  /** The plans wanted; undefined: the assignment is not wanted any more and only kept. */
  readonly wanted: PlanSet | undefined;
  /** The plans in force; undefined: nothing is. */
  readonly inForce: PlanSet | undefined;
}

export interface Outcome {
  readonly entries: readonly Entry[];
  /** The next exceptions of the cohort, sorted. */
  readonly exceptions: readonly Exception[];
}

/** Reads states, errors and exceptions off what settling left. Says nothing that settling did not decide. */
export function outcomeOf(settled: readonly Settled[], facts: Facts, world: World): Outcome {
  const { catalogue } = world;
  const inForce = catalogue.none.slice();
  for (const holding of settled) if (holding.inForce) addTo(inForce, holding.inForce);
  const flawless = noFlaw(inForce, facts, world);
  const situation: Situation = {
    catalogue,
    ...facts,
    inForce,
    candidate: catalogue.none,
    holdsSeat: () => true,
    seatFree: () => true,
  };

  const entries: Entry[] = [];
  const exceptions: Exception[] = [];
  for (const holding of settled) {
    const { source, product, wanted, inForce: plans, missing, kept } = holding;
    const { productId } = product;
    const flaw =
      flawless || missing || kept || !plans || !wanted ? undefined : firstFailing({ product, plans }, situation);
    const reason = missing ?? kept ?? flaw;
    entries.push({
      source,
      productId,
      state: !plans ? 'Error' : reason ? 'ActiveWithError' : 'Active',
      reason,
      isKept: !missing && kept !== undefined,
      wanted,
      inForce: plans,
    });

    if (missing && wanted) {
      const lacking = plans ? catalogue.idsOf(minus(wanted, plans)) : null;
      exceptions.push({ kind: 'missing', source, productId, error: missing.error, plans: lacking });
    }
    if (kept && plans) {
      const extra = catalogue.idsOf(wanted ? minus(plans, wanted) : plans);
      exceptions.push({ kind: 'kept', source, productId, error: kept.error, plans: extra });
    }
    if (flaw) exceptions.push({ kind: 'flawed', source, productId, error: flaw.error, plans: null });
  }
  return { entries, exceptions: exceptions.length > 1 ? exceptions.toSorted(compareExceptions) : exceptions };
}

const compareExceptions = (a: Exception, b: Exception): number =>
  compare(a.source, b.source) || compare(a.productId, b.productId) || compare(a.kind, b.kind);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether no plan in force could fail a check today, seen from above: most cohorts end here. */
function noFlaw(inForce: PlanSet, facts: Facts, { catalogue }: World): boolean {
  return (
    !intersects(inForce, catalogue.prohibitedIn(facts.place)) &&
    !(facts.sharesAddress && intersects(inForce, catalogue.mailbox)) &&
    catalogue.requirements.every(({ plan, anyOf }) => !has(inForce, plan) || intersects(inForce, anyOf)) &&
    firstConflict(catalogue, inForce) === undefined
  );
}

/** The products of which a user with these holdings consumes a seat, each once (L-01). */
export function seatsOf(
  holdings: readonly { readonly product: { readonly productId: ProductId }; readonly inForce: PlanSet | undefined }[],
): ProductId[] {
  const seats: ProductId[] = [];
  for (const { product, inForce } of holdings) {
    if (inForce && !seats.includes(product.productId)) seats.push(product.productId);
  }
  return seats;
}

/** L-02: the union of everything in force. */
export function effectivePlans(entries: readonly Entry[], { catalogue }: World): PlanSet {
  const plans = catalogue.none.slice();
  for (const { inForce } of entries) if (inForce) addTo(plans, inForce);
  return plans;
}
