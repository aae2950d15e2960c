import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';
import { type Position, unseen } from './position.ts';

/** A user whom something happened to since a position, and what there is now: the user, a deleted one, or nothing at all. */
export interface ChangedUser {
  readonly userNo: number;
  readonly id: string;
  readonly standing: 'present' | 'deleted' | 'gone';
}

export interface ChangedQuery {
  readonly since: Position;
  /** Only these; undefined: whoever changed. */
  readonly ids?: readonly string[] | undefined;
  readonly limit: number;
}

/** Users whom something happened to, in the order of their numbers. @param licenses whether a change of licenses counts */
export async function selectChangedUsers(
  db: Handle,
  tenantId: string,
  { since, ids, limit, after, licenses }: ChangedQuery & { readonly after: number; readonly licenses: boolean },
): Promise<readonly ChangedUser[]> {
  const beyond = (userNo: RawBuilder<unknown>) => sql`${userNo} > ${after}::bigint`;
  const cohortNos = licenses ? await changedCohorts(db, tenantId, since.changeNo) : [];
  const sources = [sql`select distinct n from ${noted(tenantId, since)} where ${beyond(sql`n`)}`];
  if (licenses)
    sources.push(sql`select distinct n from (${moved(tenantId, since.changeNo)}) as m (n) where ${beyond(sql`n`)}`);
  if (cohortNos.length)
    sources.push(sql`
      select uc.user_no from allot.user_cohort uc
      where uc.tenant_id = ${tenantId} and uc.cohort_id = any(${bigints(cohortNos)}) and ${beyond(sql`uc.user_no`)}`);
  const only =
    ids === undefined
      ? sql``
      : sql`where user_no in (
          select user_no from allot.directory_user where tenant_id = ${tenantId} and id = any(${ids}::uuid[])
          union all select n from ${gone(tenantId, since)} where id = any(${ids}::uuid[]))`;
  const { rows } = await sql<ChangedUser>`
    with changed as materialized (
      select user_no from (${sql.join(
        sources.map((source) => sql`(${source} order by 1 ${ids === undefined ? sql`limit ${limit}` : sql``})`),
        sql` union `,
      )}) as c (user_no) ${only} order by user_no limit ${limit}
    )
    select c.user_no as "userNo", coalesce(u.id, g.id) as id,
           case when u.id is null then 'gone' when u.deleted_at is null then 'present' else 'deleted' end as standing
    from changed c
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = c.user_no
    left join lateral (select id from ${gone(tenantId, since)} where n = c.user_no limit 1) g on u.id is null
    where coalesce(u.id, g.id) is not null
    order by c.user_no
  `.execute(db);
  return rows;
}

const noted = (tenantId: string, since: Position): RawBuilder<unknown> => sql`
  (select unnest(user_nos) from allot.directory_change
   where tenant_id = ${tenantId} and ${unseen(since)} and kind in ('user', 'userGone')) as d (n)`;

/** Numbers and ids of users deleted for good. */
const gone = (tenantId: string, since: Position): RawBuilder<unknown> => sql`
  (select n, id from allot.directory_change d cross join lateral unnest(d.user_nos, d.ids) as one (n, id)
   where d.tenant_id = ${tenantId} and ${unseen(since)} and d.kind = 'userGone') as gone`;

/** Users who came from another cohort. */
const moved = (tenantId: string, changeNo: number): RawBuilder<unknown> => sql`
  select user_no from allot.pointer_history where tenant_id = ${tenantId} and change_id > ${changeNo}
  union all
  select unnest(user_nos) from allot.pointer_history_pack where tenant_id = ${tenantId} and change_id > ${changeNo}`;

/** Cohorts whose members have other licenses without having moved: their facts changed, a bundle, or the plans of a product. */
async function changedCohorts(db: Handle, tenantId: string, changeNo: number): Promise<readonly number[]> {
  const { rows } = await sql<{ cohortNo: number }>`
    with product as (
      select product_id from allot.product_history where tenant_id = ${tenantId} and change_id > ${changeNo}
    ), bundle as (
      select group_id from allot.bundle_history where tenant_id = ${tenantId} and change_id > ${changeNo}
      union select group_id from allot.settled_license
      where tenant_id = ${tenantId} and product_id in (select product_id from product)
    )
    select cohort_id as "cohortNo" from allot.cohort_history where tenant_id = ${tenantId} and change_id > ${changeNo}
    union
    select cohort_id from allot.cohort c
    where tenant_id = ${tenantId} and (
      c.groups && array(select group_id from bundle)
      or exists (select from product p where c.direct @> jsonb_build_array(jsonb_build_object('productId', p.product_id))))
  `.execute(db);
  return rows.map(({ cohortNo }) => cohortNo);
}
