import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { connect, startEmbedded } from '@allot/store';

import { isRunning, postgresPid } from './processes.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const options = { poolSizeMax: 2, applicationName: 'test', log: silentLog };

test('what was written is there after the embedded database was stopped and started', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = await startEmbedded({ dataDir, log: silentLog });
  const database = await connect({ ...options, databaseUrl: first.databaseUrl });
  await database.pool.query(`create table kept as select 'Zoë' as name`);
  await database.close();
  await first.stop();

  const second = await startEmbedded({ dataDir, log: silentLog });
  t.after(() => second.stop());
  const again = await connect({ ...options, databaseUrl: second.databaseUrl });
  const kept = await again.pool.query('select upper(name) as name from kept');
  await again.close();
  assert.deepEqual(kept.rows, [{ name: 'ZOË' }]);
});

test('stopping the embedded database leaves no process, no socket and no owner', async () => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  const pid = await postgresPid(dataDir);
  assert.equal(await isRunning(pid), true);
  await embedded.stop();
  await embedded.stop();
  assert.equal(await isRunning(pid), false);
  assert.deepEqual(await readdir(join(dataDir, 'postgres', 'run')), []);
  assert.deepEqual(await readdir(dataDir), ['allot-data.json', 'postgres']);
});

test('stopping does not wait for a transaction that somebody left open', async () => {
  const embedded = await startEmbedded({ dataDir: join(await temporaryDirectory(), 'data'), log: silentLog });
  const database = await connect({ ...options, databaseUrl: embedded.databaseUrl });
  const client = await database.pool.connect();
  await client.query('begin');
  await embedded.stop();
  client.release(true);
  await database.close();
});

test('a data directory may have a longer path than a socket', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'long'.repeat(30), 'data');
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  t.after(() => embedded.stop());
  const database = await connect({ ...options, databaseUrl: embedded.databaseUrl });
  t.after(() => database.close());
  assert.deepEqual((await database.pool.query('select 1 as one')).rows, [{ one: 1 }]);
  assert.ok((await readFile(join(dataDir, 'owner.json'), 'utf8')).includes(`"pid": ${process.pid}`));
});

test("an administrator's local.conf wins over the settings that come with Allot", async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = await startEmbedded({ dataDir, log: silentLog });
  await first.stop();
  await writeFile(join(dataDir, 'postgres', 'cluster', 'local.conf'), `work_mem = '5MB'\n`);
  const second = await startEmbedded({ dataDir, log: silentLog });
  t.after(() => second.stop());
  const database = await connect({ ...options, databaseUrl: second.databaseUrl });
  const { rows } = await database.pool.query('show work_mem');
  await database.close();
  assert.deepEqual(rows, [{ work_mem: '5MB' }]);
});
