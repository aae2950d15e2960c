import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatLines } from '../../packages/portal/src/pages/products/seat-lines.ts';

test('seats stay what they were until the next point of the chart, whose top is a round number', () => {
  const lines = seatLines([
    { at: '2026-11-01T00:00:00Z', consumedUnits: 0, usableUnits: 0 },
    { at: '2026-11-02T00:00:00Z', consumedUnits: 50, usableUnits: 90 },
    { at: '2026-11-03T00:00:00Z', consumedUnits: 90, usableUnits: 90 },
  ]);
  assert.deepEqual(lines, {
    used: 'M0 120H320V60H640V12',
    usedArea: 'M0 120H320V60H640V12V120H0Z',
    usable: 'M0 120H320V12H640V12',
    top: 100,
  });
});
