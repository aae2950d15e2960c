import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { DatabaseStartError, startEmbedded } from '@allot/store';

import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('a directory with other files in it is refused and left as it is', async () => {
  const dataDir = await temporaryDirectory();
  await writeFile(join(dataDir, 'thesis.txt'), 'three years of work');
  const error = await refusal(dataDir);
  assert.equal(error.reason, 'notOurs');
  assert.match(error.message, /thesis\.txt.*Nothing was touched\. Name an empty or new directory/);
  assert.deepEqual(await readdir(dataDir), ['thesis.txt']);
});

test('a file is refused where a data directory is wanted', async () => {
  const file = join(await temporaryDirectory(), 'thesis.txt');
  await writeFile(file, 'three years of work');
  assert.equal((await refusal(file)).reason, 'notOurs');
  assert.equal((await refusal(join(file, 'data'))).reason, 'notOurs');
  assert.equal(await readFile(file, 'utf8'), 'three years of work');
});

test('the root of a new volume counts as empty', async () => {
  const dataDir = await temporaryDirectory();
  await mkdir(join(dataDir, 'lost+found'));
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  await embedded.stop();
});

test('a database made by another version of PostgreSQL is refused, saying which', async () => {
  const dataDir = await temporaryDirectory();
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  await embedded.stop();
  await writeFile(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '17\n');
  const error = await refusal(dataDir);
  assert.equal(error.reason, 'otherVersion');
  assert.match(error.message, /made by PostgreSQL 17; this version of Allot brings PostgreSQL 18/);
  assert.deepEqual(await readdir(dataDir), ['allot-data.json', 'postgres']);
});

test('a data directory with the layout of a later version of Allot is refused', async () => {
  const dataDir = await temporaryDirectory();
  await writeFile(join(dataDir, 'allot-data.json'), '{ "layout": 2 }');
  const error = await refusal(dataDir);
  assert.equal(error.reason, 'otherVersion');
  assert.deepEqual(await readdir(dataDir), ['allot-data.json']);
});

test('what a first start that was killed left behind does not keep the next one from starting', async () => {
  const dataDir = await temporaryDirectory();
  await writeFile(join(dataDir, 'allot-data.json'), '{ "layout": 1 }');
  await mkdir(join(dataDir, 'postgres', 'cluster.unfinished', 'base'), { recursive: true });
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  await embedded.stop();
});

test('a directory that we may not write to is refused, saying what is missing', async () => {
  const parent = await temporaryDirectory();
  await chmod(parent, 0o500);
  const error = await asOrdinaryUser(() => refusal(join(parent, 'data')));
  assert.equal(error.reason, 'notWritable');
  assert.match(error.message, /EACCES.*Give user/);
});

async function refusal(dataDir: string): Promise<DatabaseStartError> {
  const error = await startEmbedded({ dataDir, log: silentLog }).catch((caught: unknown) => caught);
  assert.ok(error instanceof DatabaseStartError, String(error));
  return error;
}

/** Root may write everywhere; so root becomes somebody else for a moment. */
async function asOrdinaryUser<Result>(run: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
