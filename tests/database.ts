import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { connect, type Database } from '@allot/store';

import { assertAgrees } from './assert-agrees.ts';
import { silentLog } from './embedded/silent-log.ts';
import { everyTenant } from './every-tenant.ts';

export { silentLog };

/** A database of its own for one test, or for the tests of one file. */
export type TestDatabase = Database & {
  /** Its address, for a second pool or a server process. */
  readonly databaseUrl: string;
  /**
   * To stop, before the database is closed and dropped, what the test started on it. Last registered, first run. (Hooks of
   * `t.after` run in the order of their registration, so one registered later would come too late.)
   */
  beforeClose(cleanUp: () => Promise<void>): void;
  /** For tests that put in what cannot be: everything is not counted again (`allot check`) at their end. */
  notChecked(reason: string): void;
};

/**
 * What `testDatabase` needs to know of a test: its `t`. For all tests of a file `{ after }` of node:test, called at the
 * top of the file: `const database = await testDatabase({ after });` (within `before` it would end with that hook).
 */
export type TestScope = { after(cleanUp: () => Promise<void>): void };

/**
 * A database with the current schema and nothing in it, cloned from the template of this run. Dropped after the test,
 * which fails when `allot check` finds a difference in what it left, or when it left a connection lent or open.
 *
 * @throws Error when the tests were not started by `npm test`
 */
export function testDatabase(scope: TestScope): Promise<TestDatabase> {
  return createDatabase(scope, runSettings().template, assertAgrees);
}

/** Like `testDatabase`, but without any schema: for tests of the migrations. */
export function emptyDatabase(scope: TestScope): Promise<TestDatabase> {
  return createDatabase(scope, 'template0');
}

/** The address of another database on the same server. */
export function onDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Connections of one test at most: enough for tests of concurrency, and for two files at a time on a server that has 100. */
const testPoolSizeMax = 10;
/** A connection that was closed is still listed for a moment. */
const closingMsMax = 5_000;

async function createDatabase(
  scope: TestScope,
  template: string,
  check?: (database: Database) => Promise<unknown>,
): Promise<TestDatabase> {
  const { adminUrl, prefix } = runSettings();
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const cleanUps: (() => Promise<void>)[] = [];
  scope.after(() => runAll(cleanUps));

  const admin = await connectForTest(adminUrl, 'allot tests: admin', 1);
  cleanUps.unshift(() => admin.close());
  // Three times as fast as the default strategy where fsync is off, as in our own cluster.
  await admin.pool.query(`create database ${name} template ${template} encoding 'UTF8' strategy file_copy`);
  cleanUps.unshift(async () => {
    await admin.pool.query(`drop database ${name} with (force)`);
  });
  const databaseUrl = onDatabase(adminUrl, name);
  const database = await connectForTest(databaseUrl, 'allot tests', testPoolSizeMax);
  cleanUps.unshift(() => closeAndRefuseLeaks(database, admin, name));
  let reasonNotToCheck: string | undefined;
  cleanUps.unshift(async () => {
    if (reasonNotToCheck === undefined) await check?.(database);
  });
  return {
    ...database,
    databaseUrl,
    beforeClose: (cleanUp) => cleanUps.unshift(cleanUp),
    notChecked(reason) {
      reasonNotToCheck = reason;
    },
  };
}

/** All of them, also after one has failed; the first failure is the one reported. */
async function runAll(cleanUps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanUp of cleanUps) await cleanUp().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function runSettings(): { adminUrl: string; template: string; prefix: string } {
  const { ALLOT_TEST_DATABASE_URL: adminUrl, ALLOT_TEST_TEMPLATE: template } = process.env;
  if (adminUrl === undefined || template === undefined) {
    throw new Error(
      'This test needs a database, which `npm test` starts. For one file: npm test -- path/to/file.test.ts',
    );
  }
  return { adminUrl, template, prefix: template.replace(/_template$/, '') };
}

function connectForTest(databaseUrl: string, applicationName: string, poolSizeMax: number): Promise<Database> {
  return connect({ databaseUrl: everyTenant(databaseUrl), poolSizeMax, applicationName, log: silentLog });
}

async function closeAndRefuseLeaks(database: Database, admin: Database, name: string): Promise<void> {
  const lent = database.pool.totalCount - database.pool.idleCount;
  if (lent > 0)
    throw new Error(`The test ended with ${lent} connection(s) lent and not given back, or with statements under way`);
  await database.close();
  const deadline = Date.now() + closingMsMax;
  for (;;) {
    const open = await admin.pool.query<{ application_name: string; state: string; query: string }>(
      `select application_name, state, left(query, 80) as query from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (open.rows.length === 0) return;
    if (Date.now() > deadline) throw new Error(`The test left connections open: ${JSON.stringify(open.rows)}`);
    await sleep(20);
  }
}
