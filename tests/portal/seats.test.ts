import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatLines } from '../../packages/portal/src/pages/products/seat-lines.ts';
import { outlook } from '../../packages/portal/src/pages/products/subscriptions/subscription.ts';

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

test('seats that are added serve those who wait, and what is left is free', () => {
  const seats = { usable: 10, consumed: 10, waiting: 4 };
  assert.deepEqual(outlook(seats, 3), { usable: 13, served: 3, free: 0, stillWaiting: 1 });
  assert.deepEqual(outlook(seats, 6), { usable: 16, served: 4, free: 2, stillWaiting: 0 });
});

test('seats that are taken away are too many in use, and serve nobody', () => {
  const seats = { usable: 10, consumed: 8, waiting: 2 };
  assert.deepEqual(outlook(seats, -5), { usable: 5, served: 0, free: -3, stillWaiting: 2 });
});
