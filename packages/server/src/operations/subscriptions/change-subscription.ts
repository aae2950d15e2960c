import { notFound } from '@allot/contract';
import { deleteSubscription as deleteRow, findSubscription, upsertSubscription } from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { auditSubscription } from './audit-subscription.ts';
import { refuseUnlessInOrder } from './create-subscription.ts';
import { type Subscription, subscriptionOf } from './subscription.ts';

export interface SubscriptionPatch {
  readonly units?: number;
  readonly status?: Subscription['status'];
  readonly startDateTime?: Date;
  readonly endDateTime?: Date | null;
}

/**
 * Changes what is named. New seats go to those who wait (L-14); seats taken away remove no user (L-13).
 * @throws ApiError 404 or 400
 */
export async function changeSubscription(ctx: Context, id: string, patch: SubscriptionPatch): Promise<Subscription> {
  return changeWorld(ctx, 'seats', 'Update subscription', async (trx) => {
    const before = await findSubscription(trx, ctx.tenantId, id);
    if (!before) throw notFound(id);
    const after = {
      ...before,
      units: patch.units ?? before.units,
      status: patch.status ?? before.status,
      startAt: patch.startDateTime ?? before.startAt,
      endAt: patch.endDateTime === undefined ? before.endAt : patch.endDateTime,
    };
    refuseUnlessInOrder(after);
    await upsertSubscription(trx, ctx.tenantId, after);
    await auditSubscription(trx, ctx, 'Update subscription', before, after);
    return subscriptionOf(after);
  });
}

/**
 * Takes the seats of a subscription away. Users who hold one keep it (L-13), also when it was the product's last.
 * @throws ApiError 404
 */
export async function deleteSubscription(ctx: Context, id: string): Promise<void> {
  await changeWorld(ctx, 'seats', 'Delete subscription', async (trx) => {
    const before = await findSubscription(trx, ctx.tenantId, id);
    if (!before) throw notFound(id);
    await deleteRow(trx, ctx.tenantId, before.id);
    await auditSubscription(trx, ctx, 'Delete subscription', before, undefined);
  });
}
