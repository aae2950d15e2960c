import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillAttributes } from '../../bench/lists/fill-attributes.ts';
import { type ListCase, listCases } from '../../bench/lists/list-cases.ts';
import { slowLists, whySlow } from '../../bench/lists/slow-lists.ts';
import { insertCatalogue } from '../../bench/tenant/catalogue.ts';
import { insertGroups, insertUsers } from '../../bench/tenant/directory.ts';
import { licensedGroups, tenantId } from '../../bench/tenant/groups.ts';
import { contextOf, insertBaseCohorts, licenseGroups } from '../../bench/tenant/settle-tenant.ts';
import { testDatabase } from '../database.ts';
import { asksOnly, isSorted, type PlanNode, planOf } from './list-plan.ts';

/** As many as PostgreSQL needs to prefer an index to reading them all. */
const users = 20_000;
const pageSize = 100;

const database = await testDatabase({ after });
const ctx = contextOf(database);
const plans = new Map<ListCase, { readonly plan: PlanNode; readonly rows: number }>();
let partialIndexes: ReadonlySet<string>;

before(async () => {
  const { pool } = database;
  await pool.query(
    `insert into allot.tenant (tenant_id, display_name, initial_domain, prepared_at) values ($1, 'Lists', 'lists.example', now())`,
    [tenantId],
  );
  await insertCatalogue(pool, tenantId, users);
  await insertUsers(pool, tenantId, users);
  await insertGroups(pool, tenantId, 'organization');
  await insertBaseCohorts(database, users);
  await licenseGroups(database, licensedGroups('organization').slice(0, 20));
  await fillAttributes(pool, users);
  await pool.query('vacuum analyze');
  for (const list of await listCases(ctx)) {
    if (list.collection === 'users') plans.set(list, await planOf(ctx, list));
  }
  const { rows } = await pool.query<{ name: string }>(
    `select indexname as name from pg_indexes where schemaname = 'allot' and indexdef ~ ' WHERE ' and indexdef !~ ' WHERE \\(deleted_at IS NULL\\)$'`,
  );
  partialIndexes = new Set(rows.map(({ name }) => name));
});

test('whoever fewer than a page of users have is found by an index, or the list of slow lists says why not', () => {
  const unexplained = readEverybody()
    .filter((list) => whySlow(list) === undefined)
    .map(({ asked, filter = '' }) => `${asked}: ${filter}`);
  assert.deepEqual(unexplained, []);
});

test('nothing is named as slow that is not', () => {
  const slow = [...readEverybody(), ...sorted()];
  const stale = slowLists
    .flatMap(({ asked }) => asked)
    .filter((pattern) => !slow.some(({ asked }) => pattern.test(asked)));
  assert.deepEqual(stale.map(String), []);
});

test('the order of a list is that of an index, or the list of slow lists says why not', () => {
  const unexplained = sorted().filter((list) => whySlow(list) === undefined);
  assert.deepEqual(
    unexplained.map(({ asked }) => asked),
    [],
  );
});

test('many lists were looked at, most of them fast', () => {
  const few = [...plans].filter(([{ orderBy }, { rows }]) => orderBy === undefined && rows < pageSize);
  assert.ok(few.length > 150, `${few.length} lists of fewer than a page`);
  assert.ok(readEverybody().length < (few.length * 2) / 3, `${readEverybody().length} of them read everybody`);
});

/** Lists that end before a page is full, and so read to the end whatever there is to read. */
const readEverybody = (): readonly ListCase[] =>
  [...plans].flatMap(([list, { plan, rows }]) =>
    rows < pageSize && list.orderBy === undefined && !asksOnly(plan, partialIndexes) ? [list] : [],
  );

const sorted = (): readonly ListCase[] =>
  [...plans].flatMap(([list, { plan }]) => (list.hits === 'all' && isSorted(plan) ? [list] : []));
