import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Handle, insertAudit, inTurn, isConcurrencyFailure, lockTenant } from '@allot/store';
import type { Context } from '../context.ts';

/** How often a change that lost against another one is tried again before the caller gets an error. */
const ATTEMPTS_MAX = 50;
const BACKOFF_MS_MAX = 50;

const queues = new Map<string, Promise<unknown>>();

/**
 * Runs a change of licenses alone in its tenant (L-19): in one repeatable-read transaction that holds the tenant's row.
 * Changes of one process queue here, in order of arrival, so that none of them sits on a connection while it waits; the first of
 * each process take turns. One that lost against something else (a membership, a bundle) begins anew, with an audit entry, and
 * the outcome is as if the changes had come one after the other.
 */
export function inTenant<T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> {
  const before = queues.get(ctx.tenantId) ?? Promise.resolve();
  const result = before.then(() =>
    inTurn(ctx.db, ctx.tenantId, (connection) => attempt({ ...ctx, db: connection }, run)),
  );
  const settled = result.catch(() => undefined);
  queues.set(ctx.tenantId, settled);
  void settled.then(() => {
    if (queues.get(ctx.tenantId) === settled) queues.delete(ctx.tenantId);
  });
  return result;
}

async function attempt<T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ctx.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          await lockTenant(trx, ctx.tenantId);
          if (tries > 1) await insertAudit(trx, ctx.tenantId, [retryEntry(ctx, tries)]);
          return run(trx);
        });
    } catch (error) {
      if (!isConcurrencyFailure(error) || tries >= ATTEMPTS_MAX) throw error;
      await sleep(randomInt(Math.min(BACKOFF_MS_MAX, tries * 5)));
    }
  }
}

const retryEntry = (ctx: Context, tries: number) => ({
  activity: 'Change user license',
  category: 'UserManagement' as const,
  result: 'failure' as const,
  resultReason: 'LicenseAssignmentAttributeConcurrencyException',
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [],
  details: [{ key: 'attempt', value: String(tries) }],
});
