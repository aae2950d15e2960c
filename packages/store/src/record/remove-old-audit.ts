import { sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

/** Entries that one statement removes at most, so that none holds the database for long. */
const REMOVED_ENTRIES_MAX = 10_000;

export const removeOldAuditTask = 'removeOldAudit';

/** Tenants that keep entries for a limited time only. */
export async function tenantsWithAuditRetention(db: Handle): Promise<string[]> {
  const { rows } = await sql<{ tenantId: string }>`
    select tenant_id as "tenantId" from allot.tenant where audit_retention is not null and deleted_at is null order by tenant_id
  `.execute(acrossTenants(db));
  return rows.map(({ tenantId }) => tenantId);
}

/**
 * Removes entries that are older than the tenant keeps them, the oldest first, a bounded number at a time.
 * @returns whether there may be more
 */
export async function removeOldAudit(db: Handle, tenantId: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from allot.audit
    where tenant_id = ${tenantId} and (activity_at, id) in (
      select a.activity_at, a.id from allot.audit a
      where a.tenant_id = ${tenantId}
        and a.activity_at < (select now() - audit_retention::interval from allot.tenant where tenant_id = ${tenantId})
      order by a.activity_at, a.id
      limit ${REMOVED_ENTRIES_MAX})
  `.execute(db);
  return numAffectedRows >= BigInt(REMOVED_ENTRIES_MAX);
}

/** Has a worker look at every tenant now; otherwise one does so every hour. */
export async function wakeAuditRemoval(trx: Handle): Promise<void> {
  await sql`select graphile_worker.add_job(${removeOldAuditTask}, job_key := ${removeOldAuditTask})`.execute(trx);
}
