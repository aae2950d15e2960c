import type { Handle } from '@allot/store';
import type { Context } from '../context.ts';
import { noteRetry, retrying } from '../retries.ts';

/** Runs a change in one transaction: all of it, or nothing. Begins anew after a deadlock (L-19). A part of a larger change is run in its transaction. */
export const inTransaction = <T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> =>
  ctx.db.isTransaction
    ? run(ctx.db)
    : retrying((tries) =>
        ctx.db.transaction().execute(async (trx) => {
          await noteRetry(ctx, trx, tries);
          return run(trx);
        }),
      );
