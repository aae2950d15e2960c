import { nextSubscriptionMove } from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { keepTime } from './keep-time.ts';

/**
 * L-15: moves the subscriptions of the tenant whose time has come, however long ago that was, and settles everybody whom that
 * reaches. Does nothing where none has.
 */
export async function moveSubscriptions(ctx: Context): Promise<void> {
  const next = await nextSubscriptionMove(ctx.db, ctx.tenantId);
  if (next === null || next.getTime() > Date.now() + CLOCKS_MS_APART_MAX) return;
  await changeWorld(ctx, 'seats', 'Update subscription', (trx) => keepTime(ctx, trx));
}

/** The database's clock decides; ours only tells whether asking it is worth a transaction. */
const CLOCKS_MS_APART_MAX = 60_000;
