import { sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { shownErrors } from './group-errors.ts';

export interface UserInErrorRow {
  readonly userNo: number;
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string | null;
  readonly cohortNo: number;
}

/** Errors from one source: of one cause, or all. */
export interface ErrorsAsked {
  /** null: direct; undefined: from any source. */
  readonly groupId: string | null | undefined;
  readonly cause?: { readonly error: string; readonly productId: string };
}

/** Users with these errors after a user, in the order of their creation. */
export async function loadUsersInError(
  db: Handle,
  tenantId: string,
  { groupId, cause }: ErrorsAsked,
  page: { readonly after: number; readonly limit: number },
): Promise<UserInErrorRow[]> {
  const ofSource = groupId === undefined ? sql`true` : sql`source_id = ${groupId ?? directSourceId}`;
  const ofCause = cause ? sql`e.error = ${cause.error} and e.product_id = ${cause.productId}` : sql`true`;
  const { rows } = await sql<UserInErrorRow>`
    select u.user_no as "userNo", u.id, u.display_name as "displayName", u.user_principal_name as "userPrincipalName",
           u.usage_location as "usageLocation", uc.cohort_id as "cohortNo"
    from allot.user_cohort uc join allot.directory_user u on u.tenant_id = uc.tenant_id and u.user_no = uc.user_no
    where uc.tenant_id = ${tenantId} and uc.user_no > ${page.after} and uc.cohort_id in (
      select e.cohort_id from (${shownErrors(sql`tenant_id = ${tenantId} and ${ofSource}`)}) as e
      where ${ofCause})
    order by uc.user_no limit ${page.limit}
  `.execute(db);
  return rows;
}

export interface GroupInErrorRow {
  readonly groupId: string;
  readonly displayName: string;
  /** Users with an error from it, each once. */
  readonly users: number;
  /** What most of them have: error, product, how many, and some of their cohorts, largest first. */
  readonly error: string;
  readonly productId: string;
  readonly causeUsers: number;
  readonly cohortNos: readonly number[];
}

/** Groups from which users have errors, those with the most users first, after a group. Reads cohorts, not users. */
export async function loadGroupsInError(
  db: Handle,
  tenantId: string,
  page: { readonly after: { readonly users: number; readonly groupId: string } | undefined; readonly limit: number },
): Promise<GroupInErrorRow[]> {
  const { after, limit } = page;
  const { rows } = await sql<GroupInErrorRow>`
    with shown as materialized (
      select e.*, c.members from (${shownErrors(sql`tenant_id = ${tenantId} and source_id <> ${directSourceId}`)}) as e
      join allot.cohort c on c.tenant_id = ${tenantId} and c.cohort_id = e.cohort_id and c.members > 0
    ), concerned as (
      select s.source_id, sum(s.members)::bigint as users
      from (select distinct source_id, cohort_id, members from shown) as s group by s.source_id
    ), page as (
      select n.source_id, n.users, g.display_name from concerned n
      join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = n.source_id and g.deleted_at is null
      where ${after ? sql`(n.users < ${after.users} or (n.users = ${after.users} and n.source_id > ${after.groupId}))` : sql`true`}
      order by n.users desc, n.source_id limit ${limit}
    )
    select p.source_id as "groupId", p.display_name as "displayName", p.users, most.error, most.product_id as "productId",
           most.users as "causeUsers", most.cohort_nos as "cohortNos"
    from page p, lateral (
      select s.error, s.product_id, sum(s.members)::bigint as users,
             (array_agg(s.cohort_id order by s.members desc, s.cohort_id))[1:20] as cohort_nos
      from shown s where s.source_id = p.source_id group by s.error, s.product_id
      order by sum(s.members) desc, s.error, s.product_id limit 1
    ) as most
    order by p.users desc, p.source_id
  `.execute(db);
  return rows;
}

/** Users with any error, each once, and groups, those that are there, from which any user has one. */
export async function countInError(db: Handle, tenantId: string): Promise<{ users: number; groups: number }> {
  const { rows } = await sql<{ users: number; groups: number }>`
    with concerned as (
      select distinct e.cohort_id, e.source_id, c.members from allot.cohort_exception e
      join allot.cohort c on c.tenant_id = e.tenant_id and c.cohort_id = e.cohort_id and c.members > 0
      where e.tenant_id = ${tenantId}
    )
    select (select coalesce(sum(members), 0)::bigint from (select distinct cohort_id, members from concerned) as one) as users,
           (select count(distinct g.id) from concerned n join allot.directory_group g
              on g.tenant_id = ${tenantId} and g.id = n.source_id and g.deleted_at is null) as groups
  `.execute(db);
  return rows[0] ?? { users: 0, groups: 0 };
}
