import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewAtATime } from './few-at-a-time.ts';

test('so many run at a time; the others follow in their order when one has ended, however it did', async () => {
  const run = fewAtATime(2);
  const begun: number[] = [];
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
  const runs = ends.map(({ promise }, at) =>
    run(async () => {
      begun.push(at);
      return promise;
    }),
  );
  const turns = async () => new Promise((resolve) => setImmediate(resolve));
  await turns();
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.reject(new Error('failed'));
  await assert.rejects(runs[1] ?? turns, /failed/);
  await turns();
  assert.deepEqual(begun, [0, 1, 2]);
  for (const [at, { resolve }] of ends.entries()) resolve(at);
  assert.deepEqual(await Promise.all([runs[0], runs[2], runs[3], runs[4]]), [0, 2, 3, 4]);
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
});
