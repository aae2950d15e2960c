import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createProgram } from './program.ts';
import { run } from './run.ts';
import { memoryIo } from './testing/memory-io.ts';

test('a command line that cannot be understood ends with 2 and says how it is called', async () => {
  for (const args of [
    ['produkt'],
    ['user', 'list', '--limit', 'x'],
    ['group', 'show'],
    ['errors', '--json', '--csv'],
    ['user'],
  ]) {
    const io = memoryIo();
    assert.equal(await run(args, io), 2, args.join(' '));
    assert.match(io.written.err, /--help/, args.join(' '));
    assert.equal(io.written.out, '');
  }
});

test('a misspelled command is answered with the one that may be meant', async () => {
  const io = memoryIo();
  await run(['proccessing'], io);
  assert.match(io.written.err, /Did you mean processing\?/);
});

test('help is no failure, and every command has examples in it', async () => {
  const leaves = (
    command: ReturnType<typeof createProgram>,
    path: readonly string[],
  ): readonly (readonly string[])[] =>
    command.commands.length === 0 ? [path] : command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]));
  const paths = leaves(createProgram(memoryIo()), []);
  assert.ok(paths.length >= 20);
  for (const path of paths) {
    const io = memoryIo();
    assert.equal(await run([...path, '--help'], io), 0);
    assert.match(io.written.out, new RegExp(`Examples:\\n  allot ${path.join(' ')}\\b`), path.join(' '));
  }
});

test('without credentials a command ends with 3 and says where they come from', async () => {
  const io = memoryIo({ folder: '/nonexistent' });
  assert.equal(await run(['summary'], io), 3);
  assert.match(
    io.written.err,
    /^Not signed in: there is no credentials file .*credentials\.json\.\nSign in with allot login, or use the file that the server writes/,
  );
});

test('a file that is no credentials file is named', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'c.json');
  await writeFile(file, '{"baseUrl": "not an address", "tenantId": "t", "clientId": "c", "clientSecret": "s"}');
  const io = memoryIo({ env: { ALLOT_CREDENTIALS: file } });
  assert.equal(await run(['summary'], io), 3);
  assert.ok(io.written.err.startsWith(`Not signed in: ${file} is no credentials file.`));
});

test('a server that does not answer ends with 3; with --json the failure is JSON', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  // A host name that RFC 6761 promises never to exist.
  const credentials = { baseUrl: 'http://allot.invalid', tenantId: 't', clientId: 'c', clientSecret: 's' };
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials));
  const io = memoryIo({ env: { ALLOT_DATA: folder } });
  assert.equal(await run(['product', 'list', '--json'], io), 3);
  const { error } = JSON.parse(io.written.err) as { error: { code: string; message: string; advice: string } };
  assert.equal(error.code, 'ServerUnreachable');
  assert.match(error.message, /^No answer from http:\/\/allot\.invalid: /);
  assert.match(error.advice, /^Start the server/);
});

test('an assignment without products is refused before anybody is asked', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  const credentials = { baseUrl: 'http://allot.invalid', tenantId: 't', clientId: 'c', clientSecret: 's' };
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials));
  const io = memoryIo({ env: { ALLOT_DATA: folder } });
  assert.equal(await run(['user', 'assign', 'adele@contoso.com', '--disable', 'SWAY'], io), 2);
  assert.equal(io.written.err, 'Nothing to change.\nName products with --add or --remove.\n');
});
