import {
  type Assignment,
  type CohortState,
  direct,
  type Exception,
  type Facts,
  type PlanId,
  type Version,
} from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { bigints, uuids } from '../licensing/array-literals.ts';

interface StoredState extends Facts {
  readonly exceptions: readonly (Omit<Exception, 'source'> & { readonly source: string })[];
}

/** What cohorts were, by number; versions sorted by the change until which they were so. */
export async function loadCohortVersions(
  db: Handle,
  tenantId: string,
  cohortNos: readonly number[],
): Promise<Map<number, Version<CohortState>[]>> {
  const rows = await versions<number, StoredState>(
    db,
    sql`select cohort_id as of, change_id as until, state as value from allot.cohort_history
        where tenant_id = ${tenantId} and cohort_id = any(${bigints(cohortNos)}) order by cohort_id, change_id`,
  );
  return new Map(
    [...rows].map(([cohortNo, of]) => [cohortNo, of.map(({ until, value }) => ({ until, value: stateOf(value) }))]),
  );
}

function stateOf({ exceptions, ...facts }: StoredState): CohortState {
  return {
    facts,
    exceptions: exceptions.map((e) => ({ ...e, source: e.source === directSourceId ? direct : e.source })),
  };
}

/** What groups gave, by group. */
export const loadBundleVersions = (
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<Map<string, Version<readonly Assignment[]>[]>> =>
  versions(
    db,
    sql`select group_id as of, change_id as until, bundle as value from allot.bundle_history
        where tenant_id = ${tenantId} and group_id = any(${uuids(groupIds)}) order by group_id, change_id`,
  );

/** The plans that products had, by product. */
export const loadProductVersions = (db: Handle, tenantId: string): Promise<Map<string, Version<readonly PlanId[]>[]>> =>
  versions(
    db,
    sql`select product_id as of, change_id as until, plan_ids as value from allot.product_history
        where tenant_id = ${tenantId} order by product_id, change_id`,
  );

/** @param query rows (of, until, value), sorted */
async function versions<K, T>(db: Handle, query: RawBuilder<unknown>): Promise<Map<K, Version<T>[]>> {
  // `as`: what the statements above select.
  const { rows } = (await query.execute(db)) as { rows: { of: K; until: number; value: T }[] };
  const found = new Map<K, Version<T>[]>();
  for (const { of, until, value } of rows) {
    const known = found.get(of);
    if (known) known.push({ until, value });
    else found.set(of, [{ until, value }]);
  }
  return found;
}
