import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { COMPARED_GROUPS_MAX } from './group-movements.ts';
import { findTransitiveAbove, inheritance } from './inheritance.ts';

/** Users named one by one in one settling; larger changes name a group instead. */
export const PENDING_USERS_MAX = 10_000;

export const settleTask = 'settle';

/**
 * Records that facts of these users may have changed, and wakes a worker. To be called in the transaction that changes them:
 * membership, usage location, addresses, creation, deletion, restoration (L-16).
 * @param cause `attribute`: usage location or addresses; held back while the tenant's `autoResolve` is off.
 * @param correlationId of the audit entries of that change, by which what follows from it is found
 */
export async function notePendingUsers(
  trx: Handle,
  tenantId: string,
  userNos: readonly number[],
  cause: 'membership' | 'attribute' = 'membership',
  correlationId: string | null = null,
): Promise<void> {
  if (!userNos.length) return;
  await sql`
    insert into allot.pending_user (tenant_id, user_no, deferred, correlation_id)
    select t.tenant_id, u.user_no, ${cause === 'attribute'} and not t.auto_resolve, ${correlationId}::uuid
    from allot.tenant t, unnest(${userNos}::bigint[]) as u (user_no) where t.tenant_id = ${tenantId}
  `.execute(trx);
  await wakeWorker(trx, tenantId);
}

export type PendingReason = 'bundle' | 'members' | 'reprocess';

