import type { Database } from '@allot/store';
import { elapsedMs } from '../elapsed.ts';
import { addedProduct, benchCatalogue } from '../tenant/catalogue.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { everybody, groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
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
