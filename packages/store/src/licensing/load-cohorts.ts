import type { Assignment, CohortState, Exception, LicenseError } from '@allot/engine';
import { direct } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';

export interface StoredCohort {
  readonly cohortNo: number;
  readonly members: number;
  readonly state: CohortState;
}

/** Which cohorts: by number, those of some groups, those with something missing of some products, or all. */
export type CohortSelection =
  | { readonly by: 'number'; readonly cohortNos: readonly number[] }
  | { readonly by: 'group'; readonly groupIds: readonly string[] }
  | { readonly by: 'missing'; readonly productIds: readonly string[] }
  | { readonly by: 'all' };

interface CohortRow {
  readonly cohortNo: number;
  readonly members: number;
  readonly place: string;
  readonly sharesAddress: boolean;
  /** Joined by commas: the driver takes ten times as long to read an array. */
  readonly groups: string;
  /** null: none. */
  readonly direct: Assignment[] | null;
}

interface ExceptionRow extends Omit<Exception, 'source' | 'error'> {
  readonly cohortNo: number;
  readonly sourceId: string;
  readonly error: LicenseError;
}

/** Two statements, joined here: a lateral aggregate in SQL takes three times as long for 5,000 cohorts. */
export async function loadCohorts(db: Handle, tenantId: string, selection: CohortSelection): Promise<StoredCohort[]> {
  const chosen = condition(tenantId, selection);
  const cohorts = await sql<CohortRow>`
    select c.cohort_id as "cohortNo", c.members, c.place, c.shares_address as "sharesAddress", array_to_string(c.groups, ',') as groups,
           nullif(c.direct, '[]') as direct
    from allot.cohort c where c.tenant_id = ${tenantId} and c.members > 0 and ${chosen}
    order by c.cohort_id
  `.execute(db);
  const exceptions = await sql<ExceptionRow>`
    select e.cohort_id as "cohortNo", e.source_id as "sourceId", e.product_id as "productId", e.kind, e.error, e.plans
    from allot.cohort_exception e join allot.cohort c using (tenant_id, cohort_id)
    where e.tenant_id = ${tenantId} and ${chosen}
  `.execute(db);
  const byCohort = Map.groupBy(exceptions.rows, ({ cohortNo }) => cohortNo);
  // One string for each group, not one for each cohort that names it.
  const ids = new Map<string, string>();
  const one = (id: string): string => {
    const known = ids.get(id);
    if (known === undefined) ids.set(id, id);
    return known ?? id;
  };
  return cohorts.rows.map(({ cohortNo, members, place, sharesAddress, groups, direct: assignments }) => ({
    cohortNo,
    members,
    state: {
      facts: {
        place,
        sharesAddress,
        direct: assignments ?? noAssignments,
        groups: groups === '' ? [] : groups.split(',').map(one),
      },
      exceptions: sorted(byCohort.get(cohortNo)),
    },
  }));
}

const none: readonly Exception[] = [];
const noAssignments: readonly Assignment[] = [];

function sorted(rows: readonly ExceptionRow[] | undefined): readonly Exception[] {
  if (!rows) return none;
  return rows
    .map(({ sourceId, productId, kind, error, plans }) => ({
      source: sourceId === directSourceId ? direct : sourceId,
      productId,
      kind,
      error,
      plans,
    }))
    .toSorted((a, b) => compare(a.source, b.source) || compare(a.productId, b.productId) || compare(a.kind, b.kind));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function condition(tenantId: string, selection: CohortSelection): RawBuilder<boolean> {
  switch (selection.by) {
    case 'number':
      return sql`c.cohort_id = any(${bigints(selection.cohortNos)})`;
    case 'group':
      return sql`(c.groups && ${selection.groupIds}::uuid[] or exists (
        select from allot.cohort_exception k where k.tenant_id = ${tenantId} and k.cohort_id = c.cohort_id
          and k.source_id = any(${selection.groupIds}::uuid[])))`;
    case 'missing':
      return sql`exists (
        select from allot.cohort_exception m where m.tenant_id = ${tenantId} and m.cohort_id = c.cohort_id
          and m.kind = 'missing' and m.plans is null and m.product_id = any(${selection.productIds}::uuid[]))`;
    case 'all':
      return sql`true`;
  }
}
