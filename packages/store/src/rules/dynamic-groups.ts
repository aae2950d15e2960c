import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from '../licensing/array-literals.ts';

export type RuleStatus = 'NotStarted' | 'Running' | 'Succeeded' | 'Failed';

/** How far a group by rule is. */
export interface RuleProgress {
  readonly groupId: string;
  readonly status: RuleStatus;
  readonly errorMessage: string | null;
  /** The same as data, as `RuleFailure` had it; whoever reads it knows which form it has. */
  readonly failure: unknown;
  readonly evaluatedAt: Date | null;
  readonly membersChangedAt: Date | null;
  /** When time by itself may next change who matches; null: never. */
  readonly nextAt: Date | null;
}

/** Says that the members of a group follow its rule, which is to be evaluated anew. @param reads see `readsOfRule` */
export async function saveDynamicGroup(
  trx: Handle,
  tenantId: string,
  groupId: string,
  reads: readonly string[],
): Promise<void> {
  await sql`
    insert into allot.dynamic_group (tenant_id, group_id, reads)
    values (${tenantId}, ${groupId}, ${reads.map((name) => name.toLowerCase())}::text[])
    on conflict (tenant_id, group_id) do update
    set reads = excluded.reads, status = 'NotStarted', error_message = null, failure = null, next_at = null
  `.execute(trx);
}

/** Says that the rule of a group is to be evaluated again, whatever became of it; false: the group has none. */
export async function retryRule(trx: Handle, tenantId: string, groupId: string): Promise<boolean> {
  const { rows } = await sql`
    update allot.dynamic_group set status = 'NotStarted', error_message = null, failure = null
    where tenant_id = ${tenantId} and group_id = ${groupId} returning 1
  `.execute(trx);
  return rows.length > 0;
}

