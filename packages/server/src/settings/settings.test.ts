import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings.ts';

test('limits of applications are whole numbers, 0 is none, and without a setting they are generous', () => {
  assert.deepEqual(readSettings({}).throttle, { resourceUnits: 20_000, writes: 60_000 });
  assert.deepEqual(readSettings({ ALLOT_THROTTLE_UNITS: '0', ALLOT_THROTTLE_WRITES: '5' }).throttle, {
    resourceUnits: 0,
    writes: 5,
  });
});

test('limits that are none are refused together, each with what it takes', () => {
  assert.throws(() => readSettings({ ALLOT_THROTTLE_UNITS: '-1', ALLOT_THROTTLE_WRITES: 'many' }), {
    message:
      'ALLOT_THROTTLE_UNITS takes a whole number from 0 (no limit) to 1000000000, not "-1".\n' +
      'ALLOT_THROTTLE_WRITES takes a whole number from 0 (no limit) to 1000000000, not "many".',
  });
});
