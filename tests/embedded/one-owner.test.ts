import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { DatabaseStartError, startEmbedded } from '@allot/store';

import { postgresPid } from './processes.ts';
import { silentLog } from './silent-log.ts';
import { startProgram } from './start-program.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('a second process in the same data directory is told who is there, and touches nothing', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = startProgram(t, dataDir);
  await first.next();
  const postgres = await postgresPid(dataDir);
  const before = await inodes(dataDir);

  const error = await startEmbedded({ dataDir, log: silentLog }).catch((caught: unknown) => caught);
  assert.ok(error instanceof DatabaseStartError);
  assert.equal(error.reason, 'inUse');
  assert.match(error.message, new RegExp(`pid ${first.pid} on host ${hostname()}, since \\d{4}-\\d\\d-\\d\\dT`));

  assert.deepEqual(await inodes(dataDir), before);
  assert.equal(await postgresPid(dataDir), postgres);
  assert.deepEqual(await first.query('select 1 as one'), { one: 1 });
  await first.stop();
});

test('of processes that start at once in a new data directory one gets it', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const programs = [1, 2, 3].map(() => startProgram(t, dataDir));
  const answers = await Promise.all(programs.map((program) => program.next()));
  assert.equal(answers.filter((answer) => 'databaseUrl' in fields(answer)).length, 1);
  assert.equal(answers.filter((answer) => fields(answer)['reason'] === 'inUse').length, 2);
});

test('of processes that start at once where one was killed one gets the data directory', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const killed = startProgram(t, dataDir);
  await killed.next();
  await killed.kill();
  const programs = [1, 2, 3].map(() => startProgram(t, dataDir));
  const answers = await Promise.all(programs.map((program) => program.next()));
  assert.equal(answers.filter((answer) => 'databaseUrl' in fields(answer)).length, 1);
  assert.equal(answers.filter((answer) => fields(answer)['reason'] === 'inUse').length, 2);
  for (const program of programs) await program.stop();
});

test('a data directory is free again after the database was stopped', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = startProgram(t, dataDir);
  await first.next();
  await first.stop();
  const second = startProgram(t, dataDir);
  assert.ok('databaseUrl' in fields(await second.next()));
  await second.stop();
});

/** Every file that is ours rather than PostgreSQL's, with what would change if it were replaced. */
async function inodes(dataDir: string): Promise<readonly string[]> {
  const names = [
    '.',
    ...(await readdir(dataDir)),
    'postgres/cluster',
    'postgres/cluster/postgresql.conf',
    'postgres/run',
  ];
  return Promise.all(names.map(async (name) => `${name} ${(await stat(join(dataDir, name))).ino}`));
}

function fields(answer: unknown): Readonly<Record<string, unknown>> {
  return typeof answer === 'object' && answer !== null ? { ...answer } : {};
}
