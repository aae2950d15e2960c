import type { Catalogue, ProductData } from '../catalogue/catalogue.ts';
import type { Assignment, CohortState } from '../cohort/facts.ts';
import { type BundleData, prepareWorld, type World } from '../cohort/world.ts';
import { direct, type GroupId, type PlanId, type ProductId } from '../ids.ts';
import type { CohortNo } from '../plan/change.ts';
import { type RecordedEntry, recordedEntries } from './recorded-entries.ts';

/** The number of an applied change in its tenant; they grow with time. */
export type ChangeNo = number;

/** What something was until a change. */
export interface Version<T> {
  readonly until: ChangeNo;
  readonly value: T;
}

/** A cohort in which a user was. `cohortNo` 0: in none. */
export interface Stay {
  readonly cohortNo: CohortNo;
  /** The change by which the user came; undefined: as far back as is known. */
  readonly since: ChangeNo | undefined;
}

/** Everything that decided about what some users had, with what it was before. Versions are sorted by `until`. */
export interface Past {
  readonly world: World;
  readonly cohorts: ReadonlyMap<
    CohortNo,
    { readonly now: CohortState | undefined; readonly before: readonly Version<CohortState>[] }
  >;
  readonly bundles: ReadonlyMap<GroupId, readonly Version<readonly Assignment[]>[]>;
  /** The plans of products. */
  readonly products: ReadonlyMap<ProductId, readonly Version<readonly PlanId[]>[]>;
}

/** What a user had from a change on, until the next moment. `since` undefined: before the first change that is known. */
export interface Moment {
  readonly since: ChangeNo | undefined;
  readonly entries: readonly RecordedEntry[];
}

/**
 * What a user had when (L-31), oldest first; each moment differs from the one before. Pure: the same past, the same story.
 * @param stays oldest first
 */
export function timeline(stays: readonly Stay[], past: Past): Moment[] {
  const moments: (Moment & { readonly key: string })[] = [];
  stays.forEach((stay, i) => {
    const until = stays[i + 1]?.since ?? Infinity;
    for (const since of changesDuring(stay, until, past)) {
      const entries = entriesAfter(stay, since ?? -1, past);
      const key = JSON.stringify(entries);
      if (key !== (moments.at(-1)?.key ?? '[]')) moments.push({ since, entries, key });
    }
  });
  return moments.map(({ since, entries }) => ({ since, entries }));
}

/** The changes from which on a user of the cohort may have had something else: the arrival, and those of all that decides. */
function changesDuring({ cohortNo, since }: Stay, until: ChangeNo, past: Past): (ChangeNo | undefined)[] {
  const changes = new Set<ChangeNo>();
  const add = (versions: readonly Version<unknown>[] | undefined) => {
    for (const version of versions ?? [])
      if (version.until > (since ?? -1) && version.until < until) changes.add(version.until);
  };
  const cohort = past.cohorts.get(cohortNo);
  add(cohort?.before);
  const states = [...(cohort?.before.map(({ value }) => value) ?? []), ...(cohort?.now ? [cohort.now] : [])];
  for (const groupId of new Set(states.flatMap(groupsOf))) add(past.bundles.get(groupId));
  for (const versions of past.products.values()) add(versions);
  return [since, ...[...changes].toSorted((a, b) => a - b)];
}

/** The groups that give members of a cohort anything. */
export const groupsOf = ({ facts, exceptions }: CohortState): GroupId[] => [
  ...facts.groups,
  ...exceptions.flatMap(({ source }) => (source === direct ? [] : source)),
];

function entriesAfter({ cohortNo }: Stay, change: ChangeNo, past: Past): RecordedEntry[] {
  const cohort = past.cohorts.get(cohortNo);
  const state = cohort && (after(cohort.before, change) ?? cohort.now);
  if (!state) return [];
  const { world } = past;
  const bundles = [...new Set(groupsOf(state))].map((groupId): BundleData => {
    const now = world.bundles.get(groupId)?.data ?? goneBundle(groupId);
    return { ...now, assignments: after(past.bundles.get(groupId) ?? [], change) ?? now.assignments };
  });
  return recordedEntries(state, prepareWorld(catalogueAfter(past, change), bundles, world.keepUntilReplaced));
}

/** Of a group that was deleted for good only the past is known. Its place among others decides nothing here. */
const goneBundle = (groupId: GroupId): BundleData => ({
  groupId,
  priority: 0,
  firstLicensedAt: Infinity,
  atomicity: 'bundle',
  prerequisites: 'group',
  assignments: [],
});

/** What it was after the change, if that is not what it is now. */
const after = <T>(versions: readonly Version<T>[], change: ChangeNo): T | undefined =>
  versions.find(({ until }) => until > change)?.value;

function catalogueAfter({ world: { catalogue }, products }: Past, change: ChangeNo): Catalogue {
  const changed = [...products].flatMap(([productId, versions]) => {
    const planIds = after(versions, change);
    const product = catalogue.products.get(productId);
    if (!planIds || !product) return [];
    const data: ProductData = { ...product.data, planIds };
    return [[productId, { productId, data, plans: catalogue.setOf(planIds) }] as const];
  });
  return changed.length ? { ...catalogue, products: new Map([...catalogue.products, ...changed]) } : catalogue;
}
