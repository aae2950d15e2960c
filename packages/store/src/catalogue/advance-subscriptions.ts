import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * Brings every subscription of the tenant to the status that time has reached (L-15), by as many steps as that takes: each begins
 * when the one before ended, not when somebody looked. Also says anew when time ends each status, for the tenant's periods as
 * they are. Days are days of UTC, so no clock change makes one longer.
 */
export async function advanceSubscriptions(trx: Handle, tenantId: string): Promise<void> {
  await sql`
    with recursive step as (
      select s.id, 0 as step, s.status, s.since, s.start_at, s.end_at, t.warning_period::interval as warning_period,
             t.suspended_period::interval as suspended_period, ${endOf(sql`s.status`, sql`s.since`, sql`t`)} as moves_at
      from allot.subscription s join allot.tenant t using (tenant_id) where s.tenant_id = ${tenantId}
      union all
      select p.id, p.step + 1, next.status, p.moves_at, p.start_at, p.end_at, p.warning_period, p.suspended_period,
             ${endOf(sql`next.status`, sql`p.moves_at`, sql`p`)}
      from step p cross join lateral (
        select case p.status when 'Upcoming' then 'Enabled' when 'Enabled' then 'Warning' when 'Warning' then 'Suspended'
                             else 'Deleted' end as status
      ) as next
      where p.moves_at <= now()
    ), reached as (
      select distinct on (id) id, status, since, moves_at from step order by id, step desc
    )
    update allot.subscription s set status = r.status, since = r.since, moves_at = r.moves_at from reached r
    where s.tenant_id = ${tenantId} and s.id = r.id
      and (s.status, s.since, s.moves_at) is distinct from (r.status, r.since, r.moves_at)
  `.execute(trx);
}

/** When time ends a status: `start_at` and `end_at` are in scope, the periods in `periods`. null: never. */
const endOf = (
  status: RawBuilder<unknown>,
  since: RawBuilder<unknown>,
  periods: RawBuilder<unknown>,
): RawBuilder<Date | null> => sql`
  case ${status} when 'Upcoming' then start_at when 'Enabled' then end_at
    when 'Warning' then (${since} at time zone 'UTC' + ${periods}.warning_period::interval) at time zone 'UTC'
    when 'Suspended' then (${since} at time zone 'UTC' + ${periods}.suspended_period::interval) at time zone 'UTC' end`;

/** When time moves some subscription of the tenant next; null: never. It may be over already. */
export async function nextSubscriptionMove(db: Handle, tenantId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(moves_at) as at from allot.subscription where tenant_id = ${tenantId} and moves_at is not null
  `.execute(db);
  return rows[0]?.at ?? null;
}

/** The instant that `now()` means in this transaction, in whole milliseconds. */
export async function transactionTime(trx: Handle): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(trx);
  const now = rows[0]?.now;
  if (now === undefined) throw new Error('a time has one row');
  return now;
}
