/**
 * What `npm test` runs: one PostgreSQL for the run, and node's test runner on all tests or on those named.
 *
 *   npm test                                    everything
 *   npm test -- packages/store                  the test files with this in their path
 *   npm test -- 'tests/concurrency/*.test.ts'   those matching a pattern
 *
 * With DATABASE_URL_TEST set to the address of a server (as a user who may create databases), the tests that use a
 * database run a second time, against that server, but for some (`onEmbeddedOnly`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { dirname, join, matchesGlob, relative, resolve } from 'node:path';

import { connect, type Database, type Log, startEmbedded } from '@allot/store';

import { buildPortal } from '../packages/portal/build/build-portal.ts';
import { prepareDatabase } from '../packages/server/src/workers/prepare-database.ts';

const root = dirname(import.meta.dirname);

/**
 * Folders and files tested once: they take most of the time, and what they show does not hang on the server's version. What statements answer
 * and how lists are planned (bench/list-plans) is tested on both.
 */
const onEmbeddedOnly: readonly string[] = [
  // Pages, programs that call, processes that die.
  'browser',
  'cli',
  'demo',
  'durability',
  'graph-clients',
  'portal',
  'sign-in',
  // Our own benchmark, and the protocol.
  'bench/bench',
  'graph/attacks',
  'graph/batch',
  'graph/compatibility-page',
  'graph/protocol',
  'graph/throttling',
  'graph/tolerances',
  // The same as others that are tested on both, over HTTP or at random.
  'deleting/random',
  'graph/delta-replica',
  'http/random',
  'licensing/order-and-repetition',
  'licensing/random',
  'rules/random',
  'scenarios/http',
  // The same at sizes that take long.
  'api/import',
  'check/live',
  'licensing/nested-at-size',
  'rules/size',
];

/** Files tested at a time; the database allows 100 connections and each test takes up to ten. */
const filesAtATime = 2;
/** A test that hangs fails, instead of keeping everybody waiting. The longest takes a minute. */
const testMsMax = 600_000;

/** Each file is a process of its own, and half of its time went into compiling the same modules again. */
const compiled = join(root, 'node_modules', '.cache', 'allot-tests');

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

const run: { child?: ChildProcess | undefined; interrupted?: NodeJS.Signals } = {};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Node's runner gets Ctrl-C by itself, and a second one does no harm; we go on here when it has ended.
    run.interrupted = signal;
    run.child?.kill(signal);
  });
}

process.exitCode = await main(process.argv.slice(2));

async function main(patterns: readonly string[]): Promise<number> {
  const files = testFiles(patterns);
  if (files.length === 0) {
    process.stderr.write(`No test file matches ${patterns.join(' ')}\n`);
    return 1;
  }
  const usingDatabase = files.filter(usesDatabase);
  // Servers hand out what is built.
  if (usingDatabase.length > 0) await buildPortal();
  const status =
    usingDatabase.length === 0 ? await runTests(files, {}) : await withEmbedded((url) => runOnServer(url, files));
  const server = process.env['DATABASE_URL_TEST'];
  const onServer = usingDatabase.filter((file) => !onEmbeddedOnly.some((path) => file.startsWith(join('tests', path))));
  // After a failure not a second time: the last lines printed are to be those that say so.
  if (status !== 0 || server === undefined || server === '' || onServer.length === 0) return status;
  process.stdout.write(`\nOnce more on the server of DATABASE_URL_TEST: ${onServer.length} files\n\n`);
  return runOnServer(server, onServer);
}

function testFiles(patterns: readonly string[]): readonly string[] {
  const all = globSync(['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'], { cwd: root }).sort();
  if (patterns.length === 0) return all;
  const wanted = patterns.map((pattern) => {
    const path = resolve(pattern);
    return existsSync(path) ? relative(root, path) : pattern;
  });
  return all.filter((file) => wanted.some((pattern) => file.includes(pattern) || matchesGlob(file, pattern)));
}

/** Whether a test file imports tests/database.ts, itself or through what it imports by path. */
function usesDatabase(file: string): boolean {
  const database = join(root, 'tests', 'database.ts');
  const seen = new Set<string>();
  const waiting = [join(root, file)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (path === database) return true;
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    for (const [, imported] of readFileSync(path, 'utf8').matchAll(/(?:from|import) *\(?['"](\.[^'"]+\.ts)['"]/g)) {
      if (imported !== undefined) waiting.push(resolve(dirname(path), imported));
    }
  }
  return false;
}

async function withEmbedded<Result>(use: (adminUrl: string) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allot-test-'));
  try {
    const embedded = await startEmbedded({ dataDir, log });
    try {
      await withDatabase(embedded.superuserUrl, async ({ pool }) => {
        // This data is thrown away: it need not survive a power cut, and cloning a template is mostly fsync.
        await pool.query('alter system set fsync = off');
        // Databases are dropped while autovacuum, which is the superuser's, may be at work in them.
        await pool.query('grant pg_signal_backend to allot_service');
        await pool.query('select pg_reload_conf()');
      });
      return await use(embedded.databaseUrl);
    } finally {
      await embedded.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Prepares the template on this server, runs the tests and removes every database they left. */
async function runOnServer(adminUrl: string, files: readonly string[]): Promise<number> {
  const prefix = `allot_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  try {
    await withDatabase(adminUrl, ({ pool }) =>
      pool.query(`create database ${template} template template0 encoding 'UTF8'`),
    );
    const templateUrl = new URL(adminUrl);
    templateUrl.pathname = `/${template}`;
    await withDatabase(templateUrl.href, (database) => prepareDatabase(database, log));
    return await runTests(files, { ALLOT_TEST_DATABASE_URL: adminUrl, ALLOT_TEST_TEMPLATE: template });
  } finally {
    await withDatabase(adminUrl, async ({ pool }) => {
      const left = await pool.query<{ datname: string }>(
        'select datname from pg_database where starts_with(datname, $1)',
        [prefix],
      );
      for (const { datname } of left.rows) await pool.query(`drop database if exists ${datname} with (force)`);
    });
  }
}

async function runTests(files: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  const interrupted = signalSeen();
  if (interrupted !== undefined) return interrupted;
  const child = spawn(
    process.execPath,
    ['--test', `--test-concurrency=${filesAtATime}`, `--test-timeout=${testMsMax}`, '--test-reporter=spec', ...files],
    {
      cwd: root,
      stdio: 'inherit',
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...environment },
    },
  );
  run.child = child;
  // `as`: a child's exit event carries its status or, when a signal ended it, null.
  const [status] = (await once(child, 'exit')) as [number | null];
  run.child = undefined;
  return signalSeen() ?? status ?? 1;
}

/** The exit status for a signal that came meanwhile. */
function signalSeen(): number | undefined {
  return run.interrupted === undefined ? undefined : 128 + constants.signals[run.interrupted];
}

async function withDatabase(databaseUrl: string, use: (database: Database) => Promise<unknown>): Promise<void> {
  const database = await connect({ databaseUrl, poolSizeMax: 2, applicationName: 'allot tests: run', log });
  try {
    await use(database);
  } finally {
    await database.close();
  }
}
