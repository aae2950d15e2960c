import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Benchmark, type Measured, runBenchmark } from '../../bench/run-benchmark.ts';
import { printReport, reportOf } from '../../bench/report.ts';
import { isPreview, rows, sides } from '../../bench/works.ts';
import { addedProduct } from '../../bench/tenant/catalogue.ts';
import { sharingUsers } from '../../bench/tenant/directory.ts';
import { silentLog, testDatabase } from '../database.ts';

const users = 2_000;
/** Says on which server the benchmark makes databases of its own. */
const database = await testDatabase({ after });

let benchmark: Benchmark;

before(async () => {
  benchmark = await runBenchmark({
    users,
    only: undefined,
    sides: new Set(sides),
    repetitions: 1,
    databaseUrl: database.databaseUrl,
    keepAs: undefined,
    profileDir: undefined,
    log: silentLog,
    signal: new AbortController().signal,
    tell: () => {},
  });
});

test('every row of the benchmark ends with the seats counted right, and ours and the baseline license the same users', () => {
  for (const { work, tenant } of rows) {
    const name = `${work}, ${tenant}`;
    const ours = outcomeOf('ours', work, tenant);
    assert.deepEqual(ours.consumed, ours.holders, `${name}: our consumed units against a recount`);
    if (isPreview(work)) continue;
    const baseline = outcomeOf('baseline', work, tenant);
    assert.deepEqual(baseline.consumed, baseline.holders, `${name}: the baseline's consumed units against a recount`);
    assert.deepEqual(ours, baseline, name);
    assert.ok(ours.usersInError > 0, `${name}: some users are in error, so that errors are compared, too`);
  }
});

test('what the benchmark licenses is what its rows say', () => {
  const added = (work: Measured['work']) => outcomeOf('ours', work, 'organization').holders[addedProduct] ?? 0;
  // Users who share an address lack the product: the missing part of the bundle of everybody fails as a whole.
  assert.equal(added('change-bundle'), users - sharingUsers(users));
  assert.equal(added('license-all'), users);
  assert.ok(added('license-half') > users * 0.45 && added('license-half') < users * 0.55);
  assert.equal(added('scarce-seats'), users);
});

test('the report has every figure of every row and says that the sides agree', () => {
  const report = reportOf(benchmark);
  assert.equal(report.rows.length, rows.length);
  for (const row of report.rows) {
    const compared = row.id === 'W7' ? [] : [row.baselineMs, row.baselineToOurs];
    const figures = [row.oursMs, row.floorMs, row.oursToFloor, row.memoryMbPeak, ...compared];
    assert.ok(
      figures.every((figure) => figure !== undefined && figure > 0),
      `${row.id} ${row.title}`,
    );
    assert.equal(row.agree, row.id === 'W7' ? undefined : true);
    assert.ok(printReport(report).includes(row.title));
  }
});

function outcomeOf(side: Measured['side'], work: Measured['work'], tenant: Measured['tenant']) {
  const found = benchmark.measured.find((m) => m.side === side && m.work === work && m.tenant === tenant)?.outcome;
  assert.ok(found, `${side} did ${work} on the ${tenant} tenant`);
  return found;
}
