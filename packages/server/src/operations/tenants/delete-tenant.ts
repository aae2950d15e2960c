import { closeTenant, type Handle, removeSomeRows, removeTenant, tablesOfTenants } from '@allot/store';

/**
 * Deletes a tenant with everything in it, which cannot be undone. Nobody signs in to it, asks for it or works for it any more as soon
 * as this has begun; its rows go in small transactions, while other tenants work on. Interrupted, it is finished by doing it again.
 */
export async function deleteTenant(db: Handle, tenantId: string): Promise<void> {
  await closeTenant(db, tenantId);
  for (const table of await tablesOfTenants(db)) {
    while ((await removeSomeRows(db, table, tenantId)) > 0);
  }
  await removeTenant(db, tenantId);
}
