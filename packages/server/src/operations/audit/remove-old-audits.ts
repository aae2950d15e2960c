import { forTenant, type Handle, removeOldAudit, tenantsWithAuditRetention } from '@allot/store';

/** Removes what tenants keep no longer (`auditRetention`), a bounded number of entries at a time. */
export async function removeOldAudits(db: Handle): Promise<void> {
  for (const tenantId of await tenantsWithAuditRetention(db)) {
    while (await removeOldAudit(forTenant(db, tenantId), tenantId));
  }
}
