import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../database.ts';
import { denseWorldArbitrary } from '../model/dense-world.ts';
import { historyArbitrary, worldArbitrary } from '../model/random-history.ts';
import { assertSameAsModel } from './same-as-model.ts';

const stepsMax = 12;

test('on PostgreSQL the operations answer as the naive model does, after every step of random histories', async (t) => {
  const database = await testDatabase(t);
  const histories = fc.oneof(
    historyArbitrary(worldArbitrary, stepsMax),
    historyArbitrary(denseWorldArbitrary, stepsMax),
  );
  await fc.assert(
    fc.asyncProperty(histories, (history) => assertSameAsModel(database, history)),
    { numRuns: 60 },
  );
});
