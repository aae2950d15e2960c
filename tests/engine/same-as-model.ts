import assert from 'node:assert/strict';
import { applyBatchToModel, type BatchedHistory, isWorldEdit } from '../model/batches.ts';
import { Intent } from '../model/intent.ts';
import { setUpSteps, startModel } from '../model/random-history.ts';
import { MemoryTenant } from './memory-tenant.ts';

/** Runs a history on the engine and on the model; after every batch of steps both must show the same. */
export function assertSameAsModel({ world, batches }: BatchedHistory): void {
  const model = startModel(world);
  const tenant = new MemoryTenant(world.catalogue, world.settings);
  const intent = new Intent(world);
  for (const step of setUpSteps(world)) {
    assert.equal(tenant.apply(step), undefined);
    intent.accept(step);
  }
  batches.forEach((batch, at) => {
    const told = `batch ${at} (${batch.map(({ kind }) => kind).join(', ')})`;
    const refusals = tenant.applyTogether(batch);
    assert.deepEqual(refusals, applyBatchToModel(model, batch), told);
    batch.forEach((change, i) => {
      if (refusals[i] === undefined && !isWorldEdit(change)) intent.accept(change);
    });
    for (const userId of intent.users) {
      assert.deepEqual(tenant.entries(userId), model.entries(userId), `${told}: ${userId}`);
    }
    for (const productId of intent.seats.keys()) {
      assert.equal(tenant.consumed(productId), model.consumed(productId), told);
      assert.deepEqual(tenant.waiting(productId), model.waiting(productId), told);
    }
    tenant.cohorts.assertCountsAgree(tenant.world);
  });
}
