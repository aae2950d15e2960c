import type { Context } from '../context.ts';

/**
 * Runs the reads of one answer on the tenant as it was at one instant. Without that, a plan applied between two of them would
 * show users without the licenses that they have before and after, because their cohort is gone.
 */
export const inSnapshot = <T>(ctx: Context, read: (ctx: Context) => Promise<T>): Promise<T> =>
  ctx.db.isTransaction
    ? read(ctx)
    : ctx.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((db) => read({ ...ctx, db }));
