import type { Assignment } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { cancelGroupDeletions } from '../licensing/group-deletion.ts';

/** What many groups are asked to give from now on. */
export interface GroupBundle {
  readonly groupId: string;
  /** null: stays as it is. */
  readonly assignments: readonly Assignment[] | null;
  readonly priority: number | null;
}

/**
 * Locks the licensing rows that groups have; see lockGroupLicensing.
 * @param licensed those of them that get a row if they have none
 */
export async function lockGroupsLicensing(
  trx: Handle,
  tenantId: string,
  licensed: readonly string[],
  groupIds: readonly string[],
): Promise<void> {
  await sql`
    insert into allot.group_licensing (tenant_id, group_id)
    select ${tenantId}, group_id from unnest(${licensed}::uuid[]) as g (group_id) order by group_id
    on conflict do nothing
  `.execute(trx);
  await sql`
    select from allot.group_licensing where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[])
    order by group_id for update
  `.execute(trx);
}

/** Replaces the bundles that administrators asked for, and priorities; see replaceGroupAssignments. */
export async function replaceBundles(trx: Handle, tenantId: string, bundles: readonly GroupBundle[]): Promise<void> {
  const replaced = bundles.filter(({ assignments }) => assignments !== null).map(({ groupId }) => groupId);
  const rows = bundles.flatMap(({ groupId, assignments }) => (assignments ?? []).map((a) => ({ groupId, ...a })));
  await sql`delete from allot.group_license where tenant_id = ${tenantId} and group_id = any(${replaced}::uuid[])`.execute(
    trx,
  );
  await sql`
    insert into allot.group_license (tenant_id, group_id, product_id, disabled_plans)
    select ${tenantId}, l."groupId", l."productId", l."disabledPlans"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l ("groupId" uuid, "productId" uuid, "disabledPlans" uuid[])
  `.execute(trx);
  await cancelGroupDeletions(
    trx,
    tenantId,
    rows.map(({ groupId }) => groupId),
  );
  await sql`
    update allot.group_licensing l
    set priority = coalesce(b.priority, l.priority),
        first_licensed_at = case when b.licensed then coalesce(l.first_licensed_at, clock_timestamp()) else l.first_licensed_at end
    from unnest(${bundles.map((b) => b.groupId)}::uuid[], ${bundles.map((b) => b.priority)}::int[],
                ${bundles.map((b) => (b.assignments?.length ?? 0) > 0)}::boolean[]) as b (group_id, priority, licensed)
    where l.tenant_id = ${tenantId} and l.group_id = b.group_id
  `.execute(trx);
}
