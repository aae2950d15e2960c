import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { sql } from 'kysely';

import { emptyDatabase, silentLog, testDatabase } from '../../../../tests/database.ts';
import { migrate, migrationsDirectory } from './migrate.ts';
import { DatabaseStartError } from './start-error.ts';

test('of servers that start at once on a new database one migrates it and the others wait', async (t) => {
  const { db } = await emptyDatabase(t);
  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(db, silentLog)));
  assert.equal(runs.filter((names) => names.length > 0).length, 1);
  assert.deepEqual(await migrate(db, silentLog), []);
  assert.deepEqual((await sql`select * from allot.tenant`.execute(db)).rows, []);
});

test('only the migrations that have not been run before are run', async (t) => {
  const { db } = await emptyDatabase(t);
  const directory = await migrationsBesides(t, {});
  await migrate(db, silentLog, directory);
  await writeFile(
    join(directory, '9998-later.sql'),
    'create table allot.later (at timestamptz); create index on allot.later (at)',
  );
  assert.deepEqual(await migrate(db, silentLog, directory), ['9998-later']);
  assert.deepEqual((await sql`select * from allot.later`.execute(db)).rows, []);
});

test('a database migrated by a newer Allot is refused and left as it is', async (t) => {
  const { db } = await testDatabase(t);
  await migrate(db, silentLog, await migrationsBesides(t, { '9998-later.sql': 'create table allot.later ()' }));
  await assert.rejects(migrate(db, silentLog), (error) => {
    assert.ok(error instanceof DatabaseStartError);
    assert.equal(error.reason, 'otherVersion');
    assert.match(error.message, /migrated by a newer version of Allot \(9998-later is not known here\)/);
    return true;
  });
});

test('when one migration fails nothing of all of them stays', async (t) => {
  const { db } = await testDatabase(t);
  const directory = await migrationsBesides(t, {
    '9998-works.sql': 'create table allot.works ()',
    '9999-fails.sql': 'create table allot.half (); select 1 / 0',
  });
  await assert.rejects(migrate(db, silentLog, directory), (error) => {
    assert.ok(error instanceof DatabaseStartError);
    assert.equal(error.reason, 'migrationFailed');
    assert.match(error.message, /\(9999-fails\): division by zero\. Nothing was changed\./);
    return true;
  });
  const left = await sql`select to_regclass('allot.works') as works, to_regclass('allot.half') as half`.execute(db);
  assert.deepEqual(left.rows, [{ works: null, half: null }]);
});

test('two migrations with the same number, or one without, are refused before anything is run', async (t) => {
  const { db } = await testDatabase(t);
  for (const name of ['0001-again.sql', 'unnumbered.sql']) {
    const directory = await migrationsBesides(t, { [name]: 'select 1' });
    await assert.rejects(migrate(db, silentLog, directory), /a migration is named NNNN-what-it-does\.sql/);
  }
});

/** A directory with our migrations and some more. */
async function migrationsBesides(
  t: { after(cleanUp: () => Promise<void>): void },
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'allot-migrations-'));
  t.after(() => rm(directory, { recursive: true }));
  await cp(migrationsDirectory, directory, { recursive: true });
  for (const [name, text] of Object.entries(more)) await writeFile(join(directory, name), text);
  return directory;
}
