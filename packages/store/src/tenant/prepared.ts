import { type Kysely, sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

export interface TenantOnStart {
  readonly tenantId: string;
  readonly displayName: string;
  /** false: its first start was interrupted. */
  readonly prepared: boolean;
}

/** The oldest tenant of the installation: the one that the first start made. */
export async function findFirstTenant(db: Handle): Promise<TenantOnStart | undefined> {
  const { rows } = await sql<TenantOnStart>`
    select tenant_id as "tenantId", display_name as "displayName", prepared_at is not null as prepared
    from allot.tenant where deleted_at is null order by created_at, tenant_id limit 1
  `.execute(acrossTenants(db));
  return rows[0];
}

export async function markPrepared(db: Handle, tenantId: string): Promise<void> {
  await sql`update allot.tenant set prepared_at = now() where tenant_id = ${tenantId}`.execute(db);
}

/** Only one server at a time makes the first tenant; others that start meanwhile wait and find it made. */
export function aloneAtFirstStart<T>(db: Kysely<unknown>, run: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtextextended('allot first start', 0))`.execute(connection);
    try {
      return await run();
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('allot first start', 0))`.execute(connection);
    }
  });
}
