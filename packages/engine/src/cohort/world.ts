import type { Catalogue, Product } from '../catalogue/catalogue.ts';
import { minus, type PlanSet } from '../catalogue/plan-set.ts';
import type { GroupId } from '../ids.ts';
import type { Assignment } from './facts.ts';

/** A product with the plans that an assignment enables. */
export interface Part {
  readonly product: Product;
  readonly plans: PlanSet;
}

export interface BundleData {
  readonly groupId: GroupId;
  /** Lower is served first (L-07, L-14). */
  readonly priority: number;
  /** Milliseconds since the epoch; Infinity: never yet. */
  readonly firstLicensedAt: number;
  readonly atomicity: 'bundle' | 'product';
  readonly prerequisites: 'group' | 'user';
  readonly assignments: readonly Assignment[];
}

/** All assignments of one group, prepared. */
export interface Bundle {
  readonly data: BundleData;
  /** Sorted by product. */
  readonly parts: readonly Part[];
}

/** Everything beside the cohort itself that decides what a cohort has. */
export interface World {
  readonly catalogue: Catalogue;
  readonly bundles: ReadonlyMap<GroupId, Bundle>;
  /** Setting of L-09. */
  readonly keepUntilReplaced: boolean;
}

export function prepareWorld(catalogue: Catalogue, bundles: readonly BundleData[], keepUntilReplaced: boolean): World {
  return {
    catalogue,
    bundles: new Map(bundles.map((data) => [data.groupId, { data, parts: partsOf(catalogue, data.assignments) }])),
    keepUntilReplaced,
  };
}

/** The same world with some bundles replaced. */
export function withBundles(world: World, bundles: readonly BundleData[]): World {
  const next = new Map(world.bundles);
  for (const data of bundles) next.set(data.groupId, { data, parts: partsOf(world.catalogue, data.assignments) });
  return { ...world, bundles: next };
}

/** Assignments as parts. A product that the catalogue does not have is left out. */
export function partsOf(catalogue: Catalogue, assignments: readonly Assignment[]): Part[] {
  return assignments
    .toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
    .flatMap(({ productId, disabledPlans }) => {
      const product = catalogue.products.get(productId);
      if (!product) return [];
      const plans = disabledPlans.length ? minus(product.plans, catalogue.setOf(disabledPlans)) : product.plans;
      return [{ product, plans }];
    });
}

/** The order of L-07: priority, time first licensed, id. A group that nobody knows any more comes last. */
export function compareGroups(world: World, a: GroupId, b: GroupId): number {
  const x = world.bundles.get(a)?.data;
  const y = world.bundles.get(b)?.data;
  const byPriority = (x?.priority ?? Infinity) - (y?.priority ?? Infinity);
  if (byPriority !== 0 && !Number.isNaN(byPriority)) return byPriority;
  const byTime = (x?.firstLicensedAt ?? Infinity) - (y?.firstLicensedAt ?? Infinity);
  if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
  return a < b ? -1 : a > b ? 1 : 0;
}
