import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { newInstallation } from '../durability/installation.ts';
import { runProgram } from '../durability/program.ts';

test('allot tenant makes, lists and deletes tenants beside the server of a data folder, and without one', async (t) => {
  const installation = await newInstallation(t);
  const { dataDir } = installation;
  const allot = async (...args: readonly string[]) => {
    const program = runProgram(t, [...args], { env: { ALLOT_DATA: dataDir } });
    const status = await program.ended;
    return { status, ...program.printed };
  };
  const { server } = await installation.start();
  const own = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));

  const create = ['tenant', 'create', 'Fabrikam.example', '--name', 'Fabrikam', '--usage-location', 'de', '--json'];
  const made = await allot(...create);
  assert.equal(made.status, 0, made.err);
  const credentialsFile = join(dataDir, 'credentials-fabrikam.example.json');
  const { tenantId, clientId, ...rest } = JSON.parse(made.out);
  assert.deepEqual(rest, {
    displayName: 'Fabrikam',
    initialDomain: 'Fabrikam.example',
    defaultUsageLocation: 'DE',
    credentialsFile,
  });
  assert.equal((await stat(credentialsFile)).mode & 0o777, 0o600);
  const { clientSecret, ...credentials } = JSON.parse(await readFile(credentialsFile, 'utf8'));
  assert.deepEqual(credentials, { baseUrl: own.baseUrl, tenantId, clientId });
  assert.ok(!made.out.includes(clientSecret));

  const asked = await allot('summary', '--json', '--credentials', credentialsFile);
  assert.equal(asked.status, 0, asked.err);
  assert.deepEqual(JSON.parse(asked.out).tenant.displayName, 'Fabrikam');

  const again = await allot(...create);
  assert.deepEqual([again.status, again.out], [1, '']);
  assert.match(again.err, /Another tenant has the domain 'Fabrikam\.example'\./);
  const taken = join(dataDir, 'taken.json');
  await writeFile(taken, 'precious');
  const kept = await allot('tenant', 'create', 'northwind.example', '--credentials-file', taken);
  assert.equal(kept.status, 1);
  assert.match(kept.err, /There is a file .*taken\.json already/);
  assert.equal(await readFile(taken, 'utf8'), 'precious');
  const unnamed = await allot('tenant', 'create', 'no domain');
  assert.deepEqual([unnamed.status, /'no domain' is not a domain/.test(unnamed.err)], [1, true], unnamed.err);

  const names = async () => {
    const listed = await allot('tenant', 'list', '--json');
    assert.equal(listed.status, 0, listed.err);
    return JSON.parse(listed.out).map((one: { initialDomain: string; beingDeleted: boolean }) => [
      one.initialDomain,
      one.beingDeleted,
    ]);
  };
  const first = ['my-organization.onmicrosoft.example', false];
  assert.deepEqual(await names(), [first, ['Fabrikam.example', false]], 'nothing is left of a tenant that was refused');

  const unasked = await allot('tenant', 'delete', 'fabrikam.example');
  assert.equal(unasked.status, 2);
  assert.match(unasked.err, /Call it with --yes/);
  const deleted = await allot('tenant', 'delete', 'fabrikam.example', '--yes');
  assert.deepEqual([deleted.status, deleted.out], [0, `Fabrikam (${tenantId}) is deleted.\n`], deleted.err);
  assert.equal((await allot('summary', '--credentials', credentialsFile)).status, 3);
  const unknown = await allot('tenant', 'delete', tenantId, '--yes');
  assert.deepEqual([unknown.status, /There is no tenant/.test(unknown.err)], [1, true], unknown.err);

  assert.equal(await server.stop(), 0, server.printed.err);
  assert.deepEqual(await names(), [first], 'the database is started for it where no server runs');
});
