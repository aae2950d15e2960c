import type { Stay } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * In which cohorts users were, oldest first, by user number (L-31). Found backward from where they are: the last arrival in that cohort,
 * then the last one before it in the cohort they came from.
 */
export async function loadStays(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<Map<number, readonly Stay[]>> {
  const { rows } = await sql<{ userNo: number; cohortNo: number; since: number | null }>`
    with recursive stay as (
      select u.user_no, coalesce(uc.cohort_id, 0) as cohort_id, a.change_id as since, a.from_cohort_id
      from unnest(${userNos}::bigint[]) as u (user_no)
      left join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.user_no = u.user_no
      left join lateral (${arrival(tenantId, 'coalesce(uc.cohort_id, 0)', 'u.user_no', '9223372036854775807')}) as a on true
      union all
      select s.user_no, s.from_cohort_id, a.change_id, a.from_cohort_id
      from stay s
      left join lateral (${arrival(tenantId, 's.from_cohort_id', 's.user_no', 's.since')}) as a on true
      where s.since is not null
    )
    select user_no as "userNo", cohort_id as "cohortNo", since from stay order by user_no, since nulls first
  `.execute(db);
  const stays = new Map<number, Stay[]>();
  for (const { userNo, cohortNo, since } of rows) {
    const own = stays.get(userNo) ?? [];
    own.push({ cohortNo, since: since ?? undefined });
    stays.set(userNo, own);
  }
  return stays;
}

/** The last arrival of a user in a cohort before a change: (change_id, from_cohort_id), or no row. The names are SQL of ours. */
const arrival = (tenantId: string, cohortId: string, userNo: string, before: string) => sql`
  select change_id, from_cohort_id from (
    (select h.change_id, h.from_cohort_id from allot.pointer_history h
     where h.tenant_id = ${tenantId} and h.user_no = ${sql.raw(userNo)} and h.change_id < ${sql.raw(before)}
       and h.cohort_id = ${sql.raw(cohortId)}
     order by h.change_id desc limit 1)
    union all
    (select p.change_id, p.from_cohort_id from allot.pointer_history_pack p
     where p.tenant_id = ${tenantId} and p.cohort_id = ${sql.raw(cohortId)} and p.change_id < ${sql.raw(before)}
       and ${sql.raw(userNo)} = any(p.user_nos)
     order by p.change_id desc limit 1)
  ) as arrivals order by change_id desc limit 1`;
