import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { wakeWorker } from './pending.ts';

/** Who asked for a deletion, and in which request. */
export interface DeletionRequest {
  readonly correlationId: string;
  readonly actor: { readonly kind: 'app' | 'user'; readonly id: string; readonly displayName: string };
}

/** A group whose deletion was accepted. */
export interface WaitingDeletion extends DeletionRequest {
  readonly groupId: string;
  readonly displayName: string;
}

/** Groups deleted in one transaction at most. */
const GROUPS_PER_RUN_MAX = 1_000;

/** Records that a group is to be deleted as soon as nobody has a license of it. A later request changes nothing. */
export async function requestGroupDeletion(
  trx: Handle,
  tenantId: string,
  groupId: string,
  { correlationId, actor }: DeletionRequest,
): Promise<void> {
  await sql`
    insert into allot.group_deletion (tenant_id, group_id, correlation_id, actor)
    values (${tenantId}, ${groupId}, ${correlationId}, ${JSON.stringify(actor)}::jsonb)
    on conflict do nothing
  `.execute(trx);
}

/** Whoever gives groups a license again does not want them deleted. */
export async function cancelGroupDeletions(trx: Handle, tenantId: string, groupIds: readonly string[]): Promise<void> {
  await sql`
    delete from allot.group_deletion where tenant_id = ${tenantId} and group_id = any(${groupIds}::uuid[])
  `.execute(trx);
}

/** Since when a group waits to be deleted; null: it does not. */
export async function deletionRequestedAt(db: Handle, tenantId: string, groupId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select requested_at as at from allot.group_deletion where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(db);
  return rows[0]?.at ?? null;
}

/** Whether any group waits to be deleted. */
export async function isGroupDeletionWaiting(db: Handle, tenantId: string): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from allot.group_deletion where tenant_id = ${tenantId}) as waiting
  `.execute(db);
  return rows[0]?.waiting ?? false;
}

/** Wakes a worker if some group waits to be deleted: what it waited for may be over. */
export async function wakeForGroupDeletions(trx: Handle, tenantId: string): Promise<void> {
  if (await isGroupDeletionWaiting(trx, tenantId)) await wakeWorker(trx, tenantId);
}

/** What of a group's licenses is left. */
export interface LicensesLeft {
  /** Users have something of it, or it is not settled yet whether they do. */
  readonly any: boolean;
  /** What it gave some users cannot go (L-08), and nothing of it waits to be settled. */
  readonly kept: boolean;
}

/** What is left of the licenses of a group to which administrators assign none any more. One statement: settling moves it all at once. */
export async function licensesLeft(trx: Handle, tenantId: string, groupId: string): Promise<LicensesLeft> {
  const { rows } = await sql<{ kept: boolean; unsettled: boolean }>`
    select exists (select from allot.cohort_exception where tenant_id = ${tenantId} and source_id = ${groupId}) as kept,
           exists (select from allot.settled_license where tenant_id = ${tenantId} and group_id = ${groupId})
           or exists (select from allot.pending_group where tenant_id = ${tenantId} and group_id = ${groupId}) as unsettled
  `.execute(trx);
  const { kept = false, unsettled = false } = rows[0] ?? {};
  return { any: kept || unsettled, kept: kept && !unsettled };
}

/**
 * The groups that can be deleted now: licenses assigned to none of them and settled so, and nothing left with users but what may become
 * direct. Nobody changes them or gives them a license until the transaction ends.
 * @param errors of what is kept that may become direct
 */
export async function lockDeletableGroups(
  trx: Handle,
  tenantId: string,
  errors: readonly string[],
): Promise<readonly WaitingDeletion[]> {
  const { rows } = await sql<WaitingDeletion>`
    select d.group_id as "groupId", g.display_name as "displayName", d.correlation_id as "correlationId", d.actor
    from allot.group_deletion d
    join allot.directory_group g on g.tenant_id = d.tenant_id and g.id = d.group_id and g.deleted_at is null
    where d.tenant_id = ${tenantId}
      and not exists (select from allot.group_license l where l.tenant_id = ${tenantId} and l.group_id = d.group_id)
      and not exists (select from allot.settled_license s where s.tenant_id = ${tenantId} and s.group_id = d.group_id)
      and not exists (select from allot.pending_group p where p.tenant_id = ${tenantId} and p.group_id = d.group_id)
      and not exists (select from allot.cohort_exception e where e.tenant_id = ${tenantId} and e.source_id = d.group_id
                        and (e.kind <> 'kept' or e.error <> all(${errors}::text[])))
    order by d.group_id limit ${GROUPS_PER_RUN_MAX}
    for no key update of g
  `.execute(trx);
  // Whoever gives a license holds this row; one that did so since our snapshot makes this transaction begin anew.
  await sql`
    select from allot.group_licensing
    where tenant_id = ${tenantId} and group_id = any(${rows.map(({ groupId }) => groupId)}::uuid[])
    order by group_id for update
  `.execute(trx);
  return rows;
}

/** Says that these groups are deleted, and no longer wait to be; their rows and members stay for restoration. */
export async function markGroupsDeleted(trx: Handle, tenantId: string, groupIds: readonly string[]): Promise<void> {
  await sql`
    update allot.directory_group set deleted_at = clock_timestamp() where tenant_id = ${tenantId} and id = any(${groupIds}::uuid[])
  `.execute(trx);
  await cancelGroupDeletions(trx, tenantId, groupIds);
}
