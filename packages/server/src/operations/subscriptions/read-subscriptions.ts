import { notFound } from '@allot/contract';
import { findSubscription, listSubscriptions as listRows } from '@allot/store';
import type { Context } from '../context.ts';
import { type Subscription, subscriptionOf } from './subscription.ts';

/** All subscriptions, in the order in which they were made. */
export const listSubscriptions = async (ctx: Context): Promise<Subscription[]> =>
  (await listRows(ctx.db, ctx.tenantId)).map((row) => subscriptionOf(row));

/** @throws ApiError 404 */
export async function readSubscription(ctx: Context, id: string): Promise<Subscription> {
  const row = await findSubscription(ctx.db, ctx.tenantId, id);
  if (!row) throw notFound(id);
  return subscriptionOf(row);
}
