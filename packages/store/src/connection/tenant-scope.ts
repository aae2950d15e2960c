import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

import type { Handle } from '../handle.ts';
import { scopedPool } from './scoped-pool.ts';

/**
 * The same connections, for one tenant: PostgreSQL itself shows and accepts rows of this tenant only (invariant "tenants are
 * apart"), in every statement and transaction of the handle. A handle that was not made by this function or by `acrossTenants`
 * shows no row of any tenant. Every statement fails, and `isTenantGone` holds of its error, when there is no such tenant.
 *
 * @param db from `connect`, or what either function made of it; not a transaction, which stays what it was begun as
 * @throws TypeError when the tenant's id is no UUID
 */
export function forTenant(db: Handle, tenantId: string): Kysely<unknown> {
  if (!uuid.test(tenantId)) throw new TypeError(`${JSON.stringify(tenantId)} is not the id of a tenant.`);
  return scoped(db, tenantId.toLowerCase());
}

/**
 * The same connections, for all tenants at once. Only for what cannot know its tenant: who it is that signs in, which tenants have
 * work, which there are, how one comes and goes, and migrations; a test lists the callers.
 */
export function acrossTenants(db: Handle): Kysely<unknown> {
  return scoped(db, 'all');
}

/** What `forTenant` and `acrossTenants` make handles of. */
export function registerPool(db: Handle, pool: pg.Pool): void {
  families.set(db, { pool, handles: new Map() });
}

/** All handles on one pool, by the value of the setting. */
type Family = { readonly pool: pg.Pool; readonly handles: Map<string, Kysely<unknown>> };

const families = new WeakMap<Handle, Family>();
/** A handle holds no connection and takes 20 µs to make; those used last are kept. */
const handlesMax = 1000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function scoped(db: Handle, setting: string): Kysely<unknown> {
  const family = families.get(db);
  if (family === undefined) {
    throw new TypeError('A transaction cannot change whom it works for: take the handle that `connect` returned.');
  }
  const { pool, handles } = family;
  const known = handles.get(setting);
  const handle = known ?? new Kysely<unknown>({ dialect: new PostgresDialect({ pool: scopedPool(pool, setting) }) });
  // The order of a Map is that of insertion, so the first is the one not used for longest.
  handles.delete(setting);
  handles.set(setting, handle);
  if (known === undefined) {
    families.set(handle, family);
    const [oldest] = handles.keys();
    if (handles.size > handlesMax && oldest !== undefined) handles.delete(oldest);
  }
  return handle;
}
