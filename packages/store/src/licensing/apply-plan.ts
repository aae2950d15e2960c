import { createHash } from 'node:crypto';
import type { CohortState, Move, Plan } from '@allot/engine';
import { direct } from '@allot/engine';
import { sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { rememberSeats } from '../history/seats-at.ts';
import type { Activity } from '../record/activities.ts';
import { bigints, ints, uuidLists, uuids } from './array-literals.ts';
import { movePointers, nameMoves, type PointerMove } from './move-pointers.ts';
import type { NamedUsers } from './movers.ts';
import { updateWaiting } from './update-waiting.ts';

export interface AppliedChange {
  readonly correlationId: string;
  /** What happened, for the history: an activity name of the audit log. */
  readonly activity: Activity;
}

export interface AppliedPlan {
  readonly changeId: number;
  /** Cohorts of which everybody is a member whose licenses the plan may have changed. */
  readonly cohortNos: readonly number[];
}

/**
 * Does exactly what the plan says, set-based, in the caller's transaction, which holds the tenant's lock since before
 * the plan was made.
 */
export async function applyPlan(
  trx: Handle,
  tenantId: string,
  plan: Plan,
  names: NamedUsers,
  change: AppliedChange,
): Promise<AppliedPlan> {
  const changeId = await nextRevision(trx, tenantId, change);
  // Before cohorts are revised: movers are found by how memberships differ from what the cohorts say.
  await nameMoves(plan.moves, names);
  await reviseCohorts(trx, tenantId, plan, changeId);
  const { targets, fresh } = await targetCohorts(trx, tenantId, plan);
  const moves: PointerMove[] = plan.moves.map((move) => ({
    ...move,
    toNo: move.to === undefined ? undefined : targets.get(move.to),
  }));
  await movePointers(trx, tenantId, moves, names, changeId);
  await countMembers(trx, tenantId, moves, fresh);
  await updateWaiting(trx, tenantId, plan, moves, names);
  await countConsumed(trx, tenantId, plan);
  await rememberSeats(trx, tenantId, changeId, plan.seatsBefore);
  await removeEmptyCohorts(trx, tenantId, moves, changeId);
  return { changeId, cohortNos: reached(plan, targets) };
}

function reached({ sources, revisions }: Plan, targets: ReadonlyMap<string, number>): readonly number[] {
  const settledAgain = sources.filter(({ concerned }) => concerned).map(({ cohortNo }) => cohortNo);
  return [...new Set([...settledAgain, ...revisions.map(({ cohort }) => cohort.cohortNo), ...targets.values()])];
}

async function nextRevision(trx: Handle, tenantId: string, change: AppliedChange): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    with next as (
      update allot.tenant set revision = revision + 1 where tenant_id = ${tenantId} returning tenant_id, revision
    ), change as (
      insert into allot.change (tenant_id, change_id, at, correlation_id, activity)
      select tenant_id, revision, clock_timestamp(), ${change.correlationId}, ${change.activity} from next
    )
    select revision from next
  `.execute(trx);
  const revision = rows[0]?.revision;
  if (revision === undefined) throw new Error(`tenant ${tenantId} is gone`);
  return revision;
}

async function reviseCohorts(trx: Handle, tenantId: string, { revisions }: Plan, changeId: number): Promise<void> {
  if (!revisions.length) return;
  const cohortNos = revisions.map(({ cohort }) => cohort.cohortNo);
  await rememberCohorts(trx, tenantId, cohortNos, changeId);
  await sql`
    update allot.cohort c set key = r.key, place = r.place, shares_address = r.shares_address, direct = r.direct,
      groups = r.groups::uuid[]
    from ${stateRows(revisions.map(({ cohort, state, key }) => ({ cohortNo: cohort.cohortNo, state, key })))}
    where c.tenant_id = ${tenantId} and c.cohort_id = r.cohort_id
  `.execute(trx);
  await sql`
    delete from allot.cohort_exception where tenant_id = ${tenantId} and cohort_id = any(${bigints(cohortNos)})
  `.execute(trx);
  await insertExceptions(
    trx,
    tenantId,
    revisions.map(({ cohort, state }) => ({ cohortNo: cohort.cohortNo, state })),
  );
}

/** Keeps facts and exceptions as they were until this change (L-31). */
async function rememberCohorts(
  trx: Handle,
  tenantId: string,
  cohortNos: readonly number[],
  changeId: number,
): Promise<void> {
  await sql`
    insert into allot.cohort_history (tenant_id, cohort_id, change_id, state)
    select c.tenant_id, c.cohort_id, ${changeId}::bigint,
           jsonb_build_object('place', place, 'sharesAddress', shares_address, 'groups', groups, 'direct', direct,
                              'exceptions', coalesce(e.exceptions, '[]'))
    from allot.cohort c
    left join (
      select cohort_id, jsonb_agg(jsonb_build_object('kind', kind, 'source', source_id, 'productId', product_id,
                                                     'error', error, 'plans', plans)) as exceptions
      from allot.cohort_exception where tenant_id = ${tenantId} and cohort_id = any(${bigints(cohortNos)}) group by cohort_id
    ) as e using (cohort_id)
    where c.tenant_id = ${tenantId} and c.cohort_id = any(${bigints(cohortNos)})
    on conflict do nothing
  `.execute(trx);
}

/** How a cohort's key is stored. */
export const hashOfKey = (key: string): string => createHash('md5').update(key).digest('hex');

/** Rows `r (cohort_id, key, place, shares_address, direct, groups)`; groups as an array literal. */
function stateRows(
  states: readonly { readonly cohortNo: number; readonly state: CohortState; readonly key: string }[],
) {
  const facts = states.map(({ state }) => state.facts);
  return sql`unnest(${bigints(states.map((s) => s.cohortNo))}, ${uuids(states.map((s) => hashOfKey(s.key)))},
    ${facts.map((f) => f.place)}::text[], ${facts.map((f) => f.sharesAddress)}::boolean[],
    ${facts.map((f) => JSON.stringify(f.direct))}::jsonb[], ${uuidLists(facts.map((f) => f.groups))})
    as r (cohort_id, key, place, shares_address, direct, groups)`;
}

/** The cohorts that moves lead to: those that exist, and new ones, which have their members counted from the start. */
async function targetCohorts(
  trx: Handle,
  tenantId: string,
  { targets, moves }: Plan,
): Promise<{ targets: Map<string, number>; fresh: ReadonlySet<number> }> {
  const found = new Map<string, number>();
  if (!targets.size) return { targets: found, fresh: new Set() };
  const keyOfHash = new Map([...targets.keys()].map((key) => [hashOfKey(key), key]));
  const known = await sql<{ key: string; cohortNo: number }>`
    select replace(key::text, '-', '') as key, min(cohort_id) as "cohortNo" from allot.cohort
    where tenant_id = ${tenantId} and key = any(${uuids([...keyOfHash.keys()])}) and members > 0 group by key
  `.execute(trx);
  for (const { key, cohortNo } of known.rows) found.set(keyOfHash.get(key) ?? '', cohortNo);
  const fresh = [...targets].filter(([key]) => !found.has(key));
  if (!fresh.length) return { targets: found, fresh: new Set() };
  const members = new Map<string, number>();
  for (const { to, count } of moves) if (to !== undefined) members.set(to, (members.get(to) ?? 0) + count);
  const numbers = await sql<{ no: number }>`
    select nextval('allot.cohort_id') as no from generate_series(1, ${fresh.length})
  `.execute(trx);
  const states = fresh.map(([key, state], i) => ({ key, state, cohortNo: numbers.rows[i]?.no ?? 0 }));
  await sql`
    insert into allot.cohort (tenant_id, cohort_id, key, place, shares_address, groups, direct, members)
    select ${tenantId}, r.cohort_id, r.key, r.place, r.shares_address, r.groups::uuid[], r.direct, m.members
    from ${stateRows(states)}
    join unnest(${bigints(states.map((s) => s.cohortNo))}, ${ints(states.map((s) => members.get(s.key) ?? 0))})
      as m (cohort_id, members) using (cohort_id)
  `.execute(trx);
  await insertExceptions(trx, tenantId, states);
  for (const { key, cohortNo } of states) found.set(key, cohortNo);
  return { targets: found, fresh: new Set(states.map(({ cohortNo }) => cohortNo)) };
}

async function insertExceptions(
  trx: Handle,
  tenantId: string,
  states: readonly { readonly cohortNo: number; readonly state: CohortState }[],
): Promise<void> {
  const rows = states.flatMap(({ cohortNo, state }) => state.exceptions.map((e) => ({ cohortNo, ...e })));
  if (!rows.length) return;
  await sql`
    insert into allot.cohort_exception (tenant_id, cohort_id, source_id, product_id, kind, error, plans)
    select ${tenantId}, e.cohort_id, e.source_id, e.product_id, e.kind, e.error, e.plans::uuid[]
    from unnest(${bigints(rows.map((r) => r.cohortNo))},
                ${uuids(rows.map((r) => (r.source === direct ? directSourceId : r.source)))},
                ${uuids(rows.map((r) => r.productId))}, ${rows.map((r) => r.kind)}::text[],
                ${rows.map((r) => r.error)}::text[], ${uuidLists(rows.map((r) => r.plans))})
         as e (cohort_id, source_id, product_id, kind, error, plans)
  `.execute(trx);
}

async function countMembers(
  trx: Handle,
  tenantId: string,
  moves: readonly PointerMove[],
  fresh: ReadonlySet<number>,
): Promise<void> {
  const change = new Map<number, number>();
  for (const { from, toNo, count } of moves) {
    if (from !== undefined) change.set(from, (change.get(from) ?? 0) - count);
    if (toNo !== undefined && !fresh.has(toNo)) change.set(toNo, (change.get(toNo) ?? 0) + count);
  }
  if (!change.size) return;
  await sql`
    update allot.cohort c set members = c.members + d.by
    from unnest(${bigints([...change.keys()])}, ${ints([...change.values()])}) as d (cohort_id, by)
    where c.tenant_id = ${tenantId} and c.cohort_id = d.cohort_id
  `.execute(trx);
}

async function countConsumed(trx: Handle, tenantId: string, { consumedChange }: Plan): Promise<void> {
  if (!consumedChange.size) return;
  await sql`
    update allot.product p set consumed = p.consumed + d.by
    from unnest(${[...consumedChange.keys()]}::uuid[], ${[...consumedChange.values()]}::int[]) as d (product_id, by)
    where p.tenant_id = ${tenantId} and p.product_id = d.product_id
  `.execute(trx);
}

async function removeEmptyCohorts(
  trx: Handle,
  tenantId: string,
  moves: readonly Move[],
  changeId: number,
): Promise<void> {
  const left = [...new Set(moves.flatMap(({ from }) => from ?? []))];
  if (!left.length) return;
  const { rows } = await sql<{ cohortNo: number }>`
    select cohort_id as "cohortNo" from allot.cohort
    where tenant_id = ${tenantId} and cohort_id = any(${bigints(left)}) and members = 0
  `.execute(trx);
  const empty = rows.map(({ cohortNo }) => cohortNo);
  if (!empty.length) return;
  await rememberCohorts(trx, tenantId, empty, changeId);
  await sql`delete from allot.cohort_exception where tenant_id = ${tenantId} and cohort_id = any(${bigints(empty)})`.execute(
    trx,
  );
  await sql`delete from allot.cohort where tenant_id = ${tenantId} and cohort_id = any(${bigints(empty)})`.execute(trx);
}
