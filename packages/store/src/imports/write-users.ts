import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { PENDING_USERS_MAX, wakeWorker } from '../licensing/pending.ts';
import { notePendingRules } from '../rules/pending-rules.ts';
import { listColumnOf, mergedColumns, otherColumnOf, type StatedFlags, textColumnOf } from './stage-users.ts';

export interface WrittenUsers {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Users of the file with another id than they have here; they keep theirs. */
  readonly otherIds: number;
  /** Users created later than the file says, because others of this tenant were created after that. */
  readonly createdLater: number;
}

/**
 * Makes users of the staged rows: users who exist (by user principal name) are changed, the others created at once. What
 * licensing depends on is noted as pending, set-based: new users, users whose location or addresses changed, and
 * users who share an address that came or went (L-11, L-16). The caller holds lockUsers; rows in conflict are gone.
 */
export async function writeStagedUsers(
  trx: Handle,
  tenantId: string,
  stated: StatedFlags,
  correlationId: string,
): Promise<WrittenUsers> {
  const { rows: tenants } = await sql<Omit<Cause, 'correlationId'>>`
    select c.user_no_last as "userNoLast", t.auto_resolve as "autoResolve"
    from allot.user_counter c join allot.tenant t using (tenant_id) where c.tenant_id = ${tenantId}
  `.execute(trx);
  const [counter] = tenants;
  if (counter === undefined) throw new Error(`tenant ${tenantId} is gone`);
  const cause: Cause = { ...counter, correlationId };
  const matched = await matchUsers(trx, tenantId, stated);
  if (matched.updated > 0) await updateUsers(trx, tenantId, stated);
  if (matched.readdressed > 0) await moveAddresses(trx, tenantId, cause);
  if (matched.updated > 0) await noteMoved(trx, tenantId, cause);
  const inserted = await insertStaged(trx, tenantId, cause);
  await noteRules(trx, tenantId, cause, inserted.created + matched.updated);
  if (inserted.created > 0 || matched.updated > 0) await wakeWorker(trx, tenantId);
  const { updated, matched: known, otherIds } = matched;
  return { ...inserted, updated, unchanged: known - updated, otherIds };
}

/** Notes whoever was created or changed for rules over users: by name, or everybody where they are many (L-26). */
async function noteRules(trx: Handle, tenantId: string, cause: Cause, count: number): Promise<void> {
  const { userNoLast, correlationId } = cause;
  if (count > PENDING_USERS_MAX) return notePendingRules(trx, tenantId, 'everybody', 'all', correlationId);
  await sql`
    insert into allot.pending_rule (tenant_id, user_no, correlation_id)
    select ${tenantId}::uuid, user_no, ${correlationId}::uuid from staged_match where changed or readdressed
    union all
    select ${tenantId}::uuid, user_no, ${correlationId}::uuid from allot.directory_user
    where tenant_id = ${tenantId} and user_no > ${userNoLast}
  `.execute(trx);
}

/** What rows of pending_user say beside the user. */
interface Cause {
  readonly userNoLast: number;
  readonly autoResolve: boolean;
  readonly correlationId: string;
}

/** Finds the users that exist, and how they differ, in the temporary table `staged_match`. */
async function matchUsers(trx: Handle, tenantId: string, stated: StatedFlags) {
  const merged = mergedColumns(stated);
  await sql`
    create temporary table staged_match on commit drop as
    select s.line, u.user_no, s.id <> u.id as other_id,
           s.usage_location is distinct from u.usage_location and s.usage_location is not null as relocated,
           s.proxy_addresses is distinct from u.proxy_addresses and s.proxy_addresses is not null as readdressed,
           row(${sql.join(merged.map(({ value }) => value))})
             is distinct from row(${sql.join(merged.map(({ column }) => sql`u.${sql.id(column)}`))}) as changed
    from staged_user s
    join allot.directory_user u
      on u.tenant_id = ${tenantId} and u.user_principal_name_folded = lower(s.user_principal_name) and u.deleted_at is null
  `.execute(trx);
  await sql`analyze staged_match`.execute(trx);
  const { rows } = await sql<{ matched: number; updated: number; readdressed: number; otherIds: number }>`
    select count(*) as matched, count(*) filter (where changed) as updated, count(*) filter (where readdressed) as readdressed,
           count(*) filter (where other_id) as "otherIds"
    from staged_match
  `.execute(trx);
  const [counts] = rows;
  if (counts === undefined) throw new Error('a count has one row');
  return counts;
}

async function updateUsers(trx: Handle, tenantId: string, stated: StatedFlags): Promise<void> {
  const set = mergedColumns(stated).map(({ column, value }) => sql`${sql.id(column)} = ${value}`);
  await sql`
    update allot.directory_user u set ${sql.join(set)}
    from staged_match m join staged_user s using (line)
    where u.tenant_id = ${tenantId} and u.user_no = m.user_no and m.changed
  `.execute(trx);
}