/** Says that nobody's rule decides about the members of the group any more; they stay. */
export async function removeDynamicGroup(trx: Handle, tenantId: string, groupId: string): Promise<void> {
  await sql`
    delete from allot.dynamic_group where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
}

export async function loadRuleProgress(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, RuleProgress>> {
  const { rows } = await sql<RuleProgress>`
    select group_id as "groupId", status, error_message as "errorMessage", failure, evaluated_at as "evaluatedAt",
           members_changed_at as "membersChangedAt", next_at as "nextAt"
    from allot.dynamic_group where tenant_id = ${tenantId} and group_id = any(${uuids(groupIds)})
  `.execute(db);
  return new Map(rows.map((row) => [row.groupId, row]));
}

export interface FollowedRule {
  readonly groupId: string;
  readonly displayName: string;
  readonly rule: string;
  readonly reads: readonly string[];
}

/** Which of the rules that are followed now: those of groups, those that read something, those that read memberships; or all. */
export type RuleSelection =
  | 'all'
  | { readonly groupIds: readonly string[]; readonly reads: readonly string[]; readonly memberships: boolean };

/** Rules of groups that are neither deleted, paused nor failed. */
export async function loadFollowedRules(
  db: Handle,
  tenantId: string,
  selection: RuleSelection,
): Promise<readonly FollowedRule[]> {
  const chosen =
    selection === 'all'
      ? sql<boolean>`true`
      : sql<boolean>`(d.group_id = any(${uuids(selection.groupIds)}) or d.reads && ${selection.reads}::text[]
          or ${selection.memberships} and ${readsMemberships})`;
  const { rows } = await sql<FollowedRule>`
    select d.group_id as "groupId", g.display_name as "displayName", g.membership_rule as rule, d.reads
    from allot.dynamic_group d
    join allot.directory_group g on g.tenant_id = d.tenant_id and g.id = d.group_id
    where d.tenant_id = ${tenantId} and g.deleted_at is null and g.membership_rule is not null
      and g.membership_rule_processing_state = 'On' and d.status <> 'Failed' and ${chosen}
    order by d.group_id
  `.execute(db);
  return rows;
}

const readsMemberships = sql<boolean>`array_to_string(d.reads, ' ') like '%memberof:%'`;

/** Whether members of groups decide about members of other groups. */
export async function readsAnyMembership(db: Handle, tenantId: string): Promise<boolean> {
  const { rows } = await sql`
    select from allot.dynamic_group d where d.tenant_id = ${tenantId} and ${readsMemberships} limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Says that the rules of these groups are being evaluated for everybody, for whoever looks meanwhile. */
export async function markRulesRunning(db: Handle, tenantId: string): Promise<void> {
  await sql`
    update allot.dynamic_group d set status = 'Running'
    from allot.directory_group g
    where d.tenant_id = ${tenantId} and d.status = 'NotStarted' and g.tenant_id = d.tenant_id and g.id = d.group_id
      and g.membership_rule_processing_state = 'On'
      and exists (select from allot.pending_rule p
                  where p.tenant_id = d.tenant_id and (p.group_id = d.group_id or p.group_id is null and p.user_no is null))
  `.execute(db);
}

export interface RuleOutcome {
  readonly groupId: string;
  readonly changed: boolean;
  /** Everybody was compared, so the status is known; otherwise it stays. */
  readonly whole: boolean;
  readonly nextAt: Date | null;
}

export async function recordRuleOutcomes(
  trx: Handle,
  tenantId: string,
  outcomes: readonly RuleOutcome[],
): Promise<void> {
  if (!outcomes.length) return;
  await sql`
    update allot.dynamic_group d
    set status = case when o.whole then 'Succeeded' else d.status end,
        error_message = case when o.whole then null else d.error_message end,
        failure = case when o.whole then null else d.failure end,
        evaluated_at = case when o.whole then now() else d.evaluated_at end,
        members_changed_at = case when o.changed then now() else d.members_changed_at end,
        next_at = case when o.whole then o.next_at else least(d.next_at, o.next_at) end
    from unnest(${uuids(outcomes.map(({ groupId }) => groupId))}, ${outcomes.map(({ changed }) => changed)}::boolean[],
                ${outcomes.map(({ whole }) => whole)}::boolean[], ${outcomes.map(({ nextAt }) => nextAt)}::timestamptz[])
      as o (group_id, changed, whole, next_at)
    where d.tenant_id = ${tenantId} and d.group_id = o.group_id
  `.execute(trx);
}

/** Why a rule could not be followed: in English, and as data. */
export interface RuleFailure {
  readonly errorMessage: string;
  readonly failure: object;
}

/** The rule of a group could not be evaluated: its members stay as they are, until somebody changes or resumes the rule. */
export async function recordRuleFailure(
  trx: Handle,
  tenantId: string,
  groupId: string,
  { errorMessage, failure }: RuleFailure,
): Promise<void> {
  await sql`
    update allot.dynamic_group set status = 'Failed', error_message = ${errorMessage}, failure = ${JSON.stringify(failure)}::jsonb, next_at = null
    where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
}

/** Rules of one tenant are saved one after the other: two that depend on each other are no loop until both are there. */
export async function lockRules(trx: Handle, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`allot rules ${tenantId}`}, 0))`.execute(trx);
}

export interface SavedRule {
  readonly groupId: string;
  readonly displayName: string;
  readonly rule: string;
}

/** Rules over what other rules decide, or that may decide about it: of all groups, also paused and deleted ones, which may come back. */
export async function loadAllRules(db: Handle, tenantId: string): Promise<readonly SavedRule[]> {
  const { rows } = await sql<SavedRule>`
    select d.group_id as "groupId", g.display_name as "displayName", g.membership_rule as rule
    from allot.dynamic_group d
    join allot.directory_group g on g.tenant_id = d.tenant_id and g.id = d.group_id
    where d.tenant_id = ${tenantId} and g.membership_rule is not null
      and (${readsMemberships} or 'assignedplans' = any(d.reads)
        or exists (select from allot.group_license l where l.tenant_id = d.tenant_id and l.group_id = d.group_id))
    order by d.group_id
  `.execute(db);
  return rows;
}

/** Plans that groups give their own members, be it through a group above them that gives to nested groups (L-23). */
export async function loadGivenPlans(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ groupId: string; plans: string[] }>`
    with recursive above (group_id, id) as (
      select g.id, g.id from unnest(${uuids(groupIds)}) as g (id)
      union
      select a.group_id, n.group_id from above a
      join allot.group_member n on n.tenant_id = ${tenantId} and n.member_id = a.id
    )
    select a.group_id as "groupId", array_agg(distinct p.plan_id::text) as plans
    from above a
    join allot.group_license l on l.tenant_id = ${tenantId} and l.group_id = a.id
    join allot.product_plan p on p.tenant_id = l.tenant_id and p.product_id = l.product_id
      and p.plan_id <> all(l.disabled_plans)
    left join allot.group_licensing s on s.tenant_id = ${tenantId} and s.group_id = a.id
    where a.id = a.group_id or s.license_inheritance = 'transitive'
    group by a.group_id
  `.execute(db);
  return new Map(rows.map(({ groupId, plans }) => [groupId, plans]));
}
