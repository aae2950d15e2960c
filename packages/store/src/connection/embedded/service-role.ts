import pg from 'pg';

/** Who Allot works as in an embedded database: owns everything of ours and is no superuser, so that policies hold for it. */
export const serviceRole = 'allot_service';

/**
 * Makes the role, and gives it the database with everything of Allot in it. What versions before 0014-row-level-security made
 * belongs to the superuser, who cannot be made an ordinary role. Changes nothing where all is done.
 *
 * @param superuserUrl of the database
 */
export async function prepareServiceRole(superuserUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const found = await client.query('select from pg_roles where rolname = $1', [serviceRole]);
    // It may make databases, as tests do; it reaches nothing by that which it does not reach anyway.
    if (found.rowCount === 0) await client.query(`create role ${serviceRole} login createdb`);
    const { rows } = await client.query<{ statement: string }>(statementsToOwn, [serviceRole, database]);
    await client.query(['begin', ...rows.map(({ statement }) => statement), ...trusted, 'commit'].join(';\n'));
  } finally {
    await client.end();
  }
}

/**
 * How the audit log is asked for terms, and names for words. Under a policy PostgreSQL asks an index only with functions that tell nobody what they were
 * given, and only a superuser may say of these that they do not; without, a search reads the log in the order of time.
 */
const trusted = [
  'arrayoverlap(anyarray, anyarray)',
  'arraycontains(anyarray, anyarray)',
  'ts_match_vq(tsvector, tsquery)',
].map((routine) => `alter function pg_catalog.${routine} leakproof`);

/**
 * Everything of ours that is another's: the database; the schemas; tables, views and sequences but those of a column, which go
 * with their table; functions; types that are not those of tables or arrays.
 */
const statementsToOwn = `
  with role as (select oid from pg_roles where rolname = $1::name),
  schema as (select oid, nspname, nspowner from pg_namespace where nspname in ('allot', 'allot_migration', 'graphile_worker'))
  select format('alter database %I owner to %I', d.datname, $1) as statement
  from pg_database d, role where d.datname = $2 and d.datdba <> role.oid
  union all
  select format('alter schema %I owner to %I', s.nspname, $1) from schema s, role where s.nspowner <> role.oid
  union all
  select format('alter %s %s owner to %I',
                case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end,
                c.oid::regclass, $1)
  from pg_class c join schema s on s.oid = c.relnamespace, role
  where c.relowner <> role.oid and c.relkind in ('r', 'p', 'S', 'v', 'm')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
                      and d.refclassid = 'pg_class'::regclass and c.relkind = 'S')
  union all
  select format('alter routine %s owner to %I', p.oid::regprocedure, $1)
  from pg_proc p join schema s on s.oid = p.pronamespace, role where p.proowner <> role.oid
  union all
  select format('alter type %s owner to %I', t.oid::regtype, $1)
  from pg_type t join schema s on s.oid = t.typnamespace, role
  where t.typowner <> role.oid and t.typelem = 0
    and (t.typrelid = 0 or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
`;
