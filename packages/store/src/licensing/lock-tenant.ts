import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * Serializes plans of one tenant (L-19): locks its row until the transaction ends. In a repeatable-read transaction
 * this fails with 40001 when another plan was applied since the snapshot, and the caller begins anew.
 * @returns the revision that the plan is made on; undefined: no such tenant.
 */
export async function lockTenant(trx: Handle, tenantId: string): Promise<number | undefined> {
  const { rows } = await sql<{ revision: number }>`
    select revision from allot.tenant where tenant_id = ${tenantId} for no key update
  `.execute(trx);
  return rows[0]?.revision;
}

/**
 * Runs something when it is its turn among all processes that plan for this tenant, in the order in which they asked, and on
 * one connection. The row lock alone gives no order: of four processes that competed, one lost 38 times before it won.
 */
export function inTurn<T>(db: Handle, tenantId: string, run: (connection: Handle) => Promise<T>): Promise<T> {
  const turn = sql`hashtextextended(${`allot plan ${tenantId}`}, 0)`;
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${turn})`.execute(connection);
    try {
      return await run(connection);
    } finally {
      // It fails where the connection is gone, and the turn with it.
      await sql`select pg_advisory_unlock(${turn})`.execute(connection).catch(() => undefined);
    }
  });
}
