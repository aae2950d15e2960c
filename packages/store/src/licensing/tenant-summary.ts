import type { SubscriptionStatus } from '@allot/engine';
import { sql } from 'kysely';
import { standing } from '../catalogue/product-standing.ts';
import type { Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';

/** Users of the directory that are not deleted. */
export async function countUsers(db: Handle, tenantId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from allot.directory_user where tenant_id = ${tenantId} and deleted_at is null
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Changes accepted and not settled: users and groups that a worker still has to look at,
 * users to be given mail attributes, and users to be compared with rules.
 */
export async function countPending(db: Handle, tenantId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from allot.pending_user where tenant_id = ${tenantId} and not deferred)
         + (select count(*) from allot.pending_group where tenant_id = ${tenantId})
         + (select count(*) from allot.pending_rule where tenant_id = ${tenantId})
         + (select count(*) from allot.pending_mail where tenant_id = ${tenantId}) as count
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export interface SubscribedUnits {
  readonly productId: string;
  readonly consumed: number;
  readonly enabled: number;
  readonly warning: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly subscriptionIds: readonly string[];
  /** The best status that it has units in. */
  readonly standing: SubscriptionStatus;
}

/** Units of every product with a subscription, by status; with deleted ones alone only while somebody still holds a seat (L-13). */
export async function loadSubscribedUnits(db: Handle, tenantId: string): Promise<SubscribedUnits[]> {
  const { rows } = await sql<SubscribedUnits>`
    select p.product_id as "productId", p.consumed,
           coalesce(sum(s.units) filter (where s.status = 'Enabled'), 0)::int as enabled,
           coalesce(sum(s.units) filter (where s.status = 'Warning'), 0)::int as warning,
           coalesce(sum(s.units) filter (where s.status = 'Suspended'), 0)::int as suspended,
           coalesce(sum(s.units) filter (where s.status = 'LockedOut'), 0)::int as "lockedOut",
           array_agg(s.id order by s.created_at, s.id) as "subscriptionIds", ${standing} as standing
    from allot.subscription s join allot.product p using (tenant_id, product_id)
    where s.tenant_id = ${tenantId}
    group by p.product_id, p.consumed, p.sku_part_number having bool_or(s.status <> 'Deleted') or p.consumed > 0
    order by p.sku_part_number
  `.execute(db);
  return rows;
}

/** Names of groups, deleted ones included, since kept licenses may come from them. */
export async function loadGroupNames(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; displayName: string }>`
    select id, display_name as "displayName" from allot.directory_group
    where tenant_id = ${tenantId} and id = any(${groupIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ id, displayName }) => [id, displayName]));
}

export interface SharedAddress {
  readonly address: string;
  readonly otherId: string;
  readonly otherUserPrincipalName: string;
}

/** Addresses told of one user; who shares more has a problem of another kind. */
const SHARED_ADDRESSES_MAX = 20;

/** Addresses of users that another user has too, with that user (L-11), by user number. */
export async function loadSharedAddresses(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<Map<number, SharedAddress[]>> {
  if (!userNos.length) return new Map();
  const { rows } = await sql<SharedAddress & { userNo: number }>`
    select s.* from unnest(${bigints(userNos)}) as asked (user_no), lateral (
      select a.user_no as "userNo", a.address, o.id as "otherId", o.user_principal_name as "otherUserPrincipalName"
      from allot.user_address a
      join allot.user_address b on b.tenant_id = a.tenant_id and b.address = a.address and b.user_no <> a.user_no
      join allot.directory_user o on o.tenant_id = b.tenant_id and o.user_no = b.user_no and o.deleted_at is null
      where a.tenant_id = ${tenantId} and a.user_no = asked.user_no
      order by a.address, o.user_no limit ${SHARED_ADDRESSES_MAX}
    ) as s
  `.execute(db);
  return Map.groupBy(rows, ({ userNo }) => userNo);
}
