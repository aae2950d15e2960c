import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import {
  changeSubscription,
  deleteSubscription,
} from '../../packages/server/src/operations/subscriptions/change-subscription.ts';
import { checkResult, sentencesOf } from '../assert-agrees.ts';
import { testDatabase } from '../database.ts';
import { checkedTenant } from './checked-tenant.ts';

test('more may be consumed than there are seats when seats were suspended, reduced or deleted, and only then (L-13)', async (t) => {
  const database = await testDatabase(t);
  const { ctx, tenantId, skus } = await checkedTenant(database);
  const { db } = database;
  const { rows } = await sql<{ id: string; productId: string }>`
    select id, product_id as "productId" from allot.subscription where tenant_id = ${tenantId}
  `.execute(db);
  const ofProduct = (skuId: string) => rows.find(({ productId }) => productId === skuId)?.id ?? '';
  const said = async () => sentencesOf(await checkResult(database, tenantId));

  await changeSubscription(ctx, ofProduct(skus.e3), { status: 'Suspended' });
  assert.deepEqual(await said(), []);
  await changeSubscription(ctx, ofProduct(skus.e3), { units: 0 });
  await deleteSubscription(ctx, ofProduct(skus.e1));
  assert.deepEqual(await said(), []);

  database.notChecked('the audit log is altered');
  await sql`update allot.audit set activity = 'Something else' where tenant_id = ${tenantId}`.execute(db);
  assert.deepEqual((await said()).toSorted(), [
    `oversold: Product ${skus.e1} has 0 seats, never had more than 0, and 3 are consumed.`,
    `oversold: Product ${skus.e3} has 0 seats, never had more than 0, and 2 are consumed.`,
  ]);
});
