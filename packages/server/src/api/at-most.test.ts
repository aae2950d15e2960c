import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@allot/contract';
import { atMost } from './at-most.ts';

test('what is costly runs so many at a time; one more is told when to try again, and may when one has ended, however it did', async () => {
  const twoAtATime = atMost(2, { message: 'Two are under way.', advice: 'Wait.', retrySeconds: 7 });
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const running = [twoAtATime(() => first.promise), twoAtATime(() => second.promise)];
  const run = () => twoAtATime(async () => 'third');
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.message, error.headers?.['retry-after']], [429, 'Two are under way.', '7']);
    return true;
  });
  first.reject(new Error('failed'));
  await assert.rejects(running[0] ?? run, /failed/);
  assert.equal(await run(), 'third');
  second.resolve('second');
  assert.equal(await running[1], 'second');
});
