import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * How far somebody has read the changes of a tenant: everything that the snapshot saw, and nothing else. So nothing is told twice and nothing is left
 * out, however transactions overlap.
 */
export interface Position {
  /** Of the server: transactions are counted anew on another one. */
  readonly cluster: string;
  /** As PostgreSQL writes it: the first transaction under way, the first that had not begun, and which of those between were under way. */
  readonly snapshot: string;
  /** The last applied plan. */
  readonly changeNo: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Changes are kept for this long, so a position can be gone on from for a day less. */
const CHANGES_KEPT_DAYS = 8;
const POSITION_DAYS_MAX = CHANGES_KEPT_DAYS - 1;

/** The position of whoever reads in this transaction. */
export async function currentPosition(db: Handle, tenantId: string): Promise<Position> {
  const { rows } = await sql<{ cluster: string; snapshot: string; changeNo: number; at: Date }>`
    select (select system_identifier::text from pg_control_system()) as cluster,
           pg_current_snapshot()::text as snapshot, revision as "changeNo", clock_timestamp() as at
    from allot.tenant where tenant_id = ${tenantId}
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error(`tenant ${tenantId} is gone`);
  return { ...row, at: row.at.getTime() };
}

/** Whether nothing that came after the position is forgotten, and it counts the same transactions. */
export const canGoOnFrom = (position: Position, now: Position): boolean =>
  position.cluster === now.cluster &&
  position.at <= now.at &&
  now.at - position.at < POSITION_DAYS_MAX * 86_400_000 &&
  position.changeNo <= now.changeNo &&
  firstUnderWay(position) <= firstUnderWay(now);

const firstUnderWay = ({ snapshot }: Position): bigint => BigInt(snapshot.split(':')[0] ?? 0);

/** Changes that a position did not see. The comparison is there for the index. */
export const unseen = ({ snapshot }: Position): RawBuilder<boolean> => sql`
  (xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot))`;

/** Whether something happened that a position did not see. */
export async function changedSince(db: Handle, tenantId: string, position: Position): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    select exists (select from allot.directory_change where tenant_id = ${tenantId} and ${unseen(position)})
      or exists (select from allot.tenant where tenant_id = ${tenantId} and revision > ${position.changeNo}) as changed
  `.execute(db);
  return rows[0]?.changed === true;
}

/** Changes that one statement removes at most. */
const REMOVED_CHANGES_MAX = 10_000;

/** Forgets changes that are older than they are kept, of one tenant. @returns whether there may be more */
export async function removeOldChanges(db: Handle, tenantId: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from allot.directory_change
    where tenant_id = ${tenantId} and seq in (
      select seq from allot.directory_change
      where tenant_id = ${tenantId} and at < now() - make_interval(days => ${CHANGES_KEPT_DAYS}) limit ${REMOVED_CHANGES_MAX})
  `.execute(db);
  return numAffectedRows >= BigInt(REMOVED_CHANGES_MAX);
}
