import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Handle, insertAudit, isConcurrencyFailure } from '@allot/store';
import { reasonCode } from './audit/reason-code.ts';
import type { Context } from './context.ts';

/** How often a change that lost against another one is tried before the caller gets an error. */
const ATTEMPTS_MAX = 50;
const BACKOFF_MS_MAX = 50;

/**
 * Does a change again when a concurrent one forced it to begin anew, by deadlock or by serialization failure (L-19). Each attempt is a
 * transaction of its own, and begins with `noteRetry`.
 * @param attempt gets its number, from 1
 */
export async function retrying<T>(attempt: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(tries);
    } catch (error) {
      if (!isConcurrencyFailure(error) || tries >= ATTEMPTS_MAX) throw error;
      await sleep(randomInt(Math.min(BACKOFF_MS_MAX, tries * 5)));
    }
  }
}

/** L-19: that a change had to begin anew is in the audit log, with the change itself or not at all. */
export async function noteRetry(ctx: Context, trx: Handle, tries: number): Promise<void> {
  if (tries === 1) return;
  await insertAudit(trx, ctx.tenantId, [
    {
      activity: 'Change user license',
      category: 'UserManagement',
      result: 'failure',
      resultReason: 'LicenseAssignmentAttributeConcurrencyException',
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: [],
      details: [{ key: 'attempt', value: String(tries) }, reasonCode('ConcurrentChange')],
    },
  ]);
}
