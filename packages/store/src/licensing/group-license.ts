import type { Assignment } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { cancelGroupDeletions } from './group-deletion.ts';

export interface GroupLicensing {
  readonly groupId: string;
  readonly priority: number;
  readonly atomicity: 'bundle' | 'product';
  readonly licenseInheritance: 'direct' | 'transitive';
  readonly newPlans: 'on' | 'off';
  readonly prerequisites: 'group' | 'user';
  readonly firstLicensedAt: Date | null;
  readonly state: 'QueuedForProcessing' | 'ProcessingInProgress' | 'ProcessingComplete';
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Locks the group's licensing row, making it if the group was never licensed or configured. */
export async function lockGroupLicensing(trx: Handle, tenantId: string, groupId: string): Promise<void> {
  await sql`
    insert into allot.group_licensing (tenant_id, group_id) values (${tenantId}, ${groupId})
    on conflict (tenant_id, group_id) do update set group_id = excluded.group_id
  `.execute(trx);
}

/** Licensing of these groups, or of all that have any and are not deleted; groups never licensed or configured have no row. */
export async function loadGroupLicensing(
  db: Handle,
  tenantId: string,
  groupIds?: readonly string[],
): Promise<GroupLicensing[]> {
  const { rows } = await sql<GroupLicensing>`
    select group_id as "groupId", priority, atomicity, license_inheritance as "licenseInheritance", new_plans as "newPlans",
           prerequisites, first_licensed_at as "firstLicensedAt", state, done, total, failed, started_at as "startedAt",
           finished_at as "finishedAt"
    from allot.group_licensing l
    where tenant_id = ${tenantId} and ${
      groupIds
        ? sql<boolean>`group_id = any(${groupIds}::uuid[])`
        : sql<boolean>`not exists (select from allot.directory_group g
            where g.tenant_id = ${tenantId} and g.id = l.group_id and g.deleted_at is not null)`
    }
    order by group_id
  `.execute(db);
  return rows;
}

/** What administrators asked for. */
export async function loadGroupAssignments(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<Map<string, Assignment[]>> {
  const { rows } = await sql<Assignment & { readonly groupId: string }>`
    select group_id as "groupId", product_id as "productId", disabled_plans as "disabledPlans"
    from allot.group_license where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[]) order by group_id, product_id
  `.execute(db);
  const byGroup = new Map<string, Assignment[]>();
  for (const { groupId, ...assignment } of rows) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), assignment]);
  return byGroup;
}

/** Replaces the bundle that administrators asked for. A group that gets a license is not to be deleted any more. */
export async function replaceGroupAssignments(
  trx: Handle,
  tenantId: string,
  groupId: string,
  assignments: readonly Assignment[],
): Promise<void> {
  await sql`delete from allot.group_license where tenant_id = ${tenantId} and group_id = ${groupId}`.execute(trx);
  await insertAssignments(trx, 'allot.group_license', tenantId, groupId, assignments);
  if (!assignments.length) return;
  await cancelGroupDeletions(trx, tenantId, [groupId]);
  await sql`
    update allot.group_licensing set first_licensed_at = coalesce(first_licensed_at, clock_timestamp())
    where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
}

/** Says for which bundle the cohorts are settled now, keeping the one before (L-31). */
export async function settleAssignments(
  trx: Handle,
  tenantId: string,
  groupId: string,
  assignments: readonly Assignment[],
  changeId: number,
): Promise<void> {
  await sql`
    insert into allot.bundle_history (tenant_id, group_id, change_id, bundle)
    select ${tenantId}, ${groupId}, ${changeId}, coalesce(jsonb_agg(
      jsonb_build_object('productId', product_id, 'disabledPlans', disabled_plans) order by product_id), '[]')
    from allot.settled_license where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
  await sql`delete from allot.settled_license where tenant_id = ${tenantId} and group_id = ${groupId}`.execute(trx);
  await insertAssignments(trx, 'allot.settled_license', tenantId, groupId, assignments);
}

async function insertAssignments(
  trx: Handle,
  table: 'allot.group_license' | 'allot.settled_license',
  tenantId: string,
  groupId: string,
  assignments: readonly Assignment[],
): Promise<void> {
  if (!assignments.length) return;
  await sql`
    insert into ${sql.table(table)} (tenant_id, group_id, product_id, disabled_plans)
    select ${tenantId}, ${groupId}, product_id, disabled_plans::uuid[]
    from unnest(${assignments.map((a) => a.productId)}::uuid[], ${assignments.map((a) => `{${a.disabledPlans.join()}}`)}::text[])
      as a (product_id, disabled_plans)
  `.execute(trx);
}

/** Where processing of these groups stands (L-18). */
export async function setProcessingState(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
  state: GroupLicensing['state'],
  counts?: { readonly done: number; readonly failed: number },
): Promise<void> {
  await sql`
    update allot.group_licensing set state = ${state},
      started_at = ${state === 'ProcessingInProgress' ? sql`clock_timestamp()` : sql`started_at`},
      finished_at = ${state === 'ProcessingComplete' ? sql`clock_timestamp()` : sql`null`},
      done = ${counts ? sql`${counts.done}` : sql`done`},
      total = ${counts ? sql`${counts.done}` : sql`total`},
      failed = ${counts ? sql`${counts.failed}` : sql`failed`}
    where tenant_id = ${tenantId} and group_id in (
      select group_id from allot.group_licensing
      where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[])
        ${state === 'ProcessingInProgress' ? sql`and state = 'QueuedForProcessing'` : sql``}
      order by group_id for update)
  `.execute(db);
}

/** Tells every server that what it prepared of bundles and settings is out of date. */
export async function bumpWorld(trx: Handle, tenantId: string): Promise<void> {
  await sql`update allot.tenant set world_revision = world_revision + 1 where tenant_id = ${tenantId}`.execute(trx);
}

/** The same for the catalogue. */
export async function bumpCatalogue(trx: Handle, tenantId: string): Promise<void> {
  await sql`update allot.tenant set catalogue_revision = catalogue_revision + 1 where tenant_id = ${tenantId}`.execute(
    trx,
  );
}

export interface GroupForLicensing {
  readonly id: string;
  readonly displayName: string;
  readonly securityEnabled: boolean;
}

/** A group that is not deleted. `lock`: and that is not deleted before the transaction ends. */
export async function findGroup(
  db: Handle,
  tenantId: string,
  groupId: string,
  options: { readonly lock?: boolean } = {},
): Promise<GroupForLicensing | undefined> {
  const { rows } = await sql<GroupForLicensing>`
    select id, display_name as "displayName", security_enabled as "securityEnabled"
    from allot.directory_group where tenant_id = ${tenantId} and id = ${groupId} and deleted_at is null
    ${options.lock ? sql`for share` : sql``}
  `.execute(db);
  return rows[0];
}
