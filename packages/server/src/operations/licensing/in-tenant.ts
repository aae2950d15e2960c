import { type Handle, inTurn, lockTenant } from '@allot/store';
import type { Context } from '../context.ts';
import { noteRetry, retrying } from '../retries.ts';

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

const attempt = <T>(ctx: Context, run: (trx: Handle) => Promise<T>): Promise<T> =>
  retrying((tries) =>
    ctx.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        await lockTenant(trx, ctx.tenantId);
        await noteRetry(ctx, trx, tries);
        return run(trx);
      }),
  );
