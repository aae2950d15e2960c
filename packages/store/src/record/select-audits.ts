import { type RawBuilder, sql } from 'kysely';
import { type Page, type PageKey, pageOf } from '../directory/page.ts';
import type { Handle } from '../handle.ts';

/** An entry of the audit log as kept. Its time is ISO 8601 in UTC with microseconds, so that it can be asked for exactly. */
export type AuditRow = {
  readonly id: string;
  readonly activityAt: string;
  readonly activity: string;
  readonly category: string;
  readonly result: string;
  readonly resultReason: string | null;
  readonly correlationId: string;
  readonly loggedByService: string;
  readonly initiatedBy: Readonly<Record<'user' | 'app', Readonly<Record<string, string>> | null>>;
  readonly targets: readonly Readonly<Record<string, unknown>>[];
  readonly details: readonly { readonly key: string; readonly value: string }[];
};

export interface AuditQuery {
  readonly condition: RawBuilder<boolean> | undefined;
  /** Newest first. */
  readonly descending: boolean;
  readonly after: PageKey | undefined;
  readonly limit: number;
}

/**
 * One page of the audit log (L-29), by time. An entry appears when its change commits and has the time of the change, so one may
 * still appear among those of the last moments.
 */
export async function selectAudits(
  db: Handle,
  tenantId: string,
  { condition, descending, after, limit }: AuditQuery,
): Promise<Page<AuditRow>> {
  const direction = descending ? sql`desc` : sql`asc`;
  const beyond = descending ? sql`<` : sql`>`;
  const cut =
    after === undefined
      ? sql`true`
      : sql`(a.activity_at, a.id) ${beyond} (${after.sorted[0] ?? ''}::timestamptz, ${String(after.last)}::uuid)`;
  // An expression has no index: the few entries are found by what they must meet, and sorted.
  const time =
    condition && (await areFew(db, tenantId, condition)) ? sql`a.activity_at + interval '0'` : sql`a.activity_at`;
  const { rows } = await sql<AuditRow>`
    select ${columns} from allot.audit a
    where a.tenant_id = ${tenantId} and ${condition ?? sql`true`} and ${cut}
    order by ${time} ${direction}, a.id ${direction}
    limit ${limit + 1}
  `.execute(db);
  const keyed = rows.map((row) => ({ ...row, sorted: [row.activityAt] }));
  return pageOf(keyed, limit, ({ id }) => id);
}

/** Entries that are sorted rather than met on the way through time. */
const SORTED_ENTRIES_MAX = 5_000;

/**
 * PostgreSQL knows how many entries have a common term, and of a rare one only that it is rare: it would walk through a million
 * entries by time to meet one (0.8 s; asked like this 2 ms).
 */
async function areFew(db: Handle, tenantId: string, condition: RawBuilder<boolean>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from allot.audit a where a.tenant_id = ${tenantId} and ${condition} limit ${SORTED_ENTRIES_MAX + 1}) as met
  `.execute(db);
  return (rows[0]?.count ?? 0) <= SORTED_ENTRIES_MAX;
}

export async function findAudit(db: Handle, tenantId: string, id: string): Promise<AuditRow | undefined> {
  const { rows } = await sql<AuditRow>`
    select ${columns} from allot.audit a where a.tenant_id = ${tenantId} and a.id = ${id}
  `.execute(db);
  return rows[0];
}

const columns = sql`a.id, to_char(a.activity_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "activityAt",
  a.activity, a.category, a.result, a.result_reason as "resultReason", a.correlation_id as "correlationId",
  a.logged_by_service as "loggedByService", a.initiated_by as "initiatedBy", a.targets, a.details`;
