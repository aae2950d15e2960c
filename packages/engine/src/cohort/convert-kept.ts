import { type PlanSet, union } from '../catalogue/plan-set.ts';
import { direct, type GroupId, type ProductId } from '../ids.ts';
import type { CohortState, Facts, LicenseError } from './facts.ts';
import { type Holding, holdingsOf } from './holding.ts';
import type { World } from './world.ts';

/** What a group gave, does not want any more, and becomes direct. */
export interface Converted {
  readonly source: GroupId;
  readonly productId: ProductId;
}

/** Of what is kept, that which cannot go (L-08). What only waits to be replaced (L-09) is not to become wanted again. */
const cannotGo: ReadonlySet<LicenseError> = new Set(['DependencyViolation', 'UniquenessViolation']);

/**
 * L-25: the facts of a cohort after what some groups that are to be deleted still give it became direct, with the plans that are in
 * force and no others. Undefined: they give it nothing that cannot go.
 */
export function convertKept(
  state: CohortState,
  groupIds: ReadonlySet<GroupId>,
  world: World,
): { readonly facts: Facts; readonly converted: readonly Converted[] } | undefined {
  const converted = state.exceptions.flatMap(({ kind, source, productId, error }) =>
    kind === 'kept' && groupIds.has(source) && cannotGo.has(error) ? [{ source, productId }] : [],
  );
  if (!converted.length) return undefined;
  const { catalogue } = world;
  const products = new Set(converted.map(({ productId }) => productId));
  const { wanted, inForce } = wantedAndInForce(asDirect(holdingsOf(state, world), converted), products);
  const others = state.facts.direct.filter(({ productId }) => !products.has(productId));
  const own = [...products].map((productId) => {
    const enabled = joined(wanted.get(productId), inForce.get(productId)) ?? catalogue.none;
    const planIds = catalogue.idsOf(catalogue.products.get(productId)?.plans ?? catalogue.none);
    const on = new Set(catalogue.idsOf(enabled));
    return { productId, disabledPlans: planIds.filter((planId) => !on.has(planId)).toSorted() };
  });
  const assignments = [...others, ...own].toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
  return { facts: { ...state.facts, direct: assignments }, converted };
}

/** The same things in force, those converted as direct ones. */
export function asDirect(holdings: readonly Holding[], converted: readonly Converted[]): Holding[] {
  const isConverted = ({ source, product, wanted }: Holding): boolean =>
    !wanted && converted.some((one) => one.source === source && one.productId === product.productId);
  const merged: Holding[] = [];
  for (const holding of holdings) {
    const source = isConverted(holding) ? direct : holding.source;
    const at = merged.findIndex((one) => one.source === source && one.product === holding.product);
    const known = merged[at];
    if (known) merged[at] = { ...known, inForce: joined(known.inForce, holding.inForce) };
    else merged.push({ ...holding, source });
  }
  return merged;
}

function wantedAndInForce(holdings: readonly Holding[], products: ReadonlySet<ProductId>) {
  const own = holdings.filter(({ source, product }) => source === direct && products.has(product.productId));
  return {
    wanted: new Map(own.map(({ product, wanted }) => [product.productId, wanted])),
    inForce: new Map(own.map(({ product, inForce }) => [product.productId, inForce])),
  };
}

const joined = (a: PlanSet | undefined, b: PlanSet | undefined): PlanSet | undefined =>
  a && b ? union(a, b) : (a ?? b);
