import { test } from 'node:test';
import fc from 'fast-check';
import { batchedArbitrary } from '../model/batches.ts';
import { denseWorldArbitrary } from '../model/dense-world.ts';
import { historyArbitrary, worldArbitrary } from '../model/random-history.ts';
import { editedArbitrary } from '../model/world-edits.ts';
import { assertSameAsModel } from './same-as-model.ts';

const runs = { numRuns: 250 };
const stepsMax = 15;

test('the engine answers as the naive model does, after every change of random histories', () => {
  fc.assert(fc.property(batchedArbitrary(historyArbitrary(worldArbitrary, stepsMax)), assertSameAsModel), runs);
});

test('the engine answers as the naive model does where plans need, exclude and replace each other all the time', () => {
  fc.assert(fc.property(batchedArbitrary(historyArbitrary(denseWorldArbitrary, stepsMax)), assertSameAsModel), runs);
});

test('the engine answers as the naive model does when plans, products and settings change under what is in force', () => {
  const histories = batchedArbitrary(historyArbitrary(fc.oneof(worldArbitrary, denseWorldArbitrary), stepsMax));
  fc.assert(fc.property(editedArbitrary(histories), assertSameAsModel), runs);
});
