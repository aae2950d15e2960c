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
  /** The bundles in the order of L-07, and the place of each group in it. */
  readonly inOrder: readonly Bundle[];
  readonly ranks: ReadonlyMap<GroupId, number>;
  /** Setting of L-09. */
  readonly keepUntilReplaced: boolean;
}

export function prepareWorld(catalogue: Catalogue, bundles: readonly BundleData[], keepUntilReplaced: boolean): World {
  return withBundles({ catalogue, keepUntilReplaced, bundles: new Map(), inOrder: [], ranks: new Map() }, bundles);
}

/** The same world with some bundles replaced. */
export function withBundles(world: World, changed: readonly BundleData[]): World {
  const bundles = new Map(world.bundles);
  for (const data of changed) bundles.set(data.groupId, { data, parts: partsOf(world.catalogue, data.assignments) });
  const inOrder = [...bundles.values()].toSorted((a, b) => compareBundles(a.data, b.data));
  return { ...world, bundles, inOrder, ranks: new Map(inOrder.map(({ data }, rank) => [data.groupId, rank])) };
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

/** The order of L-07. A group that nobody knows any more comes last. */
export function compareGroups({ ranks }: World, a: GroupId, b: GroupId): number {
  const byRank = (ranks.get(a) ?? ranks.size) - (ranks.get(b) ?? ranks.size);
  return byRank || (a < b ? -1 : a > b ? 1 : 0);
}

/** Priority, time first licensed, id. */
function compareBundles(a: BundleData, b: BundleData): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.firstLicensedAt !== b.firstLicensedAt) return a.firstLicensedAt - b.firstLicensedAt;
  return a.groupId < b.groupId ? -1 : 1;
}
