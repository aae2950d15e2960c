import assert from 'node:assert/strict';
import type { Database } from '@allot/store';
import { sql } from 'kysely';
import {
  readUserLicensing,
  type UserLicensing,
} from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { waitingLine } from '../../packages/server/src/operations/licensing/waiting-line.ts';
import { applyBatchToModel, type BatchedHistory, isWorldEdit } from '../model/batches.ts';
import { Intent } from '../model/intent.ts';
import type { NaiveTenant } from '../model/naive-tenant.ts';
import { setUpSteps, startModel } from '../model/random-history.ts';
import { HistoryTenant } from './history-tenant.ts';
import { RecordedPast } from './recorded-past.ts';

/** Runs a history on the database and on the model; after every batch of steps both must show the same. */
export async function assertSameAsModel(database: Database, { world, batches }: BatchedHistory): Promise<void> {
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
    await past.record(batch.some(({ kind }) => kind === 'setProduct') ? Infinity : batch.length);
  }
  await past.assertRemembered('history');
  await assertCountsAgree(tenant);
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

/** Invariant "counts agree", by reading every user and by SQL of its own. */
async function assertCountsAgree({ ctx, users }: HistoryTenant): Promise<void> {
  const { db, tenantId } = ctx;
  const licensing = [...(await readUserLicensing(ctx, [...users.values()]))];
  const held = licensing.flatMap(([, { assignedLicenses }]) => assignedLicenses.map(({ skuId }) => skuId));
  const { rows: products } = await sql<{ productId: string; consumed: number }>`
    select product_id as "productId", consumed from allot.product where tenant_id = ${tenantId} and consumed <> 0
  `.execute(db);
  assert.deepEqual(
    new Map(products.map(({ productId, consumed }) => [productId, consumed])),
    new Map([...Map.groupBy(held, (skuId) => skuId)].map(([skuId, holders]) => [skuId, holders.length])),
  );

  const { rows: cohorts } = await sql`
    select c.cohort_id, c.members, count(uc.user_no) as pointers
    from allot.cohort c left join allot.user_cohort uc using (tenant_id, cohort_id)
    where c.tenant_id = ${tenantId} group by c.cohort_id, c.members
    having c.members <> count(uc.user_no) or c.members = 0
  `.execute(db);
  assert.deepEqual(cohorts, [], 'cohorts count their members, and none is empty');
  const { rows: pointers } = await sql<{ userNo: number }>`
    select user_no as "userNo" from allot.user_cohort where tenant_id = ${tenantId} order by user_no
  `.execute(db);
  assert.deepEqual(
    pointers.map(({ userNo }) => userNo),
    [...users.values()].toSorted((a, b) => a - b),
  );

  const { rows: waiting } = await sql<{ waiting: string }>`
    select user_no || ' ' || product_id as waiting from allot.waiting where tenant_id = ${tenantId}
  `.execute(db);
  const inError = licensing.flatMap(([userNo, { licenseAssignmentStates }]) =>
    licenseAssignmentStates.flatMap(({ skuId, error }) => (error === 'CountViolation' ? `${userNo} ${skuId}` : [])),
  );
  assert.deepEqual(waiting.map((one) => one.waiting).toSorted(), [...new Set(inError)].toSorted());
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
