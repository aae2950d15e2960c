import type { RuleComparison } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { intervalOf } from './compile-comparison.ts';
import { type RuleScope, within } from './within.ts';

/**
 * When time by itself next changes what one of these comparisons with `system.now` says of a user; null: never. A month that ends early can
 * make it some days too late or too early, so whoever asks looks daily, too.
 */
export async function nextInstant(
  db: Handle,
  tenantId: string,
  comparisons: readonly RuleComparison[],
  scope: RuleScope | null,
): Promise<Date | null> {
  const turns = comparisons.flatMap(({ value }) => {
    if (value.type !== 'now') return [];
    const hired = sql`u.employee_hire_date at time zone 'UTC'`;
    if (value.moved === undefined) return [hired];
    const by = intervalOf(value.moved.by);
    return [value.moved.sign === 'plus' ? sql`${hired} - ${by}` : sql`${hired} + ${by}`];
  });
  if (!turns.length) return null;
  const { rows } = await sql<{ at: Date | null }>`
    select least(min(t.at at time zone 'UTC'), case when count(*) > 0 then now() + interval '1 day' end) as at
    from allot.directory_user u cross join lateral (values ${sql.join(turns.map((turn) => sql`(${turn})`))}) as t (at)
    where u.tenant_id = ${tenantId} and u.deleted_at is null and u.employee_hire_date is not null
      and t.at at time zone 'UTC' >= now() and ${within(tenantId, scope, sql`u.user_no`)}
  `.execute(db);
  return rows[0]?.at ?? null;
}
