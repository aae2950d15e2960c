import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { connect, type Database, type Embedded, startEmbedded } from '@allot/store';

import { describeProcess, postgresPid } from './processes.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

let dataDir: string;
let embedded: Embedded;
let database: Database;

before(async () => {
  dataDir = join(await temporaryDirectory(), 'data');
  embedded = await startEmbedded({ dataDir, log: silentLog });
  database = await connect({
    databaseUrl: embedded.superuserUrl,
    poolSizeMax: 2,
    applicationName: 'test',
    log: silentLog,
  });
});

after(async () => {
  await database.close();
  await embedded.stop();
});

test('only its own account and root can reach the embedded database', async () => {
  assert.deepEqual(await settings('listen_addresses', 'unix_socket_directories'), [
    'listen_addresses ',
    'unix_socket_directories ../run',
  ]);
  for (const directory of ['.', 'postgres', 'postgres/run', 'postgres/cluster']) {
    assert.equal((await stat(join(dataDir, directory))).mode & 0o777, 0o700, directory);
  }
});

test('PostgreSQL never runs as root: as an unprivileged account then, otherwise as the user who started it', async () => {
  const uid = Number(await describeProcess(await postgresPid(dataDir), 'uid'));
  const ours = process.getuid?.();
  if (ours === 0) assert.ok(uid > 0);
  else assert.equal(uid, ours);
});

test('the embedded database acknowledges nothing before it is on disk', async () => {
  assert.deepEqual(await settings('data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit'), [
    'data_checksums on',
    'fsync on',
    'full_page_writes on',
    'synchronous_commit on',
  ]);
});

test('the embedded database compares by code point and changes the case of all letters', async () => {
  const { rows } = await database.pool.query(
    `select upper('zoë') as upper, 'a' < 'B' as sorted_by_language,
            current_setting('server_encoding') as encoding, current_setting('timezone') as timezone`,
  );
  assert.deepEqual(rows, [{ upper: 'ZOË', sorted_by_language: false, encoding: 'UTF8', timezone: 'UTC' }]);
});

async function settings(...names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1) order by name',
    [names],
  );
  return rows.map(({ name, setting }) => `${name} ${setting}`);
}
