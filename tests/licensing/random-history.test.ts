import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../database.ts';
import { batchedArbitrary } from '../model/batches.ts';
import { denseWorldArbitrary } from '../model/dense-world.ts';
import { historyArbitrary, worldArbitrary } from '../model/random-history.ts';
import { editedArbitrary } from '../model/world-edits.ts';
import { assertSameAsModel } from './same-as-model.ts';

const stepsMax = 12;
/** ALLOT_TEST_HISTORIES: how many. */
const histories = Number(process.env['ALLOT_TEST_HISTORIES'] ?? 25);

test('on PostgreSQL the operations answer as the naive model does, after every change of random histories', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('each tenant is, at the end of its history');
  const arbitrary = batchedArbitrary(historyArbitrary(fc.oneof(worldArbitrary, denseWorldArbitrary), stepsMax));
  await fc.assert(
    fc.asyncProperty(editedArbitrary(arbitrary), async (history) => {
      await assertSameAsModel(database, history);
    }),
    { numRuns: histories },
  );
});
