import assert from 'node:assert/strict';
import type { Database } from '@allot/store';
import {
  readUserLicensing,
  type UserLicensing,
} from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { waitingLine } from '../../packages/server/src/operations/licensing/waiting-line.ts';
import { applyBatchToModel, type BatchedHistory, isWorldEdit } from '../model/batches.ts';
import { Intent } from '../model/intent.ts';
import type { NaiveTenant } from '../model/naive-tenant.ts';
import { setUpSteps, startModel } from '../model/random-history.ts';
import { assertTenantAgrees } from '../assert-agrees.ts';
import { HistoryTenant } from './history-tenant.ts';
import { RecordedPast } from './recorded-past.ts';

/**
 * Runs a history on the database and on the model; after every batch of steps both must show the same.
 * @returns what everybody has at the end, by user id
 */
export async function assertSameAsModel(
  database: Database,
  { world, batches }: BatchedHistory,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const model = startModel(world);
  const tenant = await HistoryTenant.create(database, world);
  const intent = new Intent(world);
  const past = new RecordedPast(tenant);
  for (const step of setUpSteps(world)) {
    assert.equal(await tenant.apply(step), undefined);
    intent.accept(step);
  }
  for (const [at, batch] of batches.entries()) {
    const told = `batch ${at} (${batch.map(({ kind }) => kind).join(', ')})`;
    const refusals = await tenant.applyTogether(batch);
    assert.deepEqual(refusals, applyBatchToModel(model, batch), told);
    batch.forEach((change, i) => {
      if (refusals[i] === undefined && !isWorldEdit(change)) intent.accept(change);
    });
    await assertSameLicenses(tenant, model, told);
    for (const productId of intent.seats.keys()) await assertSameLine(tenant, model, productId, told);
    // Another product changes entries in ways that they do not show: which of its plans they give.
    await past.record(batch.some(({ kind }) => kind === 'setProduct') ? Infinity : batch.length, model);
  }
  await past.assertRemembered('history');
  assert.equal(await assertTenantAgrees(database, tenant.ctx.tenantId), 0);
  const licensing = await readUserLicensing(tenant.ctx, [...tenant.users.values()]);
  return new Map(
    [...tenant.users].map(([userId, userNo]) => {
      const shown = licensing.get(userNo);
      return [userId, shown ? statesOf(shown) : []];
    }),
  );
}

async function assertSameLicenses(tenant: HistoryTenant, model: NaiveTenant, told: string): Promise<void> {
  const licensing = await readUserLicensing(tenant.ctx, [...tenant.users.values()]);
  for (const [userId, userNo] of tenant.users) {
    const shown = licensing.get(userNo);
    assert.ok(shown, `${userId} exists`);
    assert.deepEqual(statesOf(shown), statesOfModel(model, userId), `${told}: ${userId}`);
    assert.deepEqual(
      shown.assignedPlans
        .flatMap(({ servicePlanId, capabilityStatus }) => (capabilityStatus === 'Enabled' ? servicePlanId : []))
        .toSorted(),
      model.effectivePlans(userId),
      told,
    );
  }
}

async function assertSameLine(
  { ctx }: HistoryTenant,
  model: NaiveTenant,
  productId: string,
  told: string,
): Promise<void> {
  const line = await waitingLine(ctx, { productId, top: 100 });
  assert.deepEqual(
    line.map(({ userId, priority, position }) => ({ userId, priority, position })),
    model.waiting(productId),
    told,
  );
}

const statesOf = ({ licenseAssignmentStates }: UserLicensing) =>
  licenseAssignmentStates
    .map(({ assignedByGroup, skuId, state, error }) => `${assignedByGroup ?? 'direct'} ${skuId} ${state} ${error}`)
    .toSorted();

const statesOfModel = (model: NaiveTenant, userId: string) =>
  model
    .entries(userId)
    .map(({ source, productId, state, error }) => `${source} ${productId} ${state} ${error}`)
    .toSorted();
