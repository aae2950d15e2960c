import fc from 'fast-check';
import type { BatchedHistory } from './batches.ts';
import type { ModelPlan, ModelProduct } from './catalogue.ts';
import type { World } from './random-world.ts';
import { countries } from './random-world.ts';

/** A change of what is the same for every user: catalogue (L-21) and settings. */
export type WorldEdit =
  | { kind: 'setPlan'; plan: ModelPlan }
  | { kind: 'setProduct'; product: ModelProduct }
  | { kind: 'setSettings'; settings: World['settings'] };

/** The histories, with some such changes in between. */
export const editedArbitrary = (histories: fc.Arbitrary<BatchedHistory>): fc.Arbitrary<BatchedHistory> =>
  histories.chain(({ world, batches }) =>
    fc.tuple(...batches.map(() => fc.option(editArbitrary(world), { freq: 2 }))).map((edits) => ({
      world,
      batches: batches.flatMap((batch, at) => (edits[at] ? [batch, [edits[at]]] : [batch])),
    })),
  );

function editArbitrary(world: World): fc.Arbitrary<WorldEdit> {
  const planIds = world.catalogue.plans.map((plan) => plan.id);
  const somewhere = fc.subarray(countries, { minLength: 1 });
  const locations = fc.oneof(
    fc.constant({}),
    somewhere.map((deny) => ({ deny })),
    somewhere.map((allow) => ({ allow })),
  );
  const plan = fc
    .tuple(fc.constantFrom(...planIds), locations, fc.option(fc.constant({ mailbox: true }), { freq: 3 }))
    .map(([id, where, mailbox]) => ({ id, ...where, ...mailbox }));
  const product = fc
    .tuple(fc.constantFrom(...world.catalogue.products), fc.subarray(planIds, { minLength: 1, maxLength: 4 }))
    .map(([one, plans]) => ({ ...one, plans }));
  const settings = fc.record({
    defaultUsageLocation: fc.constantFrom(null, ...countries),
    keepUntilReplaced: fc.boolean(),
  });
  return fc.oneof(
    { weight: 4, arbitrary: plan.map((one): WorldEdit => ({ kind: 'setPlan', plan: one })) },
    { weight: 3, arbitrary: product.map((one): WorldEdit => ({ kind: 'setProduct', product: one })) },
    { weight: 2, arbitrary: settings.map((some): WorldEdit => ({ kind: 'setSettings', settings: some })) },
  );
}
