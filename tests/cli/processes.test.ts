import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { emptyDatabase, testDatabase } from '../database.ts';
import type { TestScope } from '../database.ts';

const program = join(import.meta.dirname, '../../packages/cli/src/allot.ts');

/** Runs the program until it ends; stops it with SIGTERM when it has printed `until`. */
async function runProgram(scope: TestScope, args: readonly string[], until?: string) {
  // Settings of whoever runs the tests must not reach the program.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ALLOT_|DATABASE_URL$)/.test(name)));
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  scope.after(async () => {
    child.kill('SIGKILL');
  });
  const printed = { out: '', err: '' };
  let stopped = false;
  child.stdout.on('data', (chunk: Buffer) => {
    printed.out += chunk.toString('utf8');
    // Once only: a second signal ends it at once.
    if (!stopped && until !== undefined && printed.out.includes(until)) stopped = child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    printed.err += chunk.toString('utf8');
  });
  // `as`: a child's close event carries its status or, when a signal ended it, null.
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, ...printed };
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('serve takes its settings as flags, ends its start with the summary, and stops at SIGTERM', async (t) => {
  const { databaseUrl } = await testDatabase(t);
  const folder = await temporaryFolder(t);
  const args = ['serve', '--port', '0', '--data', folder, '--demo', 'off', '--database-url', databaseUrl];
  const { exitCode, out, err } = await runProgram(t, args, 'Stop with Ctrl-C');
  assert.equal(exitCode, 0, err);
  assert.match(out, /^0 users, 0 licenses granted; everything is settled$/m);
  assert.match(out, /^Where to look:\n {2}http:\/\/localhost:\d+/m);
  assert.ok(existsSync(join(folder, 'credentials.json')));
});

test('worker works beside a server until SIGTERM', async (t) => {
  const { databaseUrl } = await testDatabase(t);
  const { exitCode, err } = await runProgram(t, ['worker', '--database-url', databaseUrl], 'Stop with Ctrl-C');
  assert.equal(exitCode, 0, err);
});

test('migrate makes the schema and stops', async (t) => {
  const { databaseUrl, pool } = await emptyDatabase(t);
  assert.equal((await runProgram(t, ['migrate', '--database-url', databaseUrl])).exitCode, 0);
  const { rows } = await pool.query("select to_regclass('allot.tenant') is not null as made");
  assert.deepEqual(rows, [{ made: true }]);
});

test('a setting that is wrong keeps each process from starting, with a sentence instead of a stack', async (t) => {
  for (const command of ['serve', 'worker', 'migrate']) {
    const { exitCode, out, err } = await runProgram(t, [command, '--database-url', 'nonsense']);
    assert.deepEqual(
      { exitCode, out, err },
      {
        exitCode: 1,
        out: '',
        err: 'Allot could not start.\nDATABASE_URL takes postgresql://user:password@host:port/database.\n',
      },
      command,
    );
  }
});
