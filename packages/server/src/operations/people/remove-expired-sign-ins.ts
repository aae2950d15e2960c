import { forTenant, type Handle, removeExpiredOidcModels, selectTenantIds } from '@allot/store';

/** Removes sessions, codes and refresh tokens whose time is over, of all tenants, a bounded number at a time. */
export async function removeExpiredSignIns(db: Handle): Promise<void> {
  for (const tenantId of await selectTenantIds(db)) {
    const own = forTenant(db, tenantId);
    while ((await removeExpiredOidcModels(own, tenantId)) > 0);
  }
}
