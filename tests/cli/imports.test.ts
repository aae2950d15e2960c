import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';

import type { ImportResult } from '@allot/contract';

import { allotJson, serveTenant } from './served-tenant.ts';

const tenant = await serveTenant({ after });

async function file(name: string, lines: readonly string[], lineEnd = '\r\n'): Promise<string> {
  await writeFile(join(tenant.folder, name), `${lines.join(lineEnd)}${lineEnd}`);
  return name;
}

const header = 'User principal name,Display name,Usage location';

test('a file of users is imported, and importing it again changes nothing', async () => {
  const name = await file('users.csv', [
    header,
    'adele@contoso.example,Adele,DE',
    'alex@contoso.example,"Alex\r\nthe second",US',
  ]);
  const { exitCode, out, err } = await tenant.allot(['import', 'users', name]);
  assert.equal(exitCode, 0, err);
  assert.equal(out, '2 rows read: 2 users created, 0 updated, 0 unchanged, 0 rows skipped.\n');
  assert.match(err, /^users\.csv: 100 % sent$/m);
  const again = await allotJson<ImportResult>(tenant, 'import', 'users', name);
  assert.deepEqual([again.read, again.created, again.updated, again.unchanged], [2, 0, 0, 2]);
});

test('a column of one’s own is imported as the property it is mapped to', async () => {
  const name = await file('mapped.csv', [`${header},Cost center`, 'mia@contoso.example,Mia,DE,CC7']);
  const mapping = ['--map', 'Cost center=extensionAttribute3'];
  assert.equal((await tenant.allot(['import', 'users', name, ...mapping])).exitCode, 0);
  const filter = "onPremisesExtensionAttributes/extensionAttribute3 eq 'CC7'";
  const found = await allotJson<readonly { displayName: string }[]>(tenant, 'user', 'list', '--filter', filter);
  assert.deepEqual(
    found.map(({ displayName }) => displayName),
    ['Mia'],
  );
  assert.equal((await tenant.allot(['import', 'users', name, '--map', 'Cost center'])).exitCode, 2);
});

test('a dry run says what would happen, and nothing does', async () => {
  const name = await file('dry.csv', [header, 'dry@contoso.example,Dry,DE']);
  const { out } = await tenant.allot(['import', 'users', name, '--dry-run']);
  assert.match(out, /^1 rows read: 1 users would be created, .* Nothing was written \(--dry-run\)\.$/m);
  assert.equal((await tenant.allot(['user', 'show', 'dry@contoso.example'])).exitCode, 1);
});

test('one bad row stops an import with nothing written; each is told by file, line and column', async () => {
  const lines = [header, 'good@contoso.example,Good,DE', 'no address,Bad,DE', 'loc@contoso.example,"Bad, too",Nowhere'];
  const name = await file('mixed.csv', lines);
  const { exitCode, out, err } = await tenant.allot(['import', 'users', name]);
  assert.equal(exitCode, 1);
  assert.equal(out, '');
  assert.match(err, /^mixed\.csv:3:User principal name: .+$/m);
  assert.match(err, /^mixed\.csv:4:Usage location: .+$/m);
  assert.match(err, /--skip-bad/);
  assert.equal((await tenant.allot(['user', 'show', 'good@contoso.example'])).exitCode, 1);

  const csv = await tenant.allot(['import', 'users', name, '--csv']);
  assert.match(csv.out, /^line,column,problem\r\n3,User principal name,/);
});

test('with --skip-bad the good rows are imported, and the bad ones are written to a file that can be imported', async () => {
  const bad = ['no address,Bad,DE', 'loc@contoso.example,"Bad,\r\ntoo",Nowhere'];
  const name = await file('skip.csv', [header, ...bad, 'kept@contoso.example,Kept,DE']);
  const { exitCode, out, err } = await tenant.allot(['import', 'users', name, '--skip-bad']);
  assert.equal(exitCode, 0, err);
  assert.match(out, /^3 rows read: 1 users created, 0 updated, 0 unchanged, 2 rows skipped\.$/m);
  const written = join(tenant.folder, 'skip.csv.bad.csv');
  assert.ok(err.includes(written));
  assert.equal(await readFile(written, 'utf8'), [header, ...bad, ''].join('\r\n'));

  const corrected = (await readFile(written, 'utf8'))
    .replace('no address', 'yes@contoso.example')
    .replace('Nowhere', 'FR');
  await writeFile(written, corrected);
  const again = await allotJson<ImportResult>(tenant, 'import', 'users', written);
  assert.deepEqual([again.created, again.skipped], [2, 0]);
});

test('a dry run writes no file of bad rows', async () => {
  const name = await file('drybad.csv', [header, 'no address,Bad,DE']);
  await tenant.allot(['import', 'users', name, '--skip-bad', '--dry-run']);
  assert.ok(!existsSync(join(tenant.folder, 'drybad.csv.bad.csv')));
});

test('groups are imported with their members and licenses', async () => {
  const product = 'AAD_PREMIUM';
  const { value } = await tenant.client.get<{ value: readonly { skuId: string; skuPartNumber: string }[] }>(
    '/allot/v1/catalogue/products',
  );
  const skuId = value.find(({ skuPartNumber }) => skuPartNumber === product)?.skuId;
  await tenant.client.send('POST', '/allot/v1/subscriptions', { skuId, units: 5, status: 'Enabled' });
  const name = await file('groups.csv', [
    'displayName;description;members;licenses',
    `Sales;Who sells;"adele@contoso.example;alex@contoso.example";${product}`,
  ]);
  const { exitCode, out, err } = await tenant.allot(['import', 'groups', name]);
  assert.equal(exitCode, 0, err);
  assert.match(out, /^1 rows read: 1 groups created/);
  assert.equal((await tenant.allot(['processing', '--wait'])).exitCode, 0);
  const user = await allotJson<{ licenses: readonly { assignedFrom: string; state: string }[] }>(
    tenant,
    'user',
    'show',
    'adele@contoso.example',
  );
  assert.deepEqual(
    user.licenses.map(({ assignedFrom, state }) => [assignedFrom, state]),
    [['Sales', 'Active']],
  );
});

test('a product list is imported as Microsoft publishes it', async () => {
  const name = await file('products.csv', [
    '\ufeffProduct_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names',
    'Tailor Made,TAILOR_MADE,0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0001,TAILOR_PLAN,0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0002,Tailor Plan',
  ]);
  const { exitCode, err } = await tenant.allot(['import', 'products', name]);
  assert.equal(exitCode, 0, err);
  const again = await allotJson<ImportResult>(tenant, 'import', 'products', name);
  assert.equal(again.created, 0);
});

test('a file that is not there is told before anybody is asked', async () => {
  const { exitCode, err } = await tenant.allot(['import', 'users', 'nothing.csv']);
  assert.equal(exitCode, 1);
  assert.match(err, /^nothing\.csv cannot be read \(ENOENT\)\./);
});
