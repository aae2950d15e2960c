import type { Database } from '@allot/store';
import { sql } from 'kysely';

/**
 * Lets time pass for a tenant: every instant that is recorded of it moves into the past by a duration of ISO 8601 (`P30D`, `PT1H`),
 * and so do its jobs that wait for their time. What tests use instead of waiting, and instead of a clock in the product. All
 * instants move by the same number of seconds, so their order and their distances stay. Attributes of people stay.
 */
export async function ageTenant(db: Database['db'], tenantId: string, duration: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const by = sql`make_interval(secs => (
      select extract(epoch from now() - (now() - ${duration}::interval))::double precision))`;
    const { rows } = await sql<InstantColumn>`
      select c.table_name as "tableName", c.column_name as "columnName", exists (
          select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
          where i.indrelid = t.oid and i.indisunique and a.attname = c.column_name) as "unique"
      from information_schema.columns c
      join pg_class t on t.relnamespace = 'allot'::regnamespace and t.relname = c.table_name and t.relkind in ('r', 'p')
      where c.table_schema = 'allot' and c.data_type = 'timestamp with time zone'
        and exists (select from information_schema.columns i
                    where i.table_schema = 'allot' and i.table_name = c.table_name and i.column_name = 'tenant_id')
        and (c.table_name, c.column_name) not in (('directory_user', 'employee_hire_date'))
      order by c.table_name, c.column_name
    `.execute(trx);
    for (const { tableName, columnName, unique } of rows) {
      const column = sql.id(columnName);
      // A key is checked row by row, and another row may still be where this one goes: by way of where nobody is.
      for (const shift of unique ? [farAway, sql`${by} - ${farAway}`] : [by]) {
        await sql`
          update ${sql.id('allot', tableName)} set ${column} = ${column} - (${shift})
          where tenant_id = ${tenantId} and ${column} is not null
        `.execute(trx);
      }
    }
    await sql`
      update graphile_worker._private_jobs set run_at = run_at - ${by}
      where payload ->> 'tenantId' = ${tenantId} and locked_at is null
    `.execute(trx);
  });
}

interface InstantColumn {
  readonly tableName: string;
  readonly columnName: string;
  /** Part of a primary key or another key. */
  readonly unique: boolean;
}

/** In hours, so that no calendar rounds it; further than any instant of a test is from another. */
const farAway = sql`interval '24000000 hours'`;
