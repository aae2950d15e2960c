import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { denseWorldArbitrary } from '../model/dense-world.ts';
import { Intent } from '../model/intent.ts';
import { invariants, type View, viewOf } from '../model/invariants.ts';
import { historyArbitrary, setUpSteps, type Step, type World, worldArbitrary } from '../model/random-history.ts';
import { reorderedArbitrary } from '../model/reordered-history.ts';
import { assertPreviewIsApply } from './preview-is-apply.ts';
import { MemoryTenant } from './memory-tenant.ts';

const runs = { numRuns: 200 };
const stepsMax = 15;
const worlds = fc.oneof(worldArbitrary, denseWorldArbitrary);

for (const { title, holds } of invariants) {
  test(title, () => {
    fc.assert(
      fc.property(historyArbitrary(worlds, stepsMax), ({ world, steps }) => {
        const { tenant, intent } = started(world);
        const reprocess = (): View => {
          tenant.apply({ kind: 'reprocess' });
          return viewOf(tenant, intent);
        };
        for (const step of steps) {
          const before = viewOf(tenant, intent);
          const refusal = tenant.apply(step);
          if (refusal === undefined) intent.accept(step);
          holds({ refusal, before, after: viewOf(tenant, intent), intent, reprocess });
        }
      }),
      runs,
    );
  });
}

test('counts agree: members of cohorts and seats consumed equal a recount, and no cohort is empty', () => {
  fc.assert(
    fc.property(historyArbitrary(worlds, stepsMax), ({ world, steps }) => {
      const { tenant } = started(world);
      for (const step of steps) {
        tenant.apply(step);
        tenant.cohorts.assertCountsAgree(tenant.world);
      }
    }),
    runs,
  );
});

test('order does not matter: changes of users that compete for nothing end in the same state in any order', () => {
  fc.assert(
    fc.property(reorderedArbitrary(stepsMax), ({ world, one, other }) => {
      assert.deepEqual(endOf(world, one).entries, endOf(world, other).entries);
    }),
    runs,
  );
});

test('preview is apply: a plan made twice is the same, and applying it does what it says', () => {
  fc.assert(
    fc.property(historyArbitrary(worlds, stepsMax), ({ world, steps }) => {
      const tenant: MemoryTenant = new MemoryTenant(world.catalogue, world.settings, (planned, apply) =>
        assertPreviewIsApply(tenant.cohorts, planned, apply),
      );
      for (const step of [...setUpSteps(world), ...steps]) tenant.apply(step);
    }),
    runs,
  );
});

function started(world: World): { tenant: MemoryTenant; intent: Intent } {
  const tenant = new MemoryTenant(world.catalogue, world.settings);
  const intent = new Intent(world);
  for (const step of setUpSteps(world)) {
    tenant.apply(step);
    intent.accept(step);
  }
  return { tenant, intent };
}

function endOf(world: World, steps: readonly Step[]): View {
  const { tenant, intent } = started(world);
  for (const step of steps) tenant.apply(step);
  return viewOf(tenant, intent);
}
