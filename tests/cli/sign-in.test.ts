import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '../../packages/cli/src/run.ts';
import { memoryIo } from '../../packages/cli/src/testing/memory-io.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';

const office = await startOffice({ after });
const { server, browser, submitSignIn } = office;
const ann = await office.addPerson('ann@local.example', [globalAdministratorId]);
const folder = await mkdtemp(join(tmpdir(), 'allot-person-'));
after(() => rm(folder, { recursive: true }));
const file = join(folder, 'allot', 'sign-in.json');

/** A person's own machine, where there are no credentials of an application. */
async function allot(...args: readonly string[]) {
  const io = memoryIo({ env: { XDG_CONFIG_HOME: folder }, folder });
  const exitCode = await run(args, io);
  return { exitCode, ...io.written };
}

/** Types the code that the command shows, and signs in, as soon as it is shown. */
async function login(...args: readonly string[]) {
  const io = memoryIo({ env: { XDG_CONFIG_HOME: folder }, folder });
  const running = run(['login', ...args], io);
  while (!/type the code (\S+)/.test(io.written.out)) await new Promise((done) => setTimeout(done, 10));
  const [, address = '', code = ''] = /Open (\S+)\nand type the code (\S+)/.exec(io.written.out) ?? [];
  const who = browser();
  const confirm = await who.submit(await who.open(address), { user_code: code });
  await submitSignIn(who, await who.submit(confirm, { confirm: 'yes' }), ann);
  return { exitCode: await running, ...io.written };
}

const readTokens = async (): Promise<Record<string, string>> => JSON.parse(await readFile(file, 'utf8'));

test('a person signs in with a code, and commands ask in their name until they sign out', async () => {
  assert.equal((await allot('summary')).exitCode, 3);
  const nowhere = await allot('login');
  assert.deepEqual([nowhere.exitCode, nowhere.err.split('\n')[0]], [2, 'No server is named.']);

  const { exitCode, out } = await login('--server', server.baseUrl, '--tenant', server.tenantId);
  assert.equal(exitCode, 0);
  assert.match(out, /You are signed in\./);
  assert.equal((await stat(file)).mode & 0o777, 0o600);

  const who = await allot('whoami');
  assert.match(who.out, /^ann@local\.example \(ann@local\.example\)\n\nROLE +FOR *\nGlobal Administrator +everywhere/);
  assert.equal((await allot('summary')).exitCode, 0);
  const other = await allot('summary', '--server', 'http://127.0.0.1:1');
  assert.match(other.err, /^You are signed in at http.*, not at http:\/\/127\.0\.0\.1:1/);

  const { refreshToken = '' } = await readTokens();
  assert.match((await allot('logout')).out, /You are signed out/);
  await assert.rejects(stat(file), { code: 'ENOENT' });
  const refreshed = await office.askToken({
    grant_type: 'refresh_token',
    client_id: 'a1107c11-0000-4000-8000-00000000c11e',
    refresh_token: refreshToken,
  });
  assert.equal(refreshed.status, 400);
});

test('many commands at once renew the sign-in once, and all of them go on', async () => {
  await login('--server', server.baseUrl, '--tenant', server.tenantId);
  const before = await readTokens();
  await writeFile(file, JSON.stringify({ ...before, expiresAt: 0 }));
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => allot('whoami', '--json')));
  assert.deepEqual(
    outcomes.map(({ exitCode, err }) => [exitCode, err]),
    outcomes.map(() => [0, '']),
  );
  const renewed = await readTokens();
  assert.notEqual(renewed['refreshToken'], before['refreshToken']);
  assert.equal((await allot('whoami')).exitCode, 0);
});

test('a sign-in that is good no longer says what to do', async () => {
  await writeFile(file, JSON.stringify({ ...(await readTokens()), accessToken: 'a.b.c', refreshToken: 'gone' }));
  const { exitCode, err } = await allot('summary');
  assert.deepEqual([exitCode, err], [3, 'You are not signed in any more.\nRun allot login.\n']);
});

test('credentials of an application go before a person who is signed in', async () => {
  const io = memoryIo({ env: { XDG_CONFIG_HOME: folder, ALLOT_DATA: server.data }, folder });
  assert.equal(await run(['whoami'], io), 0);
  assert.match(io.written.out, /^Allot administration, the application/);
});
