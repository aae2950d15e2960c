import { type RawBuilder, sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Position } from '../delta/position.ts';
import type { Handle } from '../handle.ts';

/** Who wants to be told of which changes. */
export interface ChangeSubscription {
  readonly id: string;
  /** The application that asked. */
  readonly clientId: string;
  readonly changeTypes: readonly string[];
  /** As sent. */
  readonly resource: string;
  readonly kind: 'users' | 'groups';
  /** null: all objects of the kind. */
  readonly objectId: string | null;
  readonly notificationUrl: string;
  readonly lifecycleUrl: string | null;
  readonly clientState: string | null;
  readonly expiresAt: Date;
}

const columns = sql`id, client_id as "clientId", change_types as "changeTypes", resource, kind, object_id as "objectId",
  notification_url as "notificationUrl", lifecycle_url as "lifecycleUrl", client_state as "clientState", expires_at as "expiresAt"`;

/** @param position from where on changes are told */
export async function insertChangeSubscription(
  trx: Handle,
  tenantId: string,
  s: ChangeSubscription,
  position: Position,
): Promise<void> {
  await sql`
    insert into allot.change_subscription (tenant_id, id, client_id, change_types, resource, kind, object_id, notification_url,
      lifecycle_url, client_state, expires_at, cluster, snapshot, change_no, position_at)
    values (${tenantId}, ${s.id}, ${s.clientId}, ${s.changeTypes}::text[], ${s.resource}, ${s.kind}, ${s.objectId},
      ${s.notificationUrl}, ${s.lifecycleUrl}, ${s.clientState}, ${s.expiresAt}, ${position.cluster}, ${position.snapshot},
      ${position.changeNo}, ${new Date(position.at)})
  `.execute(trx);
}

/** Subscriptions of an application, or one of them, that have not expired. */
export async function selectChangeSubscriptions(
  db: Handle,
  tenantId: string,
  clientId: string,
  id?: string,
): Promise<readonly ChangeSubscription[]> {
  const { rows } = await sql<ChangeSubscription>`
    select ${columns} from allot.change_subscription
    where tenant_id = ${tenantId} and client_id = ${clientId} and expires_at > now()
      and ${id === undefined ? sql`true` : sql`id = ${id}::uuid`}
    order by created_at, id
  `.execute(db);
  return rows;
}

/** How many subscriptions there are, of the application and of the tenant. */
export async function countChangeSubscriptions(
  db: Handle,
  tenantId: string,
  clientId: string,
): Promise<{ readonly own: number; readonly all: number }> {
  const { rows } = await sql<{ own: number; all: number }>`
    select count(*) filter (where client_id = ${clientId}) as own, count(*) as all
    from allot.change_subscription where tenant_id = ${tenantId} and expires_at > now()
  `.execute(db);
  return rows[0] ?? { own: 0, all: 0 };
}

export async function renewChangeSubscription(
  trx: Handle,
  tenantId: string,
  id: string,
  expiresAt: Date,
): Promise<void> {
  await sql`
    update allot.change_subscription set expires_at = ${expiresAt} where tenant_id = ${tenantId} and id = ${id}
  `.execute(trx);
}

/** Removes a subscription and what was not delivered to it. */
export async function removeChangeSubscription(trx: Handle, tenantId: string, id: string): Promise<void> {
  await removeWhere(trx, sql`tenant_id = ${tenantId} and id = ${id}`);
}

/** Removes subscriptions whose time is over, of every tenant. */
export const removeExpiredSubscriptions = (db: Handle): Promise<void> =>
  removeWhere(acrossTenants(db), sql`expires_at <= now()`);

async function removeWhere(db: Handle, which: RawBuilder<boolean> | RawBuilder<unknown>): Promise<void> {
  await sql`
    with removed as (delete from allot.change_subscription where ${which} returning tenant_id, id)
    delete from allot.change_notification n using removed r where n.tenant_id = r.tenant_id and n.subscription_id = r.id
  `.execute(db);
}

/** Tenants with subscriptions. */
export async function tenantsWithSubscriptions(db: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{ tenantId: string }>`
    select distinct tenant_id as "tenantId" from allot.change_subscription where expires_at > now() order by 1
  `.execute(acrossTenants(db));
  return rows.map(({ tenantId }) => tenantId);
}

/** A subscription and how far it was told. */
export type SubscriptionStanding = ChangeSubscription & { readonly position: Position };

/** The subscriptions of a tenant; of several processes that look at the same time one gets each. */
export async function lockChangeSubscriptions(trx: Handle, tenantId: string): Promise<readonly SubscriptionStanding[]> {
  const { rows } = await sql<
    ChangeSubscription & { cluster: string; snapshot: string; changeNo: number; positionAt: Date }
  >`
    select ${columns}, cluster, snapshot, change_no as "changeNo", position_at as "positionAt"
    from allot.change_subscription where tenant_id = ${tenantId} and expires_at > now()
    order by created_at, id for update skip locked
  `.execute(trx);
  return rows.map(({ cluster, snapshot, changeNo, positionAt, ...subscription }) => ({
    ...subscription,
    position: { cluster, snapshot, changeNo, at: positionAt.getTime() },
  }));
}

export async function moveSubscriptionOn(trx: Handle, tenantId: string, id: string, to: Position): Promise<void> {
  await sql`
    update allot.change_subscription
    set cluster = ${to.cluster}, snapshot = ${to.snapshot}, change_no = ${to.changeNo}, position_at = ${new Date(to.at)}
    where tenant_id = ${tenantId} and id = ${id}
  `.execute(trx);
}
