import type { SubscriptionStatus } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Where seats of a product come from. */
export interface Subscription {
  readonly id: string;
  readonly productId: string;
  readonly units: number;
  readonly status: SubscriptionStatus;
  /** When the status began. */
  readonly since: Date;
  readonly startAt: Date;
  readonly endAt: Date | null;
  /** When time ends the status (L-15); null: never. Written by `advanceSubscriptions` alone. */
  readonly movesAt: Date | null;
}

/** All subscriptions of the tenant, or those of one product, in the order in which they were made. */
export async function listSubscriptions(db: Handle, tenantId: string, productId?: string): Promise<Subscription[]> {
  const { rows } = await sql<Subscription>`
    ${selected} where tenant_id = ${tenantId} and ${productId === undefined ? sql<boolean>`true` : sql<boolean>`product_id = ${productId}`}
    order by created_at, id
  `.execute(db);
  return rows;
}

export async function findSubscription(db: Handle, tenantId: string, id: string): Promise<Subscription | undefined> {
  const { rows } = await sql<Subscription>`${selected} where tenant_id = ${tenantId} and id = ${id}`.execute(db);
  return rows[0];
}

const selected: RawBuilder<unknown> = sql`
  select id, product_id as "productId", units, status, since, start_at as "startAt", end_at as "endAt", moves_at as "movesAt"
  from allot.subscription`;

/** Writes a subscription that is new or replaces the one with its id. */
export async function upsertSubscription(
  trx: Handle,
  tenantId: string,
  s: Omit<Subscription, 'movesAt'>,
): Promise<void> {
  await sql`
    insert into allot.subscription (tenant_id, id, product_id, units, status, since, start_at, end_at)
    values (${tenantId}, ${s.id}, ${s.productId}, ${s.units}, ${s.status}, ${s.since}, ${s.startAt}, ${s.endAt})
    on conflict (tenant_id, id) do update set
      units = excluded.units, status = excluded.status, since = excluded.since,
      start_at = excluded.start_at, end_at = excluded.end_at
  `.execute(trx);
}

export async function deleteSubscription(trx: Handle, tenantId: string, id: string): Promise<void> {
  await sql`delete from allot.subscription where tenant_id = ${tenantId} and id = ${id}`.execute(trx);
}