/** Keeps allot.user_address in step, and notes others who share an address that came or went. */
async function moveAddresses(trx: Handle, tenantId: string, cause: Cause): Promise<void> {
  await sql`
    with wanted as materialized (
      select m.user_no, s.compared from staged_match m join staged_user s using (line) where m.readdressed
    ), gone as (
      delete from allot.user_address a using wanted w
      where a.tenant_id = ${tenantId} and a.user_no = w.user_no and a.address <> all(w.compared)
      returning a.address
    ), come as (
      insert into allot.user_address (tenant_id, address, user_no)
      select ${tenantId}, c.address, w.user_no from wanted w, unnest(w.compared) as c (address)
      on conflict do nothing
      returning address
    )
    insert into allot.pending_user (tenant_id, user_no, deferred, correlation_id)
    select distinct ${tenantId}::uuid, other.user_no, ${!cause.autoResolve}::boolean, ${cause.correlationId}::uuid
    from allot.user_address other
    where other.tenant_id = ${tenantId} and other.address in (select address from gone union all select address from come)
      and other.user_no not in (select user_no from wanted)
  `.execute(trx);
}

async function noteMoved(trx: Handle, tenantId: string, cause: Cause): Promise<void> {
  await sql`
    insert into allot.pending_user (tenant_id, user_no, deferred, correlation_id)
    select ${tenantId}, user_no, ${!cause.autoResolve}, ${cause.correlationId}::uuid from staged_match where relocated or readdressed order by user_no
  `.execute(trx);
}

/**
 * Creates the users that do not exist. Invariant "numbers are the order of creation": a time of the file counts unless it is
 * not over yet or a user of the tenant was created later; users created at once are numbered in the order of their ids.
 */
async function insertStaged(trx: Handle, tenantId: string, cause: Cause) {
  const { userNoLast, correlationId } = cause;
  const { rows } = await sql<{ created: number; createdLater: number }>`
    with counter as (
      select date_trunc('milliseconds', clock_timestamp()) as now, user_created_at_last + interval '1 millisecond' as earliest
      from allot.user_counter where tenant_id = ${tenantId}
    ), fresh as materialized (
      select s.*, coalesce(s.id, gen_random_uuid()) as new_id,
             greatest(least(coalesce(s.created_at, c.now), c.now), c.earliest) as new_created_at
      from staged_user s cross join counter c
      where not exists (select from staged_match m where m.line = s.line)
    ), numbered as materialized (
      select f.*, ${userNoLast}::bigint + row_number() over (order by new_created_at, new_id) as user_no from fresh f
    ), users as (
      insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname,
        account_enabled, user_type, extension_attributes, ${sql.join(textColumns)}, ${sql.join(listColumns)})
      select ${tenantId}, user_no, new_id, new_created_at, user_principal_name, display_name, mail_nickname,
        account_enabled, user_type, coalesce(extension_attributes, array_fill(null::text, array[15])),
        ${sql.join(textColumns)}, ${sql.join(listColumns.map((column) => sql`coalesce(${column}, '{}')`))}
      from numbered
    ), addresses as (
      insert into allot.user_address (tenant_id, address, user_no)
      select ${tenantId}, a.address, n.user_no from numbered n, unnest(n.compared) as a (address)
    ), pending as (
      insert into allot.pending_user (tenant_id, user_no, correlation_id)
      select ${tenantId}, user_no, ${correlationId}::uuid from numbered order by user_no
    ), counted as (
      select count(*) as created, max(new_created_at) as last, count(*) filter (where new_created_at > created_at) as later
      from numbered
    ), advanced as (
      update allot.user_counter set user_no_last = user_no_last + created, user_created_at_last = greatest(user_created_at_last, last)
      from counted where tenant_id = ${tenantId}
    )
    select created, later as "createdLater" from counted
  `.execute(trx);
  const [counts] = rows;
  if (counts === undefined) throw new Error('a count has one row');
  if (counts.created > 0 && userNoLast > 0) await noteSharing(trx, tenantId, cause);
  return counts;
}

const textColumns = [...Object.values(textColumnOf), ...Object.values(otherColumnOf).map(([column]) => column)].map(
  (column) => sql.id(column),
);
const listColumns = Object.values(listColumnOf).map((column) => sql.id(column));

/** Users who were there before and share an address with one created now. */
async function noteSharing(trx: Handle, tenantId: string, cause: Cause): Promise<void> {
  const { userNoLast } = cause;
  await sql`
    insert into allot.pending_user (tenant_id, user_no, deferred, correlation_id)
    select distinct ${tenantId}::uuid, other.user_no, ${!cause.autoResolve}::boolean, ${cause.correlationId}::uuid
    from allot.user_address other
    join allot.user_address come on come.tenant_id = other.tenant_id and come.address = other.address
    where other.tenant_id = ${tenantId} and other.user_no <= ${userNoLast} and come.user_no > ${userNoLast}
  `.execute(trx);
}
