import { sql } from 'kysely';
import type pg from 'pg';
import type { Handle } from '../handle.ts';

/** Takes the advisory lock by which others see that this holder of jobs lives; it goes with the connection. */
export async function lockLiveness(client: pg.PoolClient, holder: string): Promise<void> {
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [holder]);
}

/** Who holds jobs, and whether each still lives. */
export async function findJobHolders(db: Handle): Promise<{ holder: string; alive: boolean }[]> {
  const { rows } = await sql<{ holder: string; alive: boolean }>`
    select holder, not pg_try_advisory_xact_lock(hashtextextended(holder, 0)) as alive
    from (select distinct locked_by as holder from graphile_worker.jobs where locked_by is not null) as h
  `.execute(db);
  return rows;
}

/**
 * Gives back the jobs of these holders, to be worked on at once. One that a newer job of the same key has replaced meanwhile
 * (the queue marks it as tried for the last time) would never be worked on again and is removed.
 */
export async function releaseHolders(db: Handle, holders: readonly string[]): Promise<void> {
  const replaced = await sql<{ id: number }>`
    select id from graphile_worker.jobs where locked_by = any(${holders}::text[]) and key is null and attempts >= max_attempts
  `.execute(db);
  await sql`select graphile_worker.force_unlock_workers(${holders}::text[])`.execute(db);
  await sql`select graphile_worker.complete_jobs(${replaced.rows.map(({ id }) => id)}::bigint[])`.execute(db);
}
