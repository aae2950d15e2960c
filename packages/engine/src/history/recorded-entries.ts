import { minus } from '../catalogue/plan-set.ts';
import type { CohortState, Exception, LicenseError } from '../cohort/facts.ts';
import { holdingsOf } from '../cohort/holding.ts';
import type { LicenseState } from '../cohort/outcome.ts';
import type { World } from '../cohort/world.ts';
import type { PlanId, ProductId, Source } from '../ids.ts';

/** What one source gave a user of one product: an entry (L-27) as it can be told of any instant. */
export interface RecordedEntry {
  readonly source: Source;
  readonly productId: ProductId;
  readonly state: LicenseState;
  readonly error: LicenseError | 'None';
  /** Sorted. Of what is wanted; of what is kept, when nothing is wanted any more. */
  readonly disabledPlans: readonly PlanId[];
  /** Sorted; empty: nothing is in force. */
  readonly plans: readonly PlanId[];
}

/** Reads entries off a state without settling it: errors are those that were recorded. */
export function recordedEntries(state: CohortState, world: World): RecordedEntry[] {
  const { catalogue } = world;
  return holdingsOf(state, world).map(({ source, product, wanted, inForce }) => {
    const { productId } = product;
    const error = shownError(state.exceptions, source, productId);
    return {
      source,
      productId,
      state: !inForce ? 'Error' : error ? 'ActiveWithError' : 'Active',
      error: error ?? 'None',
      disabledPlans: catalogue.idsOf(minus(product.plans, wanted ?? inForce ?? catalogue.none)),
      plans: inForce ? catalogue.idsOf(inForce) : [],
    };
  });
}

/** An entry shows one error: missing before kept before flawed (decision 2). */
function shownError(exceptions: readonly Exception[], source: Source, productId: ProductId): LicenseError | undefined {
  const own = exceptions.filter((e) => e.source === source && e.productId === productId);
  const of = (kind: Exception['kind']) => own.find((e) => e.kind === kind)?.error;
  return of('missing') ?? of('kept') ?? of('flawed');
}
