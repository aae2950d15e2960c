import { forTenant, type Handle, isTenantGone, removeOldAudit, tenantsWithAuditRetention } from '@allot/store';

/** Removes what tenants keep no longer (`auditRetention`), a bounded number of entries at a time. */
export async function removeOldAudits(db: Handle): Promise<void> {
  for (const tenantId of await tenantsWithAuditRetention(db)) {
    try {
      while (await removeOldAudit(forTenant(db, tenantId), tenantId));
    } catch (error) {
      // Deleted meanwhile, with its log.
      if (!isTenantGone(error)) throw error;
    }
  }
}
