import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { connect, type Database, DatabaseStartError, isDatabaseUnavailable, startEmbedded } from '@allot/store';

import { isRunning, postgresPid, until } from './processes.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('a pool survives the database going away, says so meanwhile, and works again when it is back', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = await startEmbedded({ dataDir, log: silentLog });
  const database = await openPool(first.databaseUrl);
  t.after(() => database.close());
  // One connection idle, one lent and waiting between two statements.
  const lent = await database.pool.connect();
  await lent.query('begin');
  await database.pool.query('select 1');

  await first.stop();
  await assert.rejects(database.pool.query('select 1'), isDatabaseUnavailable);
  await assert.rejects(lent.query('commit'), isDatabaseUnavailable);
  lent.release(true);

  const second = await startEmbedded({ dataDir, log: silentLog });
  t.after(() => second.stop());
  assert.deepEqual((await database.pool.query('select 1 as one')).rows, [{ one: 1 }]);
});

test('statements work again after PostgreSQL was killed under a running server', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  const database = await openPool(embedded.databaseUrl);
  t.after(async () => {
    await database.close();
    await embedded.stop();
  });
  await database.pool.query('create table kept as select 1 as one');
  const killed = await postgresPid(dataDir);
  process.kill(killed, 'SIGKILL');
  await until(async () => !(await isRunning(killed)));

  await until(async () => {
    try {
      await database.pool.query('select 1');
      return true;
    } catch (error) {
      assert.ok(isDatabaseUnavailable(error), String(error));
      return false;
    }
  });
  assert.deepEqual((await database.pool.query('select * from kept')).rows, [{ one: 1 }]);
});

test('a server that is not there is refused by its address, without the password', async () => {
  const error = await openPool('postgresql://allot:s3cret@127.0.0.1:1/licenses').catch((caught: unknown) => caught);
  assert.ok(error instanceof DatabaseStartError);
  assert.equal(error.reason, 'unreachable');
  assert.equal(
    error.message,
    'Cannot use the database at 127.0.0.1, port 1, database licenses, user allot: nothing listens there. Is the server running, and is the port right?',
  );
  assert.doesNotMatch(`${error.message} ${String(error.cause)} ${error.stack}`, /s3cret/);
});

test('an address that is none is refused, without the password', async () => {
  for (const address of [
    '',
    'allot:s3cret@host',
    'mysql://allot:s3cret@host/db',
    'postgresql://allot:s3cret@host:port/db',
  ]) {
    const error = await openPool(address).catch((caught: unknown) => caught);
    assert.ok(error instanceof DatabaseStartError, address);
    assert.equal(error.reason, 'unreachable');
    assert.match(error.message, /DATABASE_URL is not the address of a PostgreSQL server/);
    assert.doesNotMatch(`${error.message} ${String(error.cause)} ${error.stack}`, /s3cret/);
  }
});

function openPool(databaseUrl: string): Promise<Database> {
  return connect({ databaseUrl, poolSizeMax: 3, applicationName: 'test', log: silentLog });
}
