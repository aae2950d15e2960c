import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';

import type { ProductImportResult } from '@allot/contract';

import { setUpOffice } from './office.ts';
import { allotJson, serveTenant } from './served-tenant.ts';

const tenant = await serveTenant({ after });
const { groupIds } = await setUpOffice(tenant);
const sales = groupIds.get('sales') ?? '';

const skuId = '0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f0001';
const planId = (number: number) => `0f3c3f4e-5a0d-4a53-9d3c-6c1a9a1f00${10 + number}`;
const names = ['NEEDLE', 'THREAD', 'BUTTON', 'YARN', 'SILK'];

/** A list with one product that has these of the plans. */
async function list(name: string, ...numbers: readonly number[]): Promise<string> {
  const header =
    'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names';
  const rows = numbers.map((number) => `Tailor,TAILOR,${skuId},${names[number]},${planId(number)},${names[number]}`);
  await writeFile(join(tenant.folder, name), [header, ...rows, ''].join('\n'));
  return name;
}

const plansNow = async (): Promise<readonly string[]> => {
  const product = await allotJson<{ readonly value?: unknown }>(tenant, 'product', 'show', 'TAILOR');
  return names.filter((name) => JSON.stringify(product).includes(`"${name}"`));
};

test('a first list is imported by a script without a question', async () => {
  const { exitCode, out, err } = await tenant.allot(['import', 'products', await list('first.csv', 0, 1)]);
  assert.equal(exitCode, 0, err);
  assert.match(out, /^New products: 1\n {2}TAILOR\n/);
  assert.match(out, /1 products created/);
  await tenant.client.send('POST', '/allot/v1/subscriptions', { skuId, units: 9 });
  await tenant.allot(['group', 'assign', sales, '--add', 'TAILOR', '--wait']);
});

test('at a terminal a newer list is shown with the groups and users it reaches, and "no" imports nothing', async () => {
  const newer = await list('newer.csv', 1, 2);
  for (const typed of ['n\n', '\n', 'whatever\n', '']) {
    const { exitCode, out, err } = await tenant.allot(['import', 'products', newer], 200, typed);
    assert.equal(exitCode, 1);
    assert.match(out, /Changed products: 1\n {2}TAILOR: gains BUTTON; loses NEEDLE\n/);
    assert.match(out, /Sales Europe, TAILOR: on: BUTTON \(3 users\); gone: NEEDLE \(3 users\)\n/);
    assert.match(
      out,
      /The service plans of 3 users change\. They get: BUTTON \(3 users\)\. They no longer have: NEEDLE/,
    );
    assert.match(err, /Import newer\.csv\? \[y\/N\]/);
    assert.match(err, /Nothing was imported\./);
  }
  assert.deepEqual(await plansNow(), ['NEEDLE', 'THREAD']);
});

test('"yes" imports what was shown, and the same list again asks nothing', async () => {
  const newer = await list('newer.csv', 1, 2);
  const { exitCode, out, err } = await tenant.allot(['import', 'products', newer], 200, 'y\n');
  assert.equal(exitCode, 0, err);
  assert.match(out, /0 products created, 1 updated/);
  assert.deepEqual(await plansNow(), ['THREAD', 'BUTTON']);
  const again = await tenant.allot(['import', 'products', newer], 200, '');
  assert.equal(again.exitCode, 0, again.err);
  assert.doesNotMatch(again.err, /y\/N/);
});

test('a group that holds new plans off is told so, and --yes asks nothing', async () => {
  await tenant.client.send('PATCH', `/allot/v1/groups/${sales}/licensing`, { newPlans: 'off' });
  await tenant.allot(['processing', '--wait']);
  const file = await list('third.csv', 1, 2, 3);
  const { exitCode, out, err } = await tenant.allot(['import', 'products', file, '--yes'], 200, '');
  assert.equal(exitCode, 0, err);
  assert.match(out, /Sales Europe, TAILOR: held off \(newPlans: off\): YARN\n/);
  assert.match(out, /Nobody's service plans change\./);
  assert.doesNotMatch(err, /y\/N/);
});

test('a dry run shows the same and changes nothing, also as JSON', async () => {
  const file = await list('fourth.csv', 1, 2, 3, 4);
  const { out } = await tenant.allot(['import', 'products', file, '--dry-run'], 200, 'y\n');
  assert.match(out, /TAILOR: gains SILK\n/);
  assert.match(out, /Nothing was written \(--dry-run\)/);
  const result = await allotJson<ProductImportResult>(tenant, 'import', 'products', file, '--dry-run');
  assert.deepEqual(result.changes, [{ skuId, skuPartNumber: 'TAILOR', change: 'changed', gained: ['SILK'], lost: [] }]);
  assert.deepEqual(
    result.effect.assignments.map(({ heldOff }) => heldOff),
    [['SILK']],
  );
  assert.deepEqual(await plansNow(), ['THREAD', 'BUTTON', 'YARN']);
});