/** Records that a group must be looked at as a whole, and wakes a worker. */
export async function notePendingGroup(
  trx: Handle,
  tenantId: string,
  groupId: string,
  reason: PendingReason,
  correlationId: string,
): Promise<void> {
  await sql`
    insert into allot.pending_group (tenant_id, group_id, reason, correlation_id)
    values (${tenantId}, ${groupId}, ${reason}, ${correlationId})
  `.execute(trx);
  await sql`
    update allot.group_licensing
    set state = 'QueuedForProcessing', done = 0, failed = 0, started_at = null, finished_at = null,
        total = case
          -- Cohorts know how many inherit from a group that is licensed already: 2 ms instead of 80 ms for a million.
          when exists (select from allot.settled_license s where s.tenant_id = ${tenantId} and s.group_id = ${groupId})
          then (select coalesce(sum(c.members), 0) from allot.cohort c
                where c.tenant_id = ${tenantId} and c.groups @> array[${groupId}::uuid])
          when license_inheritance = 'transitive'
          then (select count(distinct m.user_no) from allot.membership m join (${inheritance(tenantId, [groupId])}) as i
                  on m.tenant_id = ${tenantId} and m.group_id = i.member_of)
          else (select count(*) from allot.membership m where m.tenant_id = ${tenantId} and m.group_id = ${groupId})
        end
    where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
  await wakeWorker(trx, tenantId);
}

/** Many memberships of one group changed in one statement: of users, so that also those look who give to nested groups (L-23). */
export async function notePendingGroupMembers(
  trx: Handle,
  tenantId: string,
  groupId: string,
  correlationId: string,
): Promise<void> {
  await notePendingGroup(trx, tenantId, groupId, 'members', correlationId);
  await notePendingAbove(trx, tenantId, [groupId], correlationId);
}

/** Groups came into this one or left it: looks at those that give to its nested groups, be it itself or one above it (L-23). */
export async function notePendingNesting(
  trx: Handle,
  tenantId: string,
  groupId: string,
  correlationId: string,
): Promise<void> {
  for (const id of await findTransitiveAbove(trx, tenantId, [groupId]))
    await notePendingGroup(trx, tenantId, id, 'members', correlationId);
}

/** Members of these groups, or they themselves, came or went: looks at those above them that give to nested groups (L-23). */
export async function notePendingAbove(
  trx: Handle,
  tenantId: string,
  groupIds: readonly string[],
  correlationId: string,
): Promise<void> {
  for (const id of await findTransitiveAbove(trx, tenantId, groupIds))
    if (!groupIds.includes(id)) await notePendingGroup(trx, tenantId, id, 'members', correlationId);
}

/**
 * One job per tenant waits at a time; one that comes while it runs makes another one run. They have no named queue: the job
 * queue gives a queue free only after its worker looked for the next job, which then waits for the next poll (1 s measured,
 * 4 ms without). Plans of one tenant are serialized by its row anyway.
 */
export async function wakeWorker(trx: Handle, tenantId: string): Promise<void> {
  await sql`
    select graphile_worker.add_job(${settleTask}, payload := json_build_object('tenantId', ${tenantId}::text),
      job_key := ${`settle:${tenantId}`}, max_attempts := 25)
    where current_setting('allot.taken_back', true) is distinct from 'yes'
  `.execute(trx);
}

/** This transaction will be taken back: it wakes nobody, and changes of others do not wait for the job that it would have written. */
export async function wakeNobody(trx: Handle): Promise<void> {
  await sql`select set_config('allot.taken_back', 'yes', true)`.execute(trx);
}

/**
 * Forgets that users were pending: their facts were derived anew in this transaction.
 * @returns correlation ids of the changes that they were pending for, as far as known
 */
export async function forgetPendingUsers(
  trx: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with gone as (
      delete from allot.pending_user where tenant_id = ${tenantId} and user_no = any(${userNos}::bigint[])
      returning user_no, correlation_id as id
    ), rules as (
      -- Memberships may be why they were pending, and rules over memberships have not been asked yet.
      insert into allot.pending_rule (tenant_id, user_no, reads)
      select distinct ${tenantId}::uuid, user_no, array['memberof:*'] from gone
      where exists (select from allot.dynamic_group d
                    where d.tenant_id = ${tenantId} and array_to_string(d.reads, ' ') like '%memberof:%')
    )
    select distinct id from gone where id is not null order by id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

export interface Pending {
  readonly userNos: readonly number[];
  /** Highest pending_user number among them; rows up to it are done when the plan is applied. */
  readonly userSeqMax: number;
  readonly groups: readonly {
    readonly groupId: string;
    readonly reason: PendingReason;
    readonly correlationId: string;
  }[];
  readonly groupSeqMax: number;
  /** Correlation ids of the changes that all this follows from, the oldest first; null: not known. */
  readonly causes: readonly (string | null)[];
  /** Whether more users or groups wait than were taken. */
  readonly more: boolean;
}

/** Numbers of the last rows that wait: of users and groups, and of comparisons with rules. */
export interface PendingPosition {
  readonly user: number;
  readonly group: number;
  readonly rule: number;
}

/** Before everything that waits. */
export const pendingStart: PendingPosition = { user: 0, group: 0, rule: 0 };

/** Up to where the waiting lists reach. */
export async function pendingPosition(db: Handle, tenantId: string): Promise<PendingPosition> {
  const { rows } = await sql<PendingPosition>`
    select (select coalesce(max(seq), 0) from allot.pending_user where tenant_id = ${tenantId}) as "user",
      (select coalesce(max(seq), 0) from allot.pending_group where tenant_id = ${tenantId}) as "group",
      (select coalesce(max(seq), 0) from allot.pending_rule where tenant_id = ${tenantId}) as rule
  `.execute(db);
  return rows[0] ?? pendingStart;
}

/**
 * What is accepted and not settled, oldest first, at most PENDING_USERS_MAX users and COMPARED_GROUPS_MAX groups. Deferred users only with their group.
 * @param after rows up to there are left alone
 */
export async function takePending(trx: Handle, tenantId: string, after = pendingStart): Promise<Pending> {
  const groups = await sql<{ seq: number; groupId: string; reason: PendingReason; correlationId: string }>`
    select seq, group_id as "groupId", reason, correlation_id as "correlationId"
    from allot.pending_group where tenant_id = ${tenantId} and seq > ${after.group} order by seq limit ${COMPARED_GROUPS_MAX + 1}
  `.execute(trx);
  const takenGroups = groups.rows.slice(0, COMPARED_GROUPS_MAX);
  await sql`
    update allot.pending_user p set deferred = false
    where p.tenant_id = ${tenantId} and p.deferred and exists (
      select from allot.membership m where m.tenant_id = p.tenant_id and m.user_no = p.user_no
        and m.group_id in (select member_of from (${inheritance(
          tenantId,
          takenGroups.map(({ groupId }) => groupId),
        )}) as i))
  `.execute(trx);
  const users = await sql<{ seq: number; userNo: number; correlationId: string | null }>`
    select seq, user_no as "userNo", correlation_id as "correlationId" from allot.pending_user
    where tenant_id = ${tenantId} and not deferred and seq > ${after.user} order by seq limit ${PENDING_USERS_MAX + 1}
  `.execute(trx);
  const taken = users.rows.slice(0, PENDING_USERS_MAX);
  return {
    userNos: [...new Set(taken.map(({ userNo }) => userNo))],
    userSeqMax: taken.at(-1)?.seq ?? 0,
    groups: takenGroups,
    groupSeqMax: takenGroups.at(-1)?.seq ?? 0,
    causes: [...new Set([...takenGroups, ...taken].map(({ correlationId }) => correlationId))],
    more: users.rows.length > taken.length || groups.rows.length > takenGroups.length,
  };
}

/** Forgets what a plan settled: rows that were there when it was taken, no later ones. */
export async function forgetPending(
  trx: Handle,
  tenantId: string,
  pending: Pick<Pending, 'userNos' | 'userSeqMax' | 'groupSeqMax'>,
): Promise<void> {
  await sql`
    delete from allot.pending_user where tenant_id = ${tenantId} and seq <= ${pending.userSeqMax} and user_no = any(${pending.userNos}::bigint[])
  `.execute(trx);
  await sql`
    delete from allot.pending_group where tenant_id = ${tenantId} and seq <= ${pending.groupSeqMax}
  `.execute(trx);
}
