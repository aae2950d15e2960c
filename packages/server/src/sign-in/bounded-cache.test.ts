import assert from 'node:assert/strict';
import test from 'node:test';

import { BoundedCache } from './bounded-cache.ts';

const never = Number.POSITIVE_INFINITY;

test('a full cache forgets the value that was not used for longest', () => {
  const cache = new BoundedCache<number>(2);
  cache.set('a', 1, never);
  cache.set('b', 2, never);
  cache.get('a');
  cache.set('c', 3, never);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c'), cache.size], [1, undefined, 3, 2]);
});

test('a value set again does not take a second place', () => {
  const cache = new BoundedCache<number>(2);
  cache.set('a', 1, never);
  cache.set('b', 2, never);
  cache.set('b', 3, never);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.size], [1, 3, 2]);
});

test('a value is forgotten the moment its time is over', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000 });
  const cache = new BoundedCache<number>(2);
  cache.set('a', 1, 2_000);
  t.mock.timers.setTime(1_999);
  assert.equal(cache.get('a'), 1);
  t.mock.timers.setTime(2_000);
  assert.deepEqual([cache.get('a'), cache.size], [undefined, 0]);
});
