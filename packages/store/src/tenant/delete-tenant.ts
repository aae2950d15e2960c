import { type RawBuilder, sql } from 'kysely';
import { codesOf } from '../connection/errors.ts';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

/** Rows that one statement removes at most, so that none holds the database for long; 10,000 take some 50 ms. */
const ROWS_REMOVED_MAX = 10_000;
/** How long those who begin a transaction for the tenant wait behind us, before we let them pass and try again. */
const LOCK_MS_MAX = 1000;

/** As a list of tenants shows one. */
export interface ListedTenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly defaultUsageLocation: string | null;
  readonly createdAt: Date;
  /** Somebody asked for its deletion, which is not finished. */
  readonly beingDeleted: boolean;
}

/** All tenants of the installation, oldest first. */
export async function listTenants(db: Handle): Promise<readonly ListedTenant[]> {
  const { rows } = await sql<ListedTenant>`
    select tenant_id as "tenantId", display_name as "displayName", initial_domain as "initialDomain",
           default_usage_location as "defaultUsageLocation", created_at as "createdAt", deleted_at is not null as "beingDeleted"
    from allot.tenant order by created_at, tenant_id
  `.execute(acrossTenants(db));
  return rows;
}

/** Nobody begins to work for the tenant from here on (`allot.work_for`), and whoever did has ended. Its jobs are gone. */
export async function closeTenant(db: Handle, tenantId: string): Promise<void> {
  await alone(db, tenantId, async (trx) => {
    await sql`update allot.tenant set deleted_at = coalesce(deleted_at, now()) where tenant_id = ${tenantId}`.execute(
      trx,
    );
    await removeJobs(trx, tenantId);
  });
}

/** Every table with rows of tenants, but that of the tenants themselves. */
export async function tablesOfTenants(db: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'allot'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'tenant' order by 1
  `.execute(db);
  return rows.map(({ name }) => name);
}

/** @returns how many rows were removed; there may be more until it is none */
export async function removeSomeRows(db: Handle, table: string, tenantId: string): Promise<number> {
  return removeRows(acrossTenants(db), table, tenantId, sql`limit ${ROWS_REMOVED_MAX}`);
}

/** Removes a closed tenant whose rows are removed, with what a transaction that began before it was closed may have written since. */
export async function removeTenant(db: Handle, tenantId: string): Promise<void> {
  const tables = await tablesOfTenants(db);
  await alone(db, tenantId, async (trx) => {
    for (const table of tables) await removeRows(trx, table, tenantId, sql``);
    await removeJobs(trx, tenantId);
    await sql`delete from allot.tenant where tenant_id = ${tenantId}`.execute(trx);
  });
}

async function removeRows(db: Handle, table: string, tenantId: string, limit: RawBuilder<unknown>): Promise<number> {
  const name = sql.table(`allot.${table}`);
  const { numAffectedRows = 0n } = await sql`
    delete from ${name} where tenant_id = ${tenantId}
      and ctid = any(array(select ctid from ${name} where tenant_id = ${tenantId} ${limit}))
  `.execute(db);
  return Number(numAffectedRows);
}

/** One that a worker has in hand ends by itself, since it finds no tenant; the others are removed. All of them are named `task:tenant`. */
async function removeJobs(trx: Handle, tenantId: string): Promise<void> {
  await sql`
    select graphile_worker.remove_job(key) from graphile_worker.jobs where right(key, 37) = ':' || ${tenantId}::text
  `.execute(trx);
}

/** Runs a transaction while none for the tenant is under way. */
async function alone(db: Handle, tenantId: string, run: (trx: Handle) => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await acrossTenants(db)
        .transaction()
        .execute(async (trx) => {
          await sql`select set_config('lock_timeout', ${`${LOCK_MS_MAX}ms`}, true)`.execute(trx);
          await sql`select pg_advisory_xact_lock(hashtextextended('allot tenant ' || ${tenantId}::uuid, 0))`.execute(
            trx,
          );
          await run(trx);
        });
      return;
    } catch (error) {
      // A transaction for the tenant that takes longer than we let others wait.
      if (!codesOf(error).includes('55P03')) throw error;
    }
  }
}
