import type { Product } from '../catalogue/catalogue.ts';
import { minus, type PlanSet, union } from '../catalogue/plan-set.ts';
import { direct, type Source } from '../ids.ts';
import type { CohortState, Exception, Facts } from './facts.ts';
import { compareGroups, type Part, partsOf, type World } from './world.ts';

/** One (source, product) of a user: the plans wanted now and the plans in force; undefined: not at all. */
export interface Holding {
  readonly source: Source;
  readonly product: Product;
  readonly wanted: PlanSet | undefined;
  readonly inForce: PlanSet | undefined;
}

/** What a cohort has, in the order of L-07: direct, then its groups; by product within a source. */
export function holdingsOf(state: CohortState, world: World): Holding[] {
  const wanted = wantedOf(state.facts, world);
  const holdings: Holding[] = wanted.map((w) => ({ ...w, inForce: w.wanted }));
  for (const exception of state.exceptions) applyException(holdings, exception, world);
  return holdings;
}

/** The same things in force, wanted by other facts in another world. */
export function rebase(holdings: readonly Holding[], facts: Facts, world: World): Holding[] {
  const next: Holding[] = wantedOf(facts, world).map((w) => ({ ...w, inForce: undefined }));
  const leaving: Holding[] = [];
  for (const old of holdings) {
    if (!old.inForce) continue;
    const at = indexOf(next, old.source, old.product);
    const found = next[at];
    if (found) next[at] = { ...found, inForce: old.inForce };
    else leaving.push({ ...old, wanted: undefined });
  }
  return leaving.length ? inOrder([...next, ...leaving], world) : next;
}

const wantedOf = (facts: Facts, world: World): Omit<Holding, 'inForce'>[] => {
  const out: Omit<Holding, 'inForce'>[] = [];
  const add = (source: Source, parts: readonly Part[]) => {
    for (const { product, plans } of parts) out.push({ source, product, wanted: plans });
  };
  if (facts.direct.length) add(direct, partsOf(world.catalogue, facts.direct));
  // Numbers sort much faster than groups, and this runs for every cohort of every change.
  const ranks: number[] = [];
  for (const group of facts.groups) {
    const rank = world.ranks.get(group);
    if (rank !== undefined) ranks.push(rank);
  }
  for (const rank of ranks.sort((a, b) => a - b)) {
    const bundle = world.inOrder[rank];
    if (bundle) add(bundle.data.groupId, bundle.parts);
  }
  return out;
};

function applyException(holdings: Holding[], exception: Exception, world: World): void {
  if (exception.kind === 'flawed') return;
  const product = world.catalogue.products.get(exception.productId);
  if (!product) return;
  const at = holdings.findIndex((h) => h.source === exception.source && h.product.productId === exception.productId);
  const plans = world.catalogue.setOf(exception.plans ?? []);
  const found = holdings[at];
  if (exception.kind === 'missing' && found?.inForce) {
    holdings[at] = { ...found, inForce: exception.plans ? minus(found.inForce, plans) : undefined };
  } else if (exception.kind === 'kept' && found) {
    holdings[at] = { ...found, inForce: found.inForce ? union(found.inForce, plans) : plans };
  } else if (exception.kind === 'kept') {
    holdings.push({ source: exception.source, product, wanted: undefined, inForce: plans });
    holdings.splice(0, holdings.length, ...inOrder(holdings, world));
  }
}

const indexOf = (holdings: readonly Holding[], source: Source, product: Product): number =>
  holdings.findIndex((h) => h.source === source && h.product.productId === product.productId);

const inOrder = (holdings: readonly Holding[], world: World): Holding[] =>
  holdings.toSorted((a, b) => {
    if (a.source !== b.source) {
      if (a.source === direct) return -1;
      if (b.source === direct) return 1;
      return compareGroups(world, a.source, b.source);
    }
    return a.product.productId < b.product.productId ? -1 : 1;
  });
