import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CheckResult } from '@allot/contract';
import { setUpOffice } from './office.ts';
import { serveTenant } from './served-tenant.ts';

const tenant = await serveTenant({ after });

before(async () => {
  await setUpOffice(tenant);
  await tenant.allot(['processing', '--wait']);
});

/** Something that cannot be, for as long as `run` takes. */
async function withOneUnitTooMany(run: () => Promise<void>): Promise<void> {
  const { pool } = tenant.database;
  await pool.query(`update allot.product set consumed = consumed + 1 where sku_part_number = 'STANDARDPACK'`);
  await run();
  await pool.query(`update allot.product set consumed = consumed - 1 where sku_part_number = 'STANDARDPACK'`);
}

test('a check that finds nothing says what it looked at, and ends with 0', async () => {
  const { exitCode, out, err } = await tenant.allot(['check']);
  assert.equal(err, '');
  assert.match(
    out,
    /^Checked \d+ users, \d+ cohorts and \d+ products, in \d+ ways\.\nNothing is pending\.\nEverything agrees\.\n$/,
  );
  assert.equal(exitCode, 0);
});

test('a check that finds something says each in a sentence, and ends with 1', () =>
  withOneUnitTooMany(async () => {
    const { exitCode, out, err } = await tenant.allot(['check']);
    assert.equal(exitCode, 1);
    assert.equal(err, '');
    assert.match(out, /^consumed-units: 1 difference\. consumedUnits of every product is .* But:$/m);
    assert.match(out, /^ {2}Product [0-9a-f-]{36} counts \d+ consumed units, and \d+ users have it\.$/m);
    assert.doesNotMatch(out, /Everything agrees/);
  }));

test('--json prints every check with its differences and ids', () =>
  withOneUnitTooMany(async () => {
    const { exitCode, out } = await tenant.allot(['check', '--json']);
    assert.equal(exitCode, 1);
    // `as`: what the command is declared to print.
    const { clean, checks } = JSON.parse(out) as CheckResult;
    assert.equal(clean, false);
    const differing = checks.filter(({ count }) => count > 0);
    assert.deepEqual(
      differing.map(({ name, count }) => [name, count]),
      [['consumed-units', 1]],
    );
    assert.match(String(differing[0]?.differences[0]?.ids['skuId']), /^[0-9a-f-]{36}$/);
  }));

test('--csv prints a row for each difference', () =>
  withOneUnitTooMany(async () => {
    const { exitCode, out } = await tenant.allot(['check', '--csv']);
    assert.equal(exitCode, 1);
    assert.match(out, /^check,sentence\r\nconsumed-units,"?Product [^\r]*\r\n$/);
  }));

test('a check that could not run ends with 2 and says why', async () => {
  const { exitCode, out, err } = await tenant.allot(['check', '--server', 'http://127.0.0.1:1']);
  assert.equal(exitCode, 2);
  assert.equal(out, '');
  assert.match(err, /Start the server/);
  assert.equal((await tenant.allot(['check', '--credentials', 'nowhere.json'])).exitCode, 2);
});
