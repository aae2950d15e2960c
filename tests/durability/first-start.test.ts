import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { emptyDatabase } from '../database.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { callerOf, freePort, type Program, ready, runProgram } from './program.ts';
import { assertCountsAgree } from './recount.ts';
import { settled } from './staff.ts';

test('two servers that start at once on one empty database make one tenant, and both serve it', async (t) => {
  const database = await emptyDatabase(t);
  const scope = { after: (stop: () => Promise<void>) => database.beforeClose(stop) };
  const folder = await temporaryDirectory();
  const servers = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const [dataDir, port] = [join(folder, name), String(await freePort())];
      const args = ['serve', '--data', dataDir, '--demo', 'on', '--port', port, '--database-url', database.databaseUrl];
      return { dataDir, port, program: runProgram(scope, args) };
    }),
  );
  await Promise.all(servers.map(({ program }) => program.says(ready)));

  const { rows } = await database.pool.query('select tenant_id, prepared_at is not null as prepared from allot.tenant');
  assert.equal(rows.length, 1);
  assert.equal(rows[0].prepared, true);
  const summaries: unknown[] = [];
  for (const { dataDir } of servers) {
    const credentials: Record<string, string> = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    assert.equal(credentials['tenantId'], rows[0].tenant_id);
    const call = await callerOf(dataDir);
    await settled(call);
    const answer = await call('GET', '/allot/v1/summary');
    assert.equal(answer.status, 200);
    summaries.push(answer.body);
  }
  assert.deepEqual(summaries[0], summaries[1]);
  await assertCountsAgree(database);
  for (const { program } of servers) assert.equal(await program.stop(), 0, program.printed.err);
});

test('servers that share a data directory for their credentials both serve with them', async (t) => {
  const database = await emptyDatabase(t);
  const scope = { after: (stop: () => Promise<void>) => database.beforeClose(stop) };
  const dataDir = join(await temporaryDirectory(), 'data');
  const start = (port: string) =>
    runProgram(scope, [
      'serve',
      '--data',
      dataDir,
      '--demo',
      'off',
      '--port',
      port,
      '--database-url',
      database.databaseUrl,
    ]);
  const servers: readonly Program[] = [start('0'), start('0')];
  await Promise.all(servers.map((program) => program.says(ready)));
  const { rows } = await database.pool.query('select count(*)::int as count from allot.application');
  assert.deepEqual(rows, [{ count: 1 }]);
  const call = await callerOf(dataDir);
  assert.equal((await call('GET', '/allot/v1/summary')).status, 200);
  for (const program of servers) assert.equal(await program.stop(), 0, program.printed.err);
});

test('a first start that was killed on the way is finished by the next', async (t) => {
  const database = await emptyDatabase(t);
  const scope = { after: (stop: () => Promise<void>) => database.beforeClose(stop) };
  const dataDir = join(await temporaryDirectory(), 'data');
  const args = ['serve', '--data', dataDir, '--demo', 'on', '--port', '0', '--database-url', database.databaseUrl];
  for (const step of [
    'select from allot.tenant',
    'select from allot.subscription',
    'select from allot.group_license',
  ]) {
    const killed = runProgram(scope, args);
    // A table that is not there yet is not filled either.
    while ((await database.pool.query(step).catch(() => ({ rows: [] }))).rows.length === 0)
      await new Promise((again) => setTimeout(again, 5));
    await killed.kill();
  }
  const server = runProgram(scope, args);
  await server.says(ready);
  const call = await callerOf(dataDir);
  await settled(call);
  await assertCountsAgree(database);
  const { body } = await call('GET', '/allot/v1/summary');
  assert.ok(body.users > 0, JSON.stringify(body));
  assert.equal(await server.stop(), 0, server.printed.err);
});
