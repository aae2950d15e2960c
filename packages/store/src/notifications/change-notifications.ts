import { sql } from 'kysely';
import { acrossTenants } from '../connection/tenant-scope.ts';
import type { Handle } from '../handle.ts';

/** What is to be posted to an address. */
export interface ChangeNotification {
  readonly tenantId: string;
  readonly seq: number;
  readonly subscriptionId: string;
  readonly url: string;
  readonly items: readonly object[];
  /** Milliseconds since it was written. */
  readonly age: number;
  /** Times that it was tried, this one included. */
  readonly attempts: number;
}

export async function insertChangeNotifications(
  trx: Handle,
  tenantId: string,
  notifications: readonly {
    readonly subscriptionId: string;
    readonly url: string;
    readonly items: readonly object[];
  }[],
): Promise<void> {
  if (!notifications.length) return;
  await sql`
    insert into allot.change_notification (tenant_id, subscription_id, url, items)
    select ${tenantId}, id, url, items
    from unnest(${notifications.map((n) => n.subscriptionId)}::uuid[], ${notifications.map((n) => n.url)}::text[],
                ${notifications.map((n) => JSON.stringify(n.items))}::jsonb[]) as n (id, url, items)
  `.execute(trx);
}

/**
 * Takes notifications that are due, of all tenants, the oldest of each subscription first. Nobody else gets them for a while: whoever took them and died is
 * made up for by whoever comes then.
 * @param leaseSeconds how long
 */
export async function takeDueNotifications(
  db: Handle,
  limit: number,
  leaseSeconds: number,
): Promise<readonly ChangeNotification[]> {
  const { rows } = await sql<ChangeNotification>`
    update allot.change_notification n
    set attempts = attempts + 1, due_at = now() + make_interval(secs => ${leaseSeconds})
    from (
      select tenant_id, seq from allot.change_notification d
      where due_at <= now() and not exists (
        select from allot.change_notification e
        where e.tenant_id = d.tenant_id and e.subscription_id = d.subscription_id and e.seq < d.seq)
      order by due_at, seq limit ${limit} for update skip locked
    ) as due
    where n.tenant_id = due.tenant_id and n.seq = due.seq
    returning n.tenant_id as "tenantId", n.seq, n.subscription_id as "subscriptionId", n.url, n.items, n.attempts,
      (extract(epoch from now() - n.created_at) * 1000)::float8 as age
  `.execute(acrossTenants(db));
  return rows;
}

export async function removeChangeNotification(db: Handle, tenantId: string, seq: number): Promise<void> {
  await sql`delete from allot.change_notification where tenant_id = ${tenantId} and seq = ${seq}`.execute(db);
}

/** Tries again later. */
export async function putOffNotification(db: Handle, tenantId: string, seq: number, seconds: number): Promise<void> {
  await sql`
    update allot.change_notification set due_at = now() + make_interval(secs => ${seconds})
    where tenant_id = ${tenantId} and seq = ${seq}
  `.execute(db);
}
