import type { Database } from '@allot/store';
import { elapsedMs } from '../elapsed.ts';
import { addedProduct, benchCatalogue } from '../tenant/catalogue.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { everybody, groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
import { editedRule, manyRules } from '../tenant/rules.ts';
import type { Times, Work } from '../works.ts';
import { batchSize, loadRules, settleBatch } from './settle-batches.ts';

/**
 * What a good engineer would write first: one row for every user, product and source, evaluated user by user in batches
 * and written with unnest.
 */
export async function performBaseline(database: Database, work: Work, users: number): Promise<Times> {
  switch (work) {
    case 'change-bundle':
      return { work: [await elapsedMs(() => license(database, everybody))] };
    case 'license-all':
      return { work: [await elapsedMs(() => license(database, unlicensedGroups.all))] };
    case 'license-half':
      return { work: [await elapsedMs(() => license(database, unlicensedGroups.half))] };
    case 'add-members':
      return { work: [await elapsedMs(() => addMembers(database))] };
    case 'edit-rule':
      await followRule(database, editedRule.before);
      await license(database, ruleGroup);
      return { work: [await elapsedMs(() => editRule(database))] };
    case 'follow-rules':
      for (const { department } of manyRules) await followRule(database, [department], `rule ${department}`);
      return {
        work: [
          await elapsedMs(async () => {
            for (const { department } of manyRules) await followRule(database, [department], `rule ${department}`);
          }),
        ],
      };
    case 'preview-bundle':
    case 'preview-all':
    case 'preview-half':
    case 'preview-rule':
      return {};
    case 'scarce-seats':
      return {
        work: [await elapsedMs(() => license(database, unlicensedGroups.all))],
        buy: [await elapsedMs(() => buySeats(database, users))],
      };
  }
}

const productId = benchCatalogue().productId(addedProduct);

/** Adds the product to the bundle and evaluates the members of the group. */
async function license(database: Database, group: string): Promise<void> {
  const groupId = groupIdOf(group);
  const { pool } = database;
  await pool.query(
    `insert into allot.group_licensing (tenant_id, group_id, first_licensed_at) values ($1, $2, now())
     on conflict do nothing`,
    [tenantId, groupId],
  );
  await pool.query('insert into allot.group_license (tenant_id, group_id, product_id) values ($1, $2, $3)', [
    tenantId,
    groupId,
    productId,
  ]);
  await settleEach(
    database,
    `select user_no as "userNo" from allot.membership
     where tenant_id = $1 and group_id = $2 and user_no > $3 order by user_no limit $4`,
    [tenantId, groupId],
  );
}

async function addMembers(database: Database): Promise<void> {
  await database.pool.query(insertDepartmentMembers, [tenantId]);
  await settleEach(
    database,
    `select user_no as "userNo" from allot.directory_user
     where tenant_id = $1 and user_no > $2 order by user_no limit $3`,
    [tenantId],
  );
}

const ruleGroup = 'by rule';

/** Evaluates a rule user by user, in batches, and writes who came and went. Returns them. */
async function followRule(
  { pool }: Database,
  departments: readonly string[],
  group = ruleGroup,
): Promise<{ readonly come: readonly number[]; readonly gone: readonly number[] }> {
  const named = new Set(departments);
  const [come, gone]: [number[], number[]] = [[], []];
  for (let last = 0; ; ) {
    const { rows } = await pool.query<{ userNo: number; department: string | null; member: boolean }>({
      name: 'next users of a rule',
      text: `select u.user_no as "userNo", u.department, m.user_no is not null as member
             from allot.directory_user u
             left join allot.membership m on m.tenant_id = u.tenant_id and m.group_id = $2 and m.user_no = u.user_no
             where u.tenant_id = $1 and u.user_no > $3 and u.deleted_at is null order by u.user_no limit $4`,
      values: [tenantId, groupIdOf(group), last, batchSize],
    });
    if (!rows.length) return { come, gone };
    last = rows.at(-1)?.userNo ?? last;
    const matches = (department: string | null) => department !== null && named.has(department.toLowerCase());
    const comes = rows.filter(({ department, member }) => !member && matches(department));
    const goes = rows.filter(({ department, member }) => member && !matches(department));
    const numbers = (list: typeof rows) => list.map(({ userNo }) => userNo);
    if (comes.length)
      await pool.query(
        'insert into allot.membership (tenant_id, group_id, user_no) select $1, $2, unnest($3::bigint[])',
        [tenantId, groupIdOf(group), numbers(comes)],
      );
    if (goes.length)
      await pool.query(
        'delete from allot.membership where tenant_id = $1 and group_id = $2 and user_no = any($3::bigint[])',
        [tenantId, groupIdOf(group), numbers(goes)],
      );
    come.push(...numbers(comes));
    gone.push(...numbers(goes));
  }
}

async function editRule(database: Database): Promise<void> {
  const { come, gone } = await followRule(database, editedRule.after);
  await takeAway(database, ruleGroup, gone);
  await settleUsers(database, come);
}

/** What only this group gave goes with the membership; nobody else gives the product in what is measured. */
async function takeAway({ pool }: Database, group: string, userNos: readonly number[]): Promise<void> {
  await pool.query(
    `with gone as (
       delete from baseline.assignment_state where tenant_id = $1 and group_id = $2 and user_no = any($3::bigint[])
       returning product_id, error
     )
     update allot.product p set consumed = consumed - g.seats
     from (select product_id, count(*)::int as seats from gone where error is null group by product_id) as g
     where p.tenant_id = $1 and p.product_id = g.product_id`,
    [tenantId, groupIdOf(group), userNos],
  );
}

async function settleUsers(database: Database, userNos: readonly number[]): Promise<void> {
  const rules = await loadRules(database);
  for (let i = 0; i < userNos.length; i += batchSize)
    await settleBatch(database, rules, userNos.slice(i, i + batchSize));
}

/** Users waiting for the product, in the order of L-14: nobody has another priority, and they began in this order. */
async function buySeats(database: Database, users: number): Promise<void> {
  const { pool } = database;
  await pool.query('update allot.subscription set units = $3 where tenant_id = $1 and product_id = $2', [
    tenantId,
    productId,
    users,
  ]);
  const waiting = await pool.query<{ userNo: number }>(
    `select user_no as "userNo" from baseline.assignment_state
     where tenant_id = $1 and product_id = $2 and error = 'CountViolation' order by since, user_no`,
    [tenantId, productId],
  );
  const rules = await loadRules(database);
  for (let i = 0; i < waiting.rows.length; i += batchSize) {
    await settleBatch(
      database,
      rules,
      waiting.rows.slice(i, i + batchSize).map(({ userNo }) => userNo),
    );
  }
}

/** @param text gives the next users: its last two parameters are the last user before and how many */
async function settleEach(database: Database, text: string, values: readonly unknown[]): Promise<void> {
  const rules = await loadRules(database);
  for (let last = 0; ; ) {
    const { rows } = await database.pool.query<{ userNo: number }>({
      name: 'next users',
      text,
      values: [...values, last, batchSize],
    });
    const userNos = rows.map(({ userNo }) => userNo);
    last = userNos.at(-1) ?? last;
    if (!userNos.length) return;
    await settleBatch(database, rules, userNos);
  }
}
