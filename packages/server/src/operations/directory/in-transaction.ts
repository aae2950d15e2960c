import { type Handle, isConcurrencyFailure } from '@allot/store';
import type { Context } from '../context.ts';

/** How often a change is tried that another one stood in the way of, before the caller gets an error. */
const attemptsMax = 5;

/** Runs a change of the directory in one transaction: all of it, or nothing. Begins anew after a deadlock. */
export async function inTransaction<T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction().execute(run);
    } catch (error) {
      if (!isConcurrencyFailure(error) || attempt >= attemptsMax) throw error;
    }
  }
}
