import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@allot/contract';
import { orderSteps } from './order-steps.ts';
import type { Step } from './read-batch.ts';

/** `a<b c` is a reading a that depends on b and c; a change is written in upper case. */
function stepOf(text: string): Step {
  const [id = '', needs = ''] = text.split('<');
  const method = id === id.toUpperCase() ? 'POST' : 'GET';
  return { id, part: { method, url: '/', headers: {}, body: undefined }, dependsOn: needs.split(' ').filter(Boolean) };
}

const ordered = (...texts: readonly string[]) =>
  orderSteps(texts.map(stepOf)).map(({ step: { id }, waitsFor }) =>
    waitsFor.length ? `${id}<${waitsFor.join(' ')}` : id,
  );

test('readings wait for nothing, changes for the change that was sent before', () => {
  assert.deepEqual(ordered('a', 'B', 'c', 'D', 'E', 'f'), ['a', 'B', 'c', 'D<B', 'E<D', 'f']);
});

test('what a step depends on comes first even if it was sent later, and other changes keep their order', () => {
  assert.deepEqual(ordered('A<D', 'B', 'C', 'D'), ['D', 'A<D D', 'B<A', 'C<B']);
  assert.deepEqual(ordered('A<c', 'c<D', 'B', 'D'), ['D', 'c<D', 'A<c D', 'B<A']);
  assert.deepEqual(ordered('A<D C', 'B', 'C', 'D'), ['C', 'D<C', 'A<D C D', 'B<A']);
  assert.deepEqual(ordered('a<b', 'b<c', 'c'), ['c', 'b<c', 'a<b']);
});

test('every step has its place once, whatever depends on what', () => {
  assert.deepEqual(
    ordered('A', 'b<A', 'C<A b', 'd<A C', 'E<d').map((text) => text.split('<')[0]),
    ['A', 'b', 'C', 'd', 'E'],
  );
});

test('circles, and what is not there, are refused with the step that says so', () => {
  for (const [texts, id] of [
    [['a<a'], 'a'],
    [['a', 'b<c', 'c<b'], 'c'],
    [['a<b', 'b<c', 'c<a'], 'c'],
    [['a', 'b<x'], 'b'],
  ] as const) {
    assert.throws(
      () => ordered(...texts),
      (error) => error instanceof ApiError && error.message === `Invalid dependency for request Id '${id}'.`,
    );
  }
});
