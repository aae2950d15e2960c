import type { Database } from '@allot/store';
import { type Kysely, sql } from 'kysely';

/** A table of the schema with rows of tenants. */
export interface TenantTable {
  readonly name: string;
  /** What a row must say: without a default and not null. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** All of them, as PostgreSQL knows them: a table that a new migration adds is among them. */
export async function tablesOfTenants(pool: Database['pool']): Promise<readonly TenantTable[]> {
  const { rows } = await pool.query<TenantTable>(`
    select c.relname as name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
             filter (where a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attname <> 'tenant_id') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'allot'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname having bool_or(a.attname = 'tenant_id') order by c.relname`);
  return rows.map(({ name, columns }) => ({ name, columns: columns ?? [] }));
}

/** Adds a row that says what it must and means nothing; where there is one of this tenant, nothing. */
export async function insertRow(db: Kysely<unknown>, { name, columns }: TenantTable, tenantId: string): Promise<void> {
  const names = columns.map((column) => sql.id(column.name));
  const values = columns.map((column) => sql.raw(valueOf(name, column)));
  await sql`
    insert into ${sql.table(`allot.${name}`)} (${sql.join([sql.id('tenant_id'), ...names])})
    values (${sql.join([sql`${tenantId}::uuid`, ...values])})
    ${name === 'user_counter' ? sql`on conflict do nothing` : sql``}
  `.execute(db);
}

/** For columns whose values are checked, by name, or by table and name. */
const checked: ReadonlyMap<string, string> = new Map([
  ['reason', `'bundle'`],
  ['kind', `'missing'`],
  ['directory_change.kind', `'user'`],
  ['change_subscription.kind', `'users'`],
  ['account_link.account_id', '(select id from allot.account limit 1)'],
  ['application_certificate.client_id', '(select client_id from allot.application limit 1)'],
]);

const ofType: ReadonlyMap<string, string> = new Map([
  ['uuid', 'gen_random_uuid()'],
  ['text', `'some text'`],
  ['bigint', '1'],
  ['integer', '1'],
  ['boolean', 'true'],
  ['jsonb', `'{}'`],
  ['timestamp with time zone', 'now()'],
  ['uuid[]', `'{}'`],
  ['text[]', `'{}'`],
  ['bigint[]', `'{}'`],
  ['bytea', `'\\x00'`],
  ['smallint', '1'],
]);

function valueOf(table: string, { name, type }: TenantTable['columns'][number]): string {
  const value = checked.get(`${table}.${name}`) ?? checked.get(name) ?? ofType.get(type);
  if (value === undefined)
    throw new Error(`Say in ${import.meta.filename} what a ${type} may be, for the column ${name}.`);
  return value;
}
