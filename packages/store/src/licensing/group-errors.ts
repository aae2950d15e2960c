import { type RawBuilder, sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { bigints, ints } from './array-literals.ts';

export interface ErrorRow {
  /** null: direct. */
  readonly groupId: string | null;
  readonly productId: string;
  readonly error: string;
  readonly users: number;
  /** Some of the cohorts concerned, largest first. */
  readonly cohortNos: readonly number[];
}

/** Errors folded by group, product and cause. Reads cohorts, not users. */
export async function loadErrors(db: Handle, tenantId: string, groupId?: string): Promise<ErrorRow[]> {
  const { rows } = await sql<ErrorRow>`
    select nullif(e.source_id, ${directSourceId}) as "groupId", e.product_id as "productId", e.error,
           sum(c.members)::bigint as users, (array_agg(c.cohort_id order by c.members desc, c.cohort_id))[1:20] as "cohortNos"
    from (${shownErrors(sql`tenant_id = ${tenantId} and ${groupId === undefined ? sql`true` : sql`source_id = ${groupId}`}`)}) as e
    join allot.cohort c on c.tenant_id = ${tenantId} and c.cohort_id = e.cohort_id and c.members > 0
    group by e.source_id, e.product_id, e.error
    order by users desc, e.error, e.product_id
  `.execute(db);
  return rows;
}

/** An entry shows one error: missing before kept before flawed (decision 2). */
export const shownErrors = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select distinct on (cohort_id, source_id, product_id) cohort_id, source_id, product_id, error
  from allot.cohort_exception where ${which}
  order by cohort_id, source_id, product_id, case kind when 'missing' then 0 when 'kept' then 1 else 2 end`;

export interface SampleUser {
  readonly id: string;
  readonly userPrincipalName: string;
}

/** Users by number, in that order. */
export async function loadNamedUsers(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<(SampleUser & { readonly userNo: number; readonly displayName: string })[]> {
  const { rows } = await sql<SampleUser & { readonly userNo: number; readonly displayName: string }>`
    select user_no as "userNo", id, display_name as "displayName", user_principal_name as "userPrincipalName"
    from allot.directory_user where tenant_id = ${tenantId} and user_no = any(${bigints(userNos)}) order by user_no
  `.execute(db);
  return rows;
}

/** The first users of these cohorts. Reads users in order until there are enough: quick where many are in these cohorts. */
export async function loadSampleUsers(
  db: Handle,
  tenantId: string,
  cohortNos: readonly number[],
  limit: number,
): Promise<SampleUser[]> {
  const { rows } = await sql<SampleUser>`
    select u.id, u.user_principal_name as "userPrincipalName"
    from allot.user_cohort uc join allot.directory_user u on u.tenant_id = uc.tenant_id and u.user_no = uc.user_no
    where uc.tenant_id = ${tenantId} and uc.cohort_id = any(${bigints(cohortNos)})
    order by uc.user_no limit ${limit}
  `.execute(db);
  return rows;
}

/**
 * The first users of several sets of cohorts, of few users each: whoever looks for one of them reads everybody, which this does once for all.
 * Cohorts have no index to their users, because every change of somebody's cohort would have to write it. The users who are found are looked up
 * one by one (`limit 1`): PostgreSQL expects thousands and would read all users, which takes 600 ms at a million.
 * @returns in the order of the sets
 */
export async function loadSampleUsersOfEach(
  db: Handle,
  tenantId: string,
  sets: readonly (readonly number[])[],
  limit: number,
): Promise<readonly (readonly SampleUser[])[]> {
  if (sets.length === 0) return [];
  const places = sets.flatMap((cohortNos, place) => cohortNos.map(() => place));
  const { rows } = await sql<SampleUser & { readonly place: number }>`
    with found as (
      select a.place, uc.user_no, row_number() over (partition by a.place order by uc.user_no) as nth
      from unnest(${ints(places)}, ${bigints(sets.flat())}) as a (place, cohort_id)
      join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.cohort_id = a.cohort_id
    )
    select f.place, u.id, u.user_principal_name as "userPrincipalName"
    from found f cross join lateral (
      select id, user_principal_name from allot.directory_user where tenant_id = ${tenantId} and user_no = f.user_no limit 1
    ) as u
    where f.nth <= ${limit} order by f.place, f.user_no
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place);
  return sets.map((_, place) =>
    (found.get(place) ?? []).map(({ id, userPrincipalName }) => ({ id, userPrincipalName })),
  );
}

/** Users in error and groups concerned, by cause. A user with two causes counts in both. */
export async function loadErrorSummary(
  db: Handle,
  tenantId: string,
): Promise<{ error: string; count: number; groups: number }[]> {
  const { rows } = await sql<{ error: string; count: number; groups: number }>`
    with shown as (${shownErrors(sql`tenant_id = ${tenantId}`)})
    select x.error, sum(c.members)::bigint as count,
           (select count(distinct e.source_id) from shown e where e.error = x.error and e.source_id <> ${directSourceId}) as groups
    from (select distinct cohort_id, error from shown) as x
    join allot.cohort c on c.tenant_id = ${tenantId} and c.cohort_id = x.cohort_id and c.members > 0
    group by x.error order by count desc, x.error
  `.execute(db);
  return rows;
}
