import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addBit,
  addTo,
  bitsOf,
  common,
  has,
  includes,
  intersects,
  isEmpty,
  minus,
  type PlanSet,
  severalIn,
  union,
} from './plan-set.ts';

/** Three words, so that borders between words and the sign bit of each are met. */
const length = 96;

const setOf = (bits: Iterable<number>): PlanSet => {
  const set = new Uint32Array(length / 32);
  for (const bit of bits) addBit(set, bit);
  return set;
};

/** Positions, ascending. */
const bitsArbitrary = fc
  .uniqueArray(fc.oneof(fc.constantFrom(0, 31, 32, 63, 64, 95), fc.nat(length - 1)), { maxLength: 12 })
  .map((bits) => bits.toSorted((a, b) => a - b));

const joined = (a: readonly number[], b: readonly number[]): number[] =>
  [...new Set([...a, ...b])].toSorted((one, other) => one - other);

test('a plan set does what lists of positions do', () => {
  fc.assert(
    fc.property(bitsArbitrary, bitsArbitrary, fc.nat(length - 1), (a, b, bit) => {
      assert.deepEqual(bitsOf(setOf(a)), a);
      assert.deepEqual(bitsOf(union(setOf(a), setOf(b))), joined(a, b));
      assert.deepEqual(
        bitsOf(minus(setOf(a), setOf(b))),
        a.filter((one) => !b.includes(one)),
      );
      assert.deepEqual(
        bitsOf(common(setOf(a), setOf(b))),
        a.filter((one) => b.includes(one)),
      );
      assert.equal(
        intersects(setOf(a), setOf(b)),
        a.some((one) => b.includes(one)),
      );
      assert.equal(
        includes(setOf(a), setOf(b)),
        b.every((one) => a.includes(one)),
      );
      assert.equal(isEmpty(setOf(a)), a.length === 0);
      assert.equal(has(setOf(a), bit), a.includes(bit));
    }),
    { numRuns: 500 },
  );
});

test('severalIn tells whether two sets together have several plans of a third', () => {
  fc.assert(
    fc.property(bitsArbitrary, bitsArbitrary, bitsArbitrary, (among, a, b) => {
      const found = joined(a, b).filter((one) => among.includes(one));
      assert.equal(severalIn(setOf(among), setOf(a), setOf(b)), found.length >= 2);
    }),
    { numRuns: 500 },
  );
});

test('only addTo and addBit change a set, and only the one they are given', () => {
  const [a, b] = [setOf([1, 40]), setOf([40, 95])];
  union(a, b);
  minus(a, b);
  common(a, b);
  assert.deepEqual(
    [bitsOf(a), bitsOf(b)],
    [
      [1, 40],
      [40, 95],
    ],
  );
  addTo(a, b);
  assert.deepEqual(
    [bitsOf(a), bitsOf(b)],
    [
      [1, 40, 95],
      [40, 95],
    ],
  );
});
