import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { testDatabase } from '../database.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { freePort, runProgram } from './program.ts';

test('a port that is in use keeps the server from starting, and says which', async (t) => {
  const port = await occupiedPort(t);
  const args = ['--port', String(port)];
  await refusal(t, args, `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another with ALLOT_PORT.`);
});

test('a host that is none of this machine keeps the server from starting, and says so', async (t) => {
  const port = String(await freePort());
  const message = (host: string) =>
    `${host} is not an address of this machine. Set ALLOT_HOST to one, or leave it out for 127.0.0.1.`;
  await refusal(t, ['--port', port, '--host', '192.0.2.1'], message('192.0.2.1'));
  await refusal(t, ['--port', '0', '--host', '192.0.2.1'], message('192.0.2.1'));
  await refusal(
    t,
    ['--port', port, '--host', 'nobody.invalid'],
    /^The host name nobody\.invalid is not known\. Set ALLOT_HOST to a name or address of this machine, or leave it out for 127\.0\.0\.1\.$/,
  );
});

test('a certificate that cannot be read or is none keeps the server from starting, and says which file', async (t) => {
  const folder = await temporaryDirectory();
  const [missing, garbage] = [join(folder, 'missing.pem'), join(folder, 'garbage.pem')];
  await writeFile(garbage, 'not a certificate');
  await refusal(
    t,
    ['--tls-cert', missing, '--tls-key', garbage],
    new RegExp(`^ALLOT_TLS_CERT: ${missing} cannot be read \\(ENOENT.*\\)\\.$`),
  );
  await refusal(
    t,
    ['--tls-cert', garbage, '--tls-key', missing],
    new RegExp(`^ALLOT_TLS_KEY: ${missing} cannot be read \\(ENOENT.*\\)\\.$`),
  );
  await refusal(
    t,
    ['--tls-cert', garbage, '--tls-key', garbage],
    new RegExp(
      `^ALLOT_TLS_CERT \\(${garbage}\\) and ALLOT_TLS_KEY \\(${garbage}\\) are no certificate and key in PEM .*\\.$`,
    ),
  );
});

test('a data directory that holds something else keeps the server from starting, and stays as it is', async (t) => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'thesis.tex'), 'years of work');
  await refusal(
    t,
    ['--data', folder],
    /is not a data directory of Allot: it holds other files \(thesis\.tex\) and no allot-data\.json\. Nothing was touched\./,
  );
  assert.deepEqual(await readdir(folder), ['thesis.tex']);
});

test('a data directory that cannot be made keeps the server from starting, with and without a database of its own', async (t) => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'file'), '');
  const inside = join(folder, 'file', 'data');
  await refusal(t, ['--data', inside], new RegExp(inside));
  const { databaseUrl } = await testDatabase(t);
  await refusal(t, ['--data', inside, '--database-url', databaseUrl], new RegExp(inside));
});

test('a database that cannot be reached keeps server and worker from starting, and its password is not shown', async (t) => {
  const folder = await temporaryDirectory();
  const url = 'postgresql://allot:s3cret@127.0.0.1:1/licenses';
  const message =
    'Cannot use the database at 127.0.0.1, port 1, database licenses, user allot: nothing listens there. Is the server running, and is the port right?';
  await refusal(t, ['--data', folder, '--database-url', url], message);
  await refusal(t, ['--data', folder, '--database-url', url], message, 'worker');
  await refusal(
    t,
    ['--data', join(folder, 'none')],
    /^No server of Allot runs on the data directory .*\. Start one there first, or set DATABASE_URL to the server's database\.$/,
    'worker',
  );
});

/** Starts the program, which must end with 1, one message and nothing else. */
async function refusal(
  t: TestContext,
  args: readonly string[],
  message: string | RegExp,
  command = 'serve',
): Promise<void> {
  const own = args.includes('--data') ? [] : ['--data', join(await temporaryDirectory(), 'data')];
  const port = args.includes('--port') || command === 'worker' ? [] : ['--port', '0'];
  const program = runProgram(t, [command, ...args, ...own, ...port]);
  const status = await program.ended;
  const [first, ...said] = program.printed.err.trimEnd().split('\n');
  assert.equal(first, 'Allot could not start.', program.printed.err);
  assert.equal(said.length, 1, program.printed.err);
  if (typeof message === 'string') assert.equal(said[0], message);
  else assert.match(said[0] ?? '', message);
  assert.doesNotMatch(program.printed.err, /s3cret/);
  assert.deepEqual({ status, out: program.printed.out }, { status: 1, out: '' });
}

async function occupiedPort(t: TestContext): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const address = other.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
