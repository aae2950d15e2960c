import { elapsedMs } from '../elapsed.ts';
import type { Pool } from '../server.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
import { scarceShare, type Times, type Work } from '../works.ts';

/**
 * What PostgreSQL itself needs to write one row for every user concerned: one statement on tables with our columns,
 * indexes and fillfactor, in the state in which the other sides find them.
 */
export async function performFloor(pool: Pool, work: Work, users: number): Promise<Times> {
  switch (work) {
    case 'change-bundle':
    case 'license-all':
      return { work: [await elapsedMs(() => movePointers(pool))] };
    case 'license-half':
      return { work: [await elapsedMs(() => moveMembers(pool, unlicensedGroups.half))] };
    case 'add-members':
      return { work: [await elapsedMs(() => pool.query(insertDepartmentMembers, [tenantId]))] };
    case 'scarce-seats':
      return {
        work: [await elapsedMs(() => movePointers(pool))],
        // Only the users without a seat are concerned.
        buy: [await elapsedMs(() => movePointers(pool, Math.floor(users * scarceShare)))],
      };
  }
}

/** One more cohort number for every user after the given one. */
const movePointers = (pool: Pool, afterUserNo = 0): Promise<unknown> =>
  pool.query('update allot.user_cohort set cohort_id = cohort_id + 1 where tenant_id = $1 and user_no > $2', [
    tenantId,
    afterUserNo,
  ]);

const moveMembers = (pool: Pool, group: string): Promise<unknown> =>
  pool.query(
    `update allot.user_cohort uc set cohort_id = uc.cohort_id + 1 from allot.membership m
     where uc.tenant_id = $1 and m.tenant_id = $1 and m.group_id = $2 and uc.user_no = m.user_no`,
    [tenantId, groupIdOf(group)],
  );
