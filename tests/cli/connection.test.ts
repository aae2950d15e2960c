import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

import { ApiError } from '@allot/contract';

import { serveTenant } from './served-tenant.ts';

const tenant = await serveTenant({ after });
const program = join(import.meta.dirname, '../../packages/cli/src/allot.ts');

test('a secret that is not believed ends with 3 and names the credentials', async () => {
  const text = await readFile(join(tenant.folder, 'credentials.json'), 'utf8');
  const file = join(tenant.folder, 'wrong.json');
  // Made of the file just read.
  const right = JSON.parse(text) as object;
  await writeFile(file, JSON.stringify({ ...right, clientSecret: 'not the secret' }));
  const { exitCode, err } = await tenant.allot(['summary', '--credentials', file]);
  assert.equal(exitCode, 3);
  assert.match(err, /^Not signed in: .+\nCheck that the credentials file belongs to this server/);
});

test('the address of the server can be named apart from the credentials', async () => {
  const { port } = new URL(tenant.client.baseUrl);
  assert.equal((await tenant.allot(['summary', '--server', `http://127.0.0.1:${port}/`])).exitCode, 0);
});

test('what the server refuses comes with Graph’s code, message and advice', async () => {
  const id = '6fd2c87f-b296-42f0-b197-1e91e994b999';
  await assert.rejects(tenant.client.get(`/v1.0/groups/${id}`), (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 404);
    assert.equal(error.code, 'Request_ResourceNotFound');
    assert.ok(error.message.includes(id));
    assert.notEqual(error.advice, undefined);
    return true;
  });
});

test('a list of many pages is read whole, one page at a time', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `Group ${index}`);
  for (const displayName of names) {
    const body = { displayName, mailEnabled: false, mailNickname: displayName.replace(' ', ''), securityEnabled: true };
    await tenant.client.send('POST', '/v1.0/groups', body);
  }
  const sizes: number[] = [];
  const found: string[] = [];
  for await (const page of tenant.client.pages<{ readonly displayName: string }>(
    '/v1.0/groups?$select=displayName&$top=3',
  )) {
    sizes.push(page.length);
    found.push(...page.map(({ displayName }) => displayName));
  }
  assert.deepEqual(found.toSorted(), names);
  assert.ok(sizes.every((size) => size <= 3));
});

test('the program itself ends with the exit code, and a reader that has enough is no failure', async () => {
  const options = { env: { ...process.env, ALLOT_DATA: tenant.folder } };
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [program, 'group', 'list', '--csv'], options);
  assert.match(stdout, /^displayName,id,kind,products\r\n/);
  await assert.rejects(run(process.execPath, [program, 'group', 'show', 'nobody'], options), { code: 1 });
  const shell = `set -o pipefail; "${process.execPath}" "${program}" group list --csv | true`;
  await run('bash', ['-c', shell], options);
});
