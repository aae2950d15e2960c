import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isRunning, postgresPid } from '../embedded/processes.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { allot, callerOf, freePort, type Program, ready, runProgram } from './program.ts';

const root = join(import.meta.dirname, '../..');

test('SIGTERM and SIGINT, once or twice, stop the server and its PostgreSQL with exit code 0', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  for (const signals of [['SIGTERM'], ['SIGINT', 'SIGINT'], ['SIGTERM', 'SIGTERM'], ['SIGINT', 'SIGTERM']] as const) {
    const server = await startServer(t, dataDir);
    const postgres = await postgresPid(dataDir);
    for (const signal of signals) process.kill(server.pid, signal);
    assert.equal(await server.ended, 0, `${signals.join()}: ${server.printed.err}`);
    assert.match(server.printed.out, /Stopping …\n$/);
    assert.equal(server.printed.err, '');
    assert.equal(await isRunning(postgres), false);
  }
});

test('Ctrl-C in a terminal stops a server that was started through a shell, as npm does', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const shell = ['sh', '-c', `true && exec env node ${allot} "$@"`, 'sh'];
  const server = await startServer(t, dataDir, shell);
  const postgres = await postgresPid(dataDir);
  // To the whole process group, and once more to the child by its parent, as npm passes it on.
  process.kill(-server.pid, 'SIGINT');
  process.kill(server.pid, 'SIGINT');
  assert.equal(await server.ended, 0, server.printed.err);
  assert.equal(await isRunning(postgres), false);
  assert.ok(groupIsEmpty(server.pid));
});

test('npm start passes SIGTERM on and leaves no process behind', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const port = String(await freePort());
  const npm = runProgram(t, ['start', '--', '--data', dataDir, '--demo', 'off', '--port', port], {
    command: ['npm', '--prefix', root],
  });
  await npm.says(ready);
  const postgres = await postgresPid(dataDir);
  npm.child.kill('SIGTERM');
  await npm.ended;
  assert.equal(await isRunning(postgres), false);
  assert.ok(groupIsEmpty(npm.pid));
});

test('SIGTERM during the start stops what was started already', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const server = runProgram(t, ['serve', '--data', dataDir, '--demo', 'off', '--port', '0']);
  let postgres: number | undefined;
  while (postgres === undefined) postgres = await postgresPid(dataDir).catch(() => undefined);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.printed.err);
  assert.equal(await isRunning(postgres), false);
});

test('a second start in the same data directory says who holds it, ends with 1 and disturbs nobody', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const first = await startServer(t, dataDir);
  const call = await callerOf(dataDir);
  const postgres = await postgresPid(dataDir);

  const second = runProgram(t, ['serve', '--data', dataDir, '--demo', 'off', '--port', '0']);
  assert.equal(await second.ended, 1);
  assert.equal(second.printed.out, '');
  assert.match(
    second.printed.err,
    new RegExp(
      `^Allot could not start\\.\\nThe data directory is in use by another Allot process: pid ${first.pid} on host .*\\n$`,
    ),
  );

  assert.equal(await postgresPid(dataDir), postgres);
  assert.equal((await call('GET', '/allot/v1/summary')).status, 200);
  assert.equal(await first.stop(), 0);
});

test('a worker beside the server stops at a signal and leaves the server its PostgreSQL', async (t) => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const server = await startServer(t, dataDir);
  const worker = runProgram(t, ['worker', '--data', dataDir]);
  await worker.says(ready);
  for (const signal of ['SIGINT', 'SIGINT'] as const) process.kill(worker.pid, signal);
  assert.equal(await worker.ended, 0, worker.printed.err);
  assert.equal((await (await callerOf(dataDir))('GET', '/allot/v1/summary')).status, 200);
  assert.equal(await server.stop(), 0);
});

async function startServer(t: TestContext, dataDir: string, command?: readonly string[]): Promise<Program> {
  const args = ['serve', '--data', dataDir, '--demo', 'off', '--port', '0'];
  const server = runProgram(t, args, command === undefined ? {} : { command });
  await server.says(ready);
  return server;
}

/** Whether any process of a process group is left. */
function groupIsEmpty(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return false;
  } catch {
    return true;
  }
}
