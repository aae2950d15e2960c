import { type Kysely, sql } from 'kysely';

import type { Log } from './log.ts';

/** Tells the operator when policies do not hold for the user of DATABASE_URL, so that tenants are apart by our statements alone. */
export async function warnOfExemption(db: Kysely<unknown>, log: Log): Promise<void> {
  const { rows } = await sql<{ user: string }>`
    select rolname as user from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
  `.execute(db);
  const user = rows[0]?.user;
  if (user === undefined) return;
  log.warn(
    { user },
    'PostgreSQL does not check that statements stay within their tenant, because the user of DATABASE_URL is a superuser or has BYPASSRLS. Use one that is neither and owns the database (see "Your own PostgreSQL server" in docs/operating/running.md)',
  );
}
