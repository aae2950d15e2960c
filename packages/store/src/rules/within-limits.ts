import { sql } from 'kysely';
import { codesOf } from '../connection/errors.ts';
import type { Handle } from '../handle.ts';

/** Seconds that comparing users with rules may take. A million users take one to two; a regular expression can be made to take for ever. */
export const RULE_SECONDS_MAX = 30;

/**
 * Runs a statement of which nobody knows how long it takes, in an open transaction: an error leaves the transaction as it was before.
 * @throws what the statement throws; see `isRuleFailure`
 */
export async function withinLimits<T>(trx: Handle, run: () => Promise<T>, secondsMax = RULE_SECONDS_MAX): Promise<T> {
  await sql`savepoint rules`.execute(trx);
  try {
    await setTimeLimit(trx, secondsMax * 1000);
    const result = await run();
    await setTimeLimit(trx, 0);
    await sql`release savepoint rules`.execute(trx);
    return result;
  } catch (error) {
    // Where the connection is gone there is nothing to go back to.
    await sql`rollback to savepoint rules`.execute(trx).catch(() => undefined);
    throw error;
  }
}

const setTimeLimit = (trx: Handle, milliseconds: number) =>
  sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`.execute(trx);

/** Why the database could not evaluate a rule, when it is the rule's fault: it took too long, or its pattern asks for too much. */
export function ruleFailureOf(error: unknown): 'tooSlow' | 'patternTooMuch' | undefined {
  const codes = codesOf(error);
  if (codes.includes('57014')) return 'tooSlow';
  if (codes.includes('2201B') || codes.includes('54000') || codes.includes('54001')) return 'patternTooMuch';
  return undefined;
}

/** Why PostgreSQL cannot use a pattern; undefined: it can. */
export async function patternProblem(db: Handle, pattern: string): Promise<string | undefined> {
  try {
    await sql`select '' ~* ${pattern}`.execute(db);
    return undefined;
  } catch (error) {
    if (ruleFailureOf(error) === undefined) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}
