import type { Filter } from '@allot/engine';
import {
  elementsSatisfying,
  type LicenseCollection,
  licenseCollectionOf,
  type LicenseCondition,
  type LicenseElement,
} from '@allot/store';
import type { Context } from '../context.ts';
import { loadLicenseShapes } from './license-shapes.ts';

/** Cohorts that satisfy a condition, or, with `others`, those that do not: who is in none of them does. */
interface FoundCohorts {
  readonly cohortNos: readonly number[];
  readonly others: boolean;
}

/**
 * For each part of a filter over what users have the cohorts concerned. All members of a cohort have the same, so nobody is looked at one by
 * one. What counts is what users have now: a plan that they lost is not theirs, grace period or not.
 * @throws FilterRefusal
 */
export async function findLicensedCohorts(
  { db, tenantId }: Context,
  filter: Filter,
  advanced: boolean,
): Promise<(part: LicenseCondition) => FoundCohorts> {
  const parts = partsOf(filter);
  const found = new Map<LicenseCondition, FoundCohorts>();
  if (parts.length) {
    const shapes = await loadLicenseShapes({ db, tenantId });
    for (const { part, collection } of parts) {
      const own = shapes.map(({ cohortNos, elements }) => ({ cohortNos, elements: elements[collection] }));
      if (part.kind === 'compare') found.set(part, counted(part, own));
      else found.set(part, { cohortNos: await satisfying({ db }, part, collection, own, advanced), others: false });
    }
  }
  return (part) => found.get(part) ?? { cohortNos: [], others: false };
}

interface Part {
  readonly part: LicenseCondition;
  readonly collection: LicenseCollection;
}

function partsOf(filter: Filter): readonly Part[] {
  if (filter.kind === 'and' || filter.kind === 'or') return [...partsOf(filter.left), ...partsOf(filter.right)];
  if (filter.kind === 'not') return partsOf(filter.operand);
  if (!isLicenseCondition(filter)) return [];
  const collection = licenseCollectionOf(filter);
  return collection === undefined ? [] : [{ part: filter, collection }];
}

/** Whether nothing but what users have decides. */
export const isLicenseCondition = (filter: Filter): filter is Extract<Filter, { kind: 'any' | 'compare' }> =>
  (filter.kind === 'any' || filter.kind === 'compare') && licenseCollectionOf(filter) !== undefined;

interface CohortElements {
  readonly cohortNos: readonly number[];
  readonly elements: readonly LicenseElement[];
}

async function satisfying(
  { db }: Pick<Context, 'db'>,
  part: Extract<LicenseCondition, { kind: 'any' | 'all' }>,
  collection: LicenseCollection,
  cohorts: readonly CohortElements[],
  advanced: boolean,
): Promise<readonly number[]> {
  // Few kinds of elements: the database says once of each what the filter says of it.
  const kinds = new Map(cohorts.flatMap(({ elements }) => elements.map((one) => [JSON.stringify(one), one])));
  const answers = await elementsSatisfying(db, collection, part, [...kinds.values()], advanced);
  const good = new Set([...kinds.keys()].filter((_, no) => answers[no]));
  return cohorts
    .filter(({ elements }) => elements.some((one) => good.has(JSON.stringify(one))))
    .flatMap(({ cohortNos }) => cohortNos);
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

/** Who is in no cohort has nothing: where that satisfies the condition, those who do not are named. */
function counted(
  { operator, value }: Extract<LicenseCondition, { kind: 'compare' }>,
  cohorts: readonly CohortElements[],
): FoundCohorts {
  const holds = (count: number) => comparisons[operator]?.(count, Number(value.value)) === true;
  const others = holds(0);
  const named = cohorts.filter(({ elements }) => holds(elements.length) !== others);
  return { cohortNos: named.flatMap(({ cohortNos }) => cohortNos), others };
}
