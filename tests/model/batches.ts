import fc from 'fast-check';
import type { NaiveTenant } from './naive-tenant.ts';
import { applyToModel, type Step, type World } from './random-history.ts';
import type { RefusalReason } from './refusals.ts';
import type { WorldEdit } from './world-edits.ts';

/** A history in which some steps are accepted one after the other and settled together (L-09, L-16). */
export interface BatchedHistory {
  world: World;
  batches: Change[][];
}

export type Change = Step | WorldEdit;

export const isWorldEdit = (change: Change): change is WorldEdit =>
  change.kind === 'setPlan' || change.kind === 'setProduct' || change.kind === 'setSettings';

/** What is left to the background, and so may wait for other changes. */
const inBackground: ReadonlySet<Step['kind']> = new Set<Step['kind']>([
  'addUsers',
  'setUsageLocation',
  'setAddresses',
  'deleteUser',
  'setGroupLicensing',
  'changeMembers',
  'assignGroup',
]);

/** Cuts histories into batches: each step in the background goes together with the one before, or begins a batch. */
export const batchedArbitrary = (
  histories: fc.Arbitrary<{ world: World; steps: Step[] }>,
): fc.Arbitrary<BatchedHistory> =>
  histories.chain(({ world, steps }) =>
    fc.tuple(...steps.map(() => fc.boolean())).map((joins) => {
      const batches: Step[][] = [];
      steps.forEach((step, at) => {
        const before = steps[at - 1];
        const isJoined = joins[at] === true && inBackground.has(step.kind) && before && inBackground.has(before.kind);
        const last = batches.at(-1);
        if (isJoined && last) last.push(step);
        else batches.push([step]);
      });
      return { world, batches };
    }),
  );

export function applyBatchToModel(model: NaiveTenant, batch: readonly Change[]): (RefusalReason | undefined)[] {
  const refusals: (RefusalReason | undefined)[] = [];
  const apply = () => {
    for (const change of batch) refusals.push(applyChange(model, change)?.reason);
  };
  if (batch.length > 1) model.together(apply);
  else apply();
  return refusals;
}

function applyChange(model: NaiveTenant, change: Change): ReturnType<typeof applyToModel> {
  if (change.kind === 'setPlan') model.setPlan(change.plan);
  else if (change.kind === 'setProduct') model.setProduct(change.product);
  else if (change.kind === 'setSettings') model.setSettings(change.settings);
  else return applyToModel(model, change);
  return undefined;
}
