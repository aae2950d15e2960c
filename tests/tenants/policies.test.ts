import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { connect, forTenant, insertTenant, isTenantGone } from '@allot/store';
import { type Kysely, sql } from 'kysely';
import { silentLog, testDatabase } from '../database.ts';
import { insertRow, tablesOfTenants } from './tables.ts';

const database = await testDatabase({ after });
database.notChecked('rows are put into every table that mean nothing together');

/** As a server connects: without a tenant until it says one. */
const unscoped = await connect({
  databaseUrl: database.databaseUrl,
  poolSizeMax: 1,
  applicationName: 'allot tests: unscoped',
  log: silentLog,
});
database.beforeClose(() => unscoped.close());

const ours = randomUUID();
const theirs = randomUUID();
const tables = await tablesOfTenants(database.pool);
for (const table of tables) await insertRow(database.db, table, theirs);
await insertTenant(database.db, {
  tenantId: ours,
  displayName: 'Ours',
  initialDomain: 'ours.example',
  defaultUsageLocation: null,
});

/** How many rows `db` sees or changes; everything is rolled back. */
async function affected(db: Kysely<unknown>, statement: string): Promise<number> {
  const undone = new Error('to roll back');
  let count = -1;
  await db
    .transaction()
    .execute(async (trx) => {
      count = (await sql.raw(statement).execute(trx)).rows.length;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return count;
}

test('tenants are apart: every table belongs to tenants, and the same policy holds for its owner and for every statement', async () => {
  const { rows } = await database.pool.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'allot'::regnamespace and c.relkind in ('r', 'p', 'f', 'm', 'v') order by 1`);
  assert.deepEqual(
    rows.map(({ name }) => name),
    tables.map(({ name }) => name),
    'a table without tenant_id',
  );
  const policies = await database.pool.query<{ table: string; forced: boolean; kind: string; condition: string }>(`
    select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as forced,
           concat_ws(' ', p.polname, p.polcmd, p.polpermissive, p.polroles::text, p.polwithcheck::text) as kind,
           replace(pg_get_expr(p.polqual, p.polrelid), c.relname || '.', '') as condition
    from pg_class c left join pg_policy p on p.polrelid = c.oid
    where c.relnamespace = 'allot'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  const [first] = policies.rows;
  assert.match(first?.condition ?? '', /tenant_id/);
  assert.deepEqual(
    policies.rows,
    tables.map(({ name }) => ({
      table: name,
      forced: true,
      kind: 'tenants_apart * t {0}',
      condition: first?.condition,
    })),
    'a migration that adds a table ends with: select allot.keep_tenants_apart();',
  );
});

for (const { name, columns } of tables) {
  test(`tenants are apart in allot.${name}: rows of another tenant are not shown, changed, removed or made`, async () => {
    const others = `tenant_id <> '${ours}'`;
    const select = `select tenant_id from allot.${name} where ${others}`;
    const update = `update allot.${name} set tenant_id = tenant_id where ${others} returning tenant_id`;
    const remove = `delete from allot.${name} where ${others} returning tenant_id`;
    const [us, them] = [forTenant(unscoped.db, ours), forTenant(unscoped.db, theirs)];
    for (const statement of [select, update, remove]) {
      assert.equal(await affected(us, statement), 0, statement);
      assert.equal(await affected(unscoped.db, statement), 0, `for no tenant: ${statement}`);
      // Triggers note changes of several tables in one.
      assert.ok((await affected(them, statement)) >= 1, `for its own tenant: ${statement}`);
    }
    const refused = { code: '42501', message: /row-level security policy/ };
    await assert.rejects(insertRow(us, { name, columns }, theirs), refused);
    await assert.rejects(insertRow(unscoped.db, { name, columns }, theirs), refused);
    await assert.rejects(affected(them, `update allot.${name} set tenant_id = '${ours}' where ${others}`), refused);
  });
}

test('whom a connection works for ends with the statement or the transaction, also after an error', async () => {
  const setting = async () =>
    (
      await unscoped.pool.query<{ value: string }>(
        `select coalesce(current_setting('allot.tenant_id', true), '') as value`,
      )
    ).rows[0]?.value;
  const db = forTenant(unscoped.db, theirs);
  const seen = () => sql<{ value: string }>`select current_setting('allot.tenant_id') as value`.execute(db);

  assert.equal((await seen()).rows[0]?.value, theirs);
  assert.equal(await setting(), '');
  await assert.rejects(sql`select 1 / ${0}::int`.execute(db), { code: '22012' });
  assert.equal(await setting(), '');
  await assert.rejects(sql`no statement`.execute(db), { code: '42601' });
  await assert.rejects(sql`select ${{ toPostgres: () => assert.fail('no value') }}`.execute(db), {
    message: 'no value',
  });
  assert.equal((await seen()).rows[0]?.value, theirs, 'the connection goes on');
  await assert.rejects(
    db.transaction().execute(async (trx) => {
      assert.equal(await affectedBy(trx), 1);
      await sql`savepoint here`.execute(trx);
      await assert.rejects(sql`select 1 / 0`.execute(trx));
      await sql`rollback to savepoint here`.execute(trx);
      assert.equal(await affectedBy(trx), 1, 'a savepoint is not the end');
      throw new Error('enough');
    }),
    { message: 'enough' },
  );
  assert.equal(await setting(), '');
});

const affectedBy = async (db: Kysely<unknown>): Promise<number> =>
  (await sql`select from allot.membership`.execute(db)).rows.length;

test('nobody works for a tenant that is not there', async () => {
  const nobody = forTenant(unscoped.db, randomUUID());
  await assert.rejects(sql`select 1`.execute(nobody), isTenantGone);
  await assert.rejects(affected(nobody, 'select from allot.membership'), isTenantGone);
  assert.equal(await affectedBy(forTenant(unscoped.db, theirs)), 1, 'the connection goes on');
});

test('a handle of a tenant takes the id of one only, and a transaction stays what it was begun as', async () => {
  assert.throws(() => forTenant(unscoped.db, "all'; drop schema allot; --"), TypeError);
  assert.throws(() => forTenant(unscoped.db, 'all'), TypeError);
  await forTenant(unscoped.db, ours)
    .transaction()
    .execute(async (trx) => assert.throws(() => forTenant(trx, theirs), /transaction/));
});
