import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Intent } from './intent.ts';
import { invariants, viewOf, type View } from './invariants.ts';
import { applyToModel, historyArbitrary, setUpSteps, startModel, worldArbitrary } from './random-history.ts';
import type { Step, World } from './random-history.ts';
import { reorderedArbitrary } from './reordered-history.ts';

const runs = { numRuns: 150 };
const stepsMax = 15;

for (const { title, holds } of invariants) {
  test(title, () => {
    fc.assert(
      fc.property(historyArbitrary(worldArbitrary, stepsMax), ({ world, steps }) => {
        const model = startModel(world);
        const intent = intentOf(world);
        const reprocess = (): View => {
          model.reprocess();
          return viewOf(model, intent);
        };
        for (const step of steps) {
          const before = viewOf(model, intent);
          const refusal = applyToModel(model, step)?.reason;
          if (refusal === undefined) intent.accept(step);
          holds({ refusal, before, after: viewOf(model, intent), intent, reprocess });
        }
      }),
      runs,
    );
  });
}

test('order does not matter: changes of users that compete for nothing end in the same state in any order', () => {
  fc.assert(
    fc.property(reorderedArbitrary(stepsMax), ({ world, one, other }) => {
      assert.deepEqual(endOf(world, one).entries, endOf(world, other).entries);
    }),
    runs,
  );
});

function intentOf(world: World): Intent {
  const intent = new Intent(world);
  for (const step of setUpSteps(world)) intent.accept(step);
  return intent;
}

function endOf(world: World, steps: readonly Step[]): View {
  const model = startModel(world);
  for (const step of steps) applyToModel(model, step);
  return viewOf(model, intentOf(world));
}
