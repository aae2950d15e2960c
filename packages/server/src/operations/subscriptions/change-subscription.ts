import { notFound, type PlanEffect } from '@allot/contract';
import { statusAsSet } from '@allot/engine';
import {
  deleteSubscription as deleteRow,
  findSubscription,
  type Handle,
  transactionTime,
  upsertSubscription,
} from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { auditSubscriptions } from './audit-subscription.ts';
import { refuseUnlessInOrder } from './create-subscription.ts';
import { keepTime } from './keep-time.ts';
import { previewSeats } from './preview-seats.ts';
import { readSubscription } from './read-subscriptions.ts';
import type { Subscription } from './subscription.ts';

export interface SubscriptionPatch {
  readonly units?: number;
  readonly status?: Subscription['status'];
  readonly startDateTime?: Date;
  readonly endDateTime?: Date | null;
}

/**
 * Changes what is named; time goes on from there (L-15). New seats go to those who wait (L-14); seats taken away remove no
 * user (L-13). @returns the subscription as time has left it
 * @throws ApiError 404 or 400
 */
export const changeSubscription = (ctx: Context, id: string, patch: SubscriptionPatch): Promise<Subscription> =>
  changeWorld(ctx, 'seats', 'Update subscription', (trx) => writeChange(ctx, trx, id, patch));

/** What that would do to those who have a seat and those who wait. Nothing is changed. @throws ApiError as the change */
export const previewSubscription = (ctx: Context, id: string, patch: SubscriptionPatch): Promise<PlanEffect> =>
  previewSeats(ctx, (trx) => writeChange(ctx, trx, id, patch));

async function writeChange(ctx: Context, trx: Handle, id: string, patch: SubscriptionPatch): Promise<Subscription> {
  const before = await findSubscription(trx, ctx.tenantId, id);
  if (!before) throw notFound(id);
  const { status, startDateTime: startAt, endDateTime: endAt } = patch;
  const term = statusAsSet(before, { status, startAt, endAt }, await transactionTime(trx));
  const after = { ...before, ...term, units: patch.units ?? before.units };
  refuseUnlessInOrder(after);
  await upsertSubscription(trx, ctx.tenantId, after);
  await auditSubscriptions(trx, ctx, 'Update subscription', [{ before, after }]);
  await keepTime(ctx, trx);
  return readSubscription({ ...ctx, db: trx }, id);
}

/**
 * Takes the seats of a subscription away. Users who hold one keep it (L-13), also when it was the product's last.
 * @throws ApiError 404
 */
export async function deleteSubscription(ctx: Context, id: string): Promise<void> {
  await changeWorld(ctx, 'seats', 'Delete subscription', (trx) => removeRow(ctx, trx, id));
}

/** What that would do. Nothing is changed. @throws ApiError 404 */
export const previewSubscriptionEnd = (ctx: Context, id: string): Promise<PlanEffect> =>
  previewSeats(ctx, (trx) => removeRow(ctx, trx, id));

async function removeRow(ctx: Context, trx: Handle, id: string): Promise<{ readonly skuId: string }> {
  const before = await findSubscription(trx, ctx.tenantId, id);
  if (!before) throw notFound(id);
  await deleteRow(trx, ctx.tenantId, before.id);
  await auditSubscriptions(trx, ctx, 'Delete subscription', [{ before, after: undefined }]);
  await keepTime(ctx, trx);
  return { skuId: before.productId };
}
