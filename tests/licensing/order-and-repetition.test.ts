import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../database.ts';
import { denseWorldArbitrary } from '../model/dense-world.ts';
import { historyArbitrary, type Step, worldArbitrary } from '../model/random-history.ts';
import { reorderedArbitrary } from '../model/reordered-history.ts';
import { assertSameAsModel } from './same-as-model.ts';

const stepsMax = 8;
/** ALLOT_TEST_HISTORIES: how many. */
const numRuns = Number(process.env['ALLOT_TEST_HISTORIES'] ?? 8);

const oneByOne = (steps: readonly Step[]) => steps.map((step) => [step]);

test('order does not matter: on PostgreSQL changes of users that compete for nothing end in the same state in any order', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('each tenant is, at the end of its history');
  await fc.assert(
    fc.asyncProperty(reorderedArbitrary(stepsMax), async ({ world, one, other }) => {
      const ends = [
        await assertSameAsModel(database, { world, batches: oneByOne(one) }),
        await assertSameAsModel(database, { world, batches: oneByOne(other) }),
      ];
      assert.deepEqual(ends[0], ends[1]);
    }),
    { numRuns },
  );
});

/** What can be asked for again; a user is created once and deleted once. */
const repeatable = (step: Step): Step[] =>
  step.kind === 'addUsers' || step.kind === 'deleteUser' || step.kind === 'addGroup' ? [step] : [step, step];

test('on PostgreSQL a history of which every step is made twice answers as the naive model does, after every step', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('each tenant is, at the end of its history');
  const histories = historyArbitrary(fc.oneof(worldArbitrary, denseWorldArbitrary), stepsMax);
  await fc.assert(
    fc.asyncProperty(histories, async ({ world, steps }) => {
      await assertSameAsModel(database, { world, batches: oneByOne(steps.flatMap(repeatable)) });
    }),
    { numRuns },
  );
});
