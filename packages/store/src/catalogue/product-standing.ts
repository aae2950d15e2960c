import type { SubscriptionStatus } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * The best status that a product has units in, over its subscriptions `s`; where it has no units, the best status of a
 * subscription. `Upcoming` only where there is nothing else.
 */
export const standing: RawBuilder<SubscriptionStatus> = sql`
  (array_agg(s.status order by s.units > 0 and s.status not in ('Deleted', 'Upcoming') desc,
             array_position(array['Enabled', 'Warning', 'Suspended', 'LockedOut', 'Deleted', 'Upcoming'], s.status)))[1]`;

/**
 * Notes of each product whether what users have of it is suspended: no seat of it is usable and its subscriptions have ended or
 * are locked (L-15). Where there is none left, or none but those to come, it stays as it was: that takes nothing from anybody
 * (L-13), and brings nothing back. To be called after every change of subscriptions.
 */
export async function recordSuspensions(trx: Handle, tenantId: string): Promise<void> {
  await sql`
    update allot.product p set suspended = not p.suspended, suspension_changed_at = now()
    from (
      select s.product_id, ${standing} as standing from allot.subscription s where s.tenant_id = ${tenantId} group by s.product_id
    ) as n
    where p.tenant_id = ${tenantId} and p.product_id = n.product_id and n.standing <> 'Upcoming'
      and p.suspended <> (n.standing in ('Suspended', 'LockedOut', 'Deleted'))
  `.execute(trx);
}

export interface Suspension {
  readonly productId: string;
  /** false: it was suspended and is no more. */
  readonly suspended: boolean;
  readonly changedAt: Date;
}

/** The products that are or were suspended. */
export async function loadSuspensions(db: Handle, tenantId: string): Promise<Map<string, Suspension>> {
  const { rows } = await sql<Suspension>`
    select product_id as "productId", suspended, suspension_changed_at as "changedAt" from allot.product
    where tenant_id = ${tenantId} and suspension_changed_at is not null
  `.execute(db);
  return new Map(rows.map((row) => [row.productId, row]));
}
