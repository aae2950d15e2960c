import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';
import { loadCohorts, type StoredCohort } from '../licensing/load-cohorts.ts';

/** Cohorts held in memory at a time. */
const COHORTS_PAGE_MAX = 2_000;

export interface KeyedCohort extends StoredCohort {
  /** Hexadecimal digits, without hyphens. */
  readonly key: string;
}

/** All cohorts with members, page by page, in the order of their numbers. */
export async function* cohortPages(db: Handle, tenantId: string): AsyncGenerator<readonly KeyedCohort[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ cohortNo: number; key: string }>`
      select cohort_id as "cohortNo", replace(key::text, '-', '') as key from allot.cohort
      where tenant_id = ${tenantId} and cohort_id > ${after} order by cohort_id limit ${COHORTS_PAGE_MAX}
    `.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    const keys = new Map(rows.map(({ cohortNo, key }) => [cohortNo, key]));
    const cohorts = await loadCohorts(db, tenantId, { by: 'number', cohortNos: [...keys.keys()] });
    yield cohorts.map((cohort) => ({ ...cohort, key: keys.get(cohort.cohortNo) ?? '' }));
    after = last.cohortNo;
  }
}

/** The first members of each of these cohorts, by id, at most `limit` of each. */
export async function loadSampleMembers(
  db: Handle,
  tenantId: string,
  cohortNos: readonly number[],
  limit: number,
): Promise<Map<number, readonly string[]>> {
  const { rows } = await sql<{ cohortNo: number; userIds: string[] }>`
    select m.cohort_id as "cohortNo", array_agg(u.id::text order by m.user_no) as "userIds"
    from (
      select cohort_id, user_no, row_number() over (partition by cohort_id order by user_no) as no
      from allot.user_cohort where tenant_id = ${tenantId} and cohort_id = any(${bigints(cohortNos)})
    ) as m
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = m.user_no
    where m.no <= ${limit} group by m.cohort_id
  `.execute(db);
  return new Map(rows.map(({ cohortNo, userIds }) => [cohortNo, userIds]));
}
