import { sql } from 'kysely';
import { isConcurrencyFailure } from '../connection/errors.ts';
import type { Handle } from '../handle.ts';

/** How often a part of a transaction is tried that another transaction stood in the way of. */
const attemptsMax = 5;

/**
 * Runs the last part of a transaction, and after a deadlock that part again, without what came before it: a file that was
 * read once cannot be read a second time.
 */
export async function withRetries<T>(trx: Handle, run: (trx: Handle) => Promise<T>): Promise<T> {
  await sql`savepoint before_attempt`.execute(trx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(trx);
    } catch (error) {
      if (!isConcurrencyFailure(error) || attempt >= attemptsMax) throw error;
      await sql`rollback to savepoint before_attempt`.execute(trx);
    }
  }
}
