import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { describeProcess, isRunning, postgresPid, until } from './processes.ts';
import { startProgram } from './start-program.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('after kill -9 of the server the next start stops the PostgreSQL left behind and has all that was committed', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const killed = startProgram(t, dataDir);
  await killed.next();
  await killed.query('create table kept as select 1 as one');
  const orphan = await postgresPid(dataDir);
  await killed.kill();
  assert.equal(await isRunning(orphan), true);

  const next = startProgram(t, dataDir);
  assert.match(JSON.stringify(await next.next()), /databaseUrl/);
  assert.equal(await isRunning(orphan), false);
  assert.deepEqual(await next.query('select * from kept'), { one: 1 });
  await next.stop();
});

test('after kill -9 of the server and of PostgreSQL the next start recovers all that was committed', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const killed = startProgram(t, dataDir);
  await killed.next();
  await killed.query('create table kept as select 1 as one');
  const postgres = await postgresPid(dataDir);
  await killed.kill();
  process.kill(postgres, 'SIGKILL');

  const next = startProgram(t, dataDir);
  assert.match(JSON.stringify(await next.next()), /databaseUrl/);
  assert.deepEqual(await next.query('select * from kept'), { one: 1 });
  await next.stop();
});

test('PostgreSQL killed alone is started again by the server', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const program = startProgram(t, dataDir);
  await program.next();
  await program.query('create table kept as select 1 as one');
  const killed = await postgresPid(dataDir);
  process.kill(killed, 'SIGKILL');
  await until(async () => (await postgresPid(dataDir).catch(() => killed)) !== killed);
  await program.stop();
});

test('Ctrl-C in a terminal reaches the server and not PostgreSQL, so the server can finish what it is doing', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const program = startProgram(t, dataDir);
  await program.next();
  const group = await describeProcess(program.pid, 'pgid');
  assert.equal(Number(group), program.pid);
  process.kill(-program.pid, 'SIGINT');
  assert.deepEqual(await program.next(), { signal: 'SIGINT' });
  assert.deepEqual(await program.query('select 1 as one'), { one: 1 });
  await program.stop();
  assert.deepEqual(await program.next(), { stopped: true });
});
