import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** How failures lock a name: after `failuresFree` of them, for `secondsFirst`, twice as long after each further one. */
export interface LockOut {
  readonly failuresFree: number;
  readonly secondsFirst: number;
  readonly secondsMax: number;
}

/**
 * Counts an attempt before it is looked at, so that many at the same time are counted as well. Who succeeds calls
 * `forgetAttempts`.
 * @returns until when the name is locked, and nothing may be looked at; undefined: go on
 */
export async function beginAttempt(
  db: Handle,
  tenantId: string,
  nameHash: Buffer,
  { failuresFree, secondsFirst, secondsMax }: LockOut,
): Promise<Date | undefined> {
  // 30 doublings are beyond any limit, and power() of more would overflow.
  const lock = sql`case when a.failures + 1 >= ${failuresFree}::integer then now() + make_interval(secs => least(
    ${secondsMax}::double precision,
    ${secondsFirst}::double precision * power(2, least(30, a.failures + 1 - ${failuresFree}::integer)))) end`;
  const { rows } = await sql<object>`
    insert into allot.sign_in_attempt as a (tenant_id, name_hash, failures)
    values (${tenantId}, ${nameHash}, 1)
    on conflict (tenant_id, name_hash) do update
    set failures = a.failures + 1, locked_until = ${lock}, last_at = now()
    where a.locked_until is null or a.locked_until <= now()
    returning 1
  `.execute(db);
  if (rows.length > 0) return undefined;
  const locked = await sql<{ lockedUntil: Date | null }>`
    select locked_until as "lockedUntil" from allot.sign_in_attempt
    where tenant_id = ${tenantId} and name_hash = ${nameHash}
  `.execute(db);
  return locked.rows[0]?.lockedUntil ?? new Date();
}

export async function forgetAttempts(db: Handle, tenantId: string, nameHash: Buffer): Promise<void> {
  await sql`
    delete from allot.sign_in_attempt where tenant_id = ${tenantId} and name_hash = ${nameHash}
  `.execute(db);
}

/** Removes counts whose last attempt is long over, so that made-up names do not pile up. */
export async function removeOldAttempts(db: Handle, tenantId: string, ageSeconds: number): Promise<void> {
  await sql`
    delete from allot.sign_in_attempt
    where tenant_id = ${tenantId} and last_at < now() - make_interval(secs => ${ageSeconds})
      and coalesce(locked_until, last_at) < now()
  `.execute(db);
}
