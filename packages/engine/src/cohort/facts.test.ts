import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CohortState, type Exception, keyOf, noFacts } from './facts.ts';

const ids = ['11111111', '22222222', '33333333'];
const id = fc.constantFrom(...ids);
const someIds = fc.subarray(ids);

const exceptionArbitrary: fc.Arbitrary<Exception> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('missing', 'kept'),
    source: fc.constantFrom('direct', ...ids),
    productId: id,
    error: fc.constantFrom('CountViolation', 'Other'),
    plans: fc.option(fc.subarray(ids, { minLength: 1 })),
  }),
  fc.record({
    kind: fc.constant('flawed'),
    source: id,
    productId: id,
    error: fc.constant('DependencyViolation'),
    plans: fc.constant(null),
  }),
);

const stateArbitrary: fc.Arbitrary<CohortState> = fc.record({
  facts: fc.record({
    place: fc.constantFrom('', 'CN'),
    sharesAddress: fc.boolean(),
    direct: fc.uniqueArray(fc.record({ productId: id, disabledPlans: someIds }), {
      selector: ({ productId }) => productId,
      maxLength: 2,
    }),
    groups: someIds,
  }),
  exceptions: fc.array(exceptionArbitrary, { maxLength: 3 }),
});

const withoutFlaws = ({ facts, exceptions }: CohortState): CohortState => ({
  facts,
  exceptions: exceptions.filter(({ kind }) => kind !== 'flawed'),
});

test('two states have the same key exactly when facts, what is missing and what is kept are the same', () => {
  fc.assert(
    fc.property(stateArbitrary, stateArbitrary, (a, b) => {
      const same = JSON.stringify(withoutFlaws(a)) === JSON.stringify(withoutFlaws(b));
      assert.equal(keyOf(a) === keyOf(b), same);
      assert.equal(keyOf(a), keyOf(structuredClone(a)));
    }),
    { numRuns: 2000 },
  );
});

test('who lacks something for another reason is in another cohort', () => {
  const missing = (error: Exception['error']): string =>
    keyOf({
      facts: noFacts,
      exceptions: [{ kind: 'missing', source: 'direct', productId: 'p', error, plans: null }],
    });
  assert.notEqual(missing('CountViolation'), missing('Other'));
});

test('flaws follow from the rest and are no part of the key', () => {
  const flaw: Exception = { kind: 'flawed', source: 'g', productId: 'p', error: 'DependencyViolation', plans: null };
  assert.equal(keyOf({ facts: noFacts, exceptions: [flaw] }), keyOf({ facts: noFacts, exceptions: [] }));
});
