import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Kysely, sql } from 'kysely';

import { onDatabase, silentLog, testDatabase } from '../../../../tests/database.ts';
import { checkServer } from './check-server.ts';
import { connect } from './connect.ts';
import { isConcurrencyFailure, isDatabaseUnavailable, isDiskFull } from './errors.ts';
import { DatabaseStartError } from './start-error.ts';

test('numbers of users come back as numbers, times as Dates, decimals as text', async (t) => {
  const { db } = await testDatabase(t);
  const { rows } = await sql`
    select 9007199254740991::bigint as big, '{{1,2},{null,-3}}'::bigint[] as several, count(*) as counted,
           null::bigint as none, '2026-05-01T10:00:00+02'::timestamptz as at, 1.10::numeric as decimal`.execute(db);
  assert.deepEqual(rows, [
    {
      big: 9_007_199_254_740_991,
      several: [
        [1, 2],
        [null, -3],
      ],
      counted: 1,
      none: null,
      at: new Date('2026-05-01T08:00:00Z'),
      decimal: '1.10',
    },
  ]);
});

test('a number too large to be exact is an error, and the connection goes on working', async (t) => {
  const { db } = await testDatabase(t);
  await assert.rejects(sql`select 9007199254740992::bigint as big`.execute(db), RangeError);
  await assert.rejects(sql`select '{1,9007199254740993}'::bigint[] as big`.execute(db), RangeError);
  assert.deepEqual((await sql`select 1 as one`.execute(db)).rows, [{ one: 1 }]);
});

test('a database that does not exist is refused, saying how to make it', async (t) => {
  const { databaseUrl } = await testDatabase(t);
  const error = await refusal(onDatabase(databaseUrl, 'no_such_database'));
  assert.equal(error.reason, 'unreachable');
  assert.match(
    error.message,
    /database no_such_database, user .*: there is no such database\. Make it with: CREATE DATABASE/,
  );
});

test('a database in another encoding than UTF-8 is refused', async (t) => {
  const database = await testDatabase(t);
  const { databaseUrl, pool } = database;
  const { rows } = await pool.query<{ name: string }>(`select current_database() || '_latin1' as name`);
  const name = rows[0]?.name ?? '';
  await pool.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`);
  database.beforeClose(async () => {
    await pool.query(`drop database ${name} with (force)`);
  });
  const error = await refusal(onDatabase(databaseUrl, name));
  assert.equal(error.reason, 'otherVersion');
  assert.match(error.message, /has the encoding LATIN1; Allot needs UTF8/);
});

test('a server older than PostgreSQL 15 is refused, a newer one is not', () => {
  checkServer({ versionNumber: 150_000, version: '15.0', encoding: 'UTF8' }, 'db');
  checkServer({ versionNumber: 190_001, version: '19.1', encoding: 'UTF8' }, 'db');
  assert.throws(
    () => checkServer({ versionNumber: 140_013, version: '14.13 (Debian)', encoding: 'UTF8' }, 'db'),
    /The database at db is PostgreSQL 14\.13 \(Debian\); Allot needs PostgreSQL 15 or newer/,
  );
});

test('the loser of two serializable transactions is told apart from every other failure', async (t) => {
  const { db } = await testDatabase(t);
  await sql`create table number_taken as select 0 as n`.execute(db);
  const meet = meeting(2);
  const take = (): Promise<void> =>
    db
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (transaction) => {
        await sql`select n from number_taken`.execute(transaction);
        await meet();
        await sql`update number_taken set n = n + 1`.execute(transaction);
      });
  const error = failureOf(await Promise.allSettled([take(), take()]));
  assert.deepEqual(classes(error), { concurrency: true, unavailable: false, diskFull: false });
});

test('the victim of a deadlock is told apart from every other failure', async (t) => {
  const { db } = await testDatabase(t);
  await sql`create table locked as select n from generate_series(1, 2) as n`.execute(db);
  const meet = meeting(2);
  const lock = (first: number, second: number): Promise<void> =>
    db.transaction().execute(async (transaction) => {
      await lockRow(transaction, first);
      await meet();
      await lockRow(transaction, second);
    });
  const error = failureOf(await Promise.allSettled([lock(1, 2), lock(2, 1)]));
  assert.deepEqual(classes(error), { concurrency: true, unavailable: false, diskFull: false });
});

test('a connection ended by the server says that the database is unavailable', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('its connection is gone');
  const { db } = database;
  const error = await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db).catch((caught: unknown) => caught);
  assert.deepEqual(classes(error), { concurrency: false, unavailable: true, diskFull: false });
});

test('a full disk is told apart from every other failure, also when a library wrapped the error', async (t) => {
  const { db } = await testDatabase(t);
  // The server's own error, raised by hand: nobody's disk is filled for a test.
  const error = await sql`do $$ begin raise exception using errcode = 'disk_full'; end $$`
    .execute(db)
    .catch((caught: unknown) => caught);
  const wrapped = new Error('the job failed', { cause: new Error('the statement failed', { cause: error }) });
  for (const one of [error, wrapped])
    assert.deepEqual(classes(one), { concurrency: false, unavailable: false, diskFull: true });
});

test('an ordinary failure is none of those', async (t) => {
  const { db } = await testDatabase(t);
  const error = await sql`select 1 / 0`.execute(db).catch((caught: unknown) => caught);
  for (const one of [error, new Error('08006'), 'text', null, undefined]) {
    assert.deepEqual(classes(one), { concurrency: false, unavailable: false, diskFull: false });
  }
});

async function refusal(databaseUrl: string): Promise<DatabaseStartError> {
  const error = await connect({ databaseUrl, poolSizeMax: 1, applicationName: 'test', log: silentLog }).catch(
    (caught: unknown) => caught,
  );
  assert.ok(error instanceof DatabaseStartError, String(error));
  return error;
}

function classes(error: unknown): object {
  return {
    concurrency: isConcurrencyFailure(error),
    unavailable: isDatabaseUnavailable(error),
    diskFull: isDiskFull(error),
  };
}

function failureOf(results: readonly PromiseSettledResult<void>[]): unknown {
  const failures = results.filter((result) => result.status === 'rejected');
  assert.equal(failures.length, 1);
  return failures[0]?.reason;
}

async function lockRow(db: Kysely<unknown>, n: number): Promise<void> {
  await sql`select n from locked where n = ${n} for update`.execute(db);
}

/** A function that resolves when it has been called by all. */
function meeting(participants: number): () => Promise<void> {
  const all = Promise.withResolvers<undefined>();
  let missing = participants;
  return async () => {
    missing -= 1;
    if (missing === 0) all.resolve(undefined);
    await all.promise;
  };
}
