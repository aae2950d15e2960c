import { elapsedMs } from '../elapsed.ts';
import type { Pool } from '../server.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { everybody, groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
import { editedRule, manyRules } from '../tenant/rules.ts';
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
    case 'edit-rule':
      await insertRuleMembers(pool);
      return { work: [await elapsedMs(() => moveRuleMembers(pool))] };
    case 'follow-rules':
      return { work: [await elapsedMs(() => pool.query(countByRules))] };
    case 'preview-bundle':
      return { work: [await elapsedMs(() => pool.query(countMembers, [tenantId, groupIdOf(everybody)]))] };
    case 'preview-all':
      return { work: [await elapsedMs(() => pool.query(countMembers, [tenantId, groupIdOf(unlicensedGroups.all)]))] };
    case 'preview-half':
      return { work: [await elapsedMs(() => pool.query(countMembers, [tenantId, groupIdOf(unlicensedGroups.half)]))] };
    case 'preview-rule':
      await insertRuleMembers(pool);
      return { work: [await elapsedMs(() => pool.query(countDifference, [tenantId, ruleGroup, editedRule.after]))] };
    case 'scarce-seats':
      return {
        work: [await elapsedMs(() => movePointers(pool))],
        // Only the users without a seat are concerned.
        buy: [await elapsedMs(() => movePointers(pool, Math.floor(users * scarceShare)))],
      };
  }
}

const ruleGroup = groupIdOf('by rule');

const insertRuleMembers = (pool: Pool): Promise<unknown> =>
  pool.query(
    `insert into allot.membership (tenant_id, group_id, user_no)
     select tenant_id, $2, user_no from allot.directory_user where tenant_id = $1 and department = any($3::text[])`,
    [tenantId, ruleGroup, editedRule.before],
  );

/** One row deleted or inserted, and one pointer moved, for everybody who goes or comes. */
async function moveRuleMembers(pool: Pool): Promise<void> {
  const goes = editedRule.before.filter((name) => !editedRule.after.includes(name));
  const comes = editedRule.after.filter((name) => !editedRule.before.includes(name));
  await pool.query(
    `with gone as (
       delete from allot.membership m using allot.directory_user u
       where u.tenant_id = $1 and u.department = any($3::text[])
         and m.tenant_id = $1 and m.group_id = $2 and m.user_no = u.user_no
       returning m.user_no
     ), come as (
       insert into allot.membership (tenant_id, group_id, user_no)
       select tenant_id, $2, user_no from allot.directory_user where tenant_id = $1 and department = any($4::text[])
       returning user_no
     )
     update allot.user_cohort uc set cohort_id = uc.cohort_id + 1
     from (select user_no from gone union all select user_no from come) as m
     where uc.tenant_id = $1 and uc.user_no = m.user_no`,
    [tenantId, ruleGroup, goes, comes],
  );
}

const countByRules = `
  select ${manyRules.map(({ department }) => `count(*) filter (where lower(department) = '${department}' and account_enabled)`).join(', ')}
  from allot.directory_user where tenant_id = '${tenantId}' and deleted_at is null`;

/** Who is concerned, by what they have. */
const countMembers = `
  select uc.cohort_id, count(*) from allot.membership m
  join allot.user_cohort uc on uc.tenant_id = m.tenant_id and uc.user_no = m.user_no
  where m.tenant_id = $1 and m.group_id = $2 group by uc.cohort_id`;

const countDifference = `
  select uc.cohort_id, m.user_no is null as comes, count(*)
  from allot.directory_user u
  left join allot.membership m on m.tenant_id = u.tenant_id and m.group_id = $2 and m.user_no = u.user_no
  join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
  where u.tenant_id = $1 and (lower(u.department) = any($3::text[])) <> (m.user_no is not null)
  group by 1, 2`;

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
