import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { notePendingAbove, PENDING_USERS_MAX, wakeWorker } from '../licensing/pending.ts';

/**
 * Notes what an import of groups changed (L-16), set-based: groups whose bundle changed; licensed groups of which more
 * than PENDING_USERS_MAX members came or went, as a whole; and else the users of `staged_change`, each once, so that a
 * user moved from one group to another is judged on the result (L-09). What no license depends on is not noted.
 */
export async function notePendingImport(
  trx: Handle,
  tenantId: string,
  bundleGroupIds: readonly string[],
  correlationId: string,
): Promise<void> {
  await insertPendingGroups(trx, tenantId, bundleGroupIds, 'bundle', correlationId);
  const { rows } = await sql<{ id: string }>`
    select c.group_id as id
    from staged_change c
    where ${mustBeNoted(tenantId, bundleGroupIds)}
    group by c.group_id having count(*) > ${PENDING_USERS_MAX}
  `.execute(trx);
  const wholes = rows.map(({ id }) => id);
  await insertPendingGroups(trx, tenantId, wholes, 'members', correlationId);
  await notePendingAbove(trx, tenantId, wholes, correlationId);
  await sql`
    insert into allot.pending_user (tenant_id, user_no, correlation_id)
    select distinct ${tenantId}::uuid, c.user_no, ${correlationId}::uuid
    from staged_change c
    where c.group_id <> all(${wholes}::uuid[]) and ${mustBeNoted(tenantId, bundleGroupIds)}
  `.execute(trx);
  await wakeWorker(trx, tenantId);
}

/**
 * Over `c`, a row of staged_change: the group licenses its members, or did when it was last settled, or is nested in one that gives
 * to nested groups (L-23). All members of a group that is licensed for the first time are looked at anyway.
 */
const mustBeNoted = (tenantId: string, bundleGroupIds: readonly string[]) => sql<boolean>`(
  exists (select from allot.settled_license l where l.tenant_id = ${tenantId} and l.group_id = c.group_id)
  or exists (select from allot.group_license l where l.tenant_id = ${tenantId} and l.group_id = c.group_id)
    and c.group_id <> all(${bundleGroupIds}::uuid[])
  or exists (select from allot.dynamic_group d where d.tenant_id = ${tenantId} and 'memberof:' || c.group_id = any(d.reads))
  or c.group_id in (
    with recursive nested (id) as (
      select n.member_id from allot.group_member n
      join allot.group_licensing l on l.tenant_id = n.tenant_id and l.group_id = n.group_id and l.license_inheritance = 'transitive'
      where n.tenant_id = ${tenantId}
      union
      select n.member_id from nested join allot.group_member n on n.tenant_id = ${tenantId} and n.group_id = nested.id
    )
    select id from nested))`;

/** notePendingGroup for many groups at once. */
async function insertPendingGroups(
  trx: Handle,
  tenantId: string,
  groupIds: readonly string[],
  reason: 'bundle' | 'members',
  correlationId: string,
): Promise<void> {
  if (!groupIds.length) return;
  await sql`
    insert into allot.pending_group (tenant_id, group_id, reason, correlation_id)
    select ${tenantId}, group_id, ${reason}, ${correlationId}::uuid from unnest(${groupIds}::uuid[]) as g (group_id)
  `.execute(trx);
  await sql`
    update allot.group_licensing l
    set state = 'QueuedForProcessing', done = 0, failed = 0, started_at = null, finished_at = null, total = (
      select count(*) from allot.membership m where m.tenant_id = l.tenant_id and m.group_id = l.group_id)
    where l.tenant_id = ${tenantId} and l.group_id = any(${groupIds}::uuid[])
  `.execute(trx);
}
