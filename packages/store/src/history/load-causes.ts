import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';

/** Causes that are told of one change. */
const CAUSES_MAX = 10;
/** What a cause is told to be about, at most. */
const CAUSE_TARGETS_MAX = 10;
/** Audit entries that are read to find the causes of one change: a call may have written a million. */
const ENTRIES_READ_MAX = 1_000;

/** An audit entry of a call that made a change, or that the change follows from. */
export interface CauseRow {
  readonly changeNo: number;
  /** ISO 8601 in UTC with microseconds, as in the audit log. */
  readonly activityDateTime: string;
  readonly activity: string;
  readonly correlationId: string;
  readonly initiatedBy: Readonly<Record<'user' | 'app', Readonly<Record<string, string>> | null>>;
  readonly targets: readonly { readonly id: string; readonly displayName: string | null; readonly type: string }[];
}

export interface ConcernedUser {
  readonly userId: string;
  /** Groups that license the user, or did. */
  readonly groupIds: readonly string[];
  /** Who settles in the background: it is never the cause. */
  readonly exceptAppId: string;
}

/**
 * What the audit log says of who caused changes (L-29), by change, the nearest in time first. Of several causes of one change those are told
 * that name the user, or one of its groups and nobody else; failing these, those that name one of its groups; failing these, all.
 */
export async function loadCauses(
  db: Handle,
  tenantId: string,
  changeNos: readonly number[],
  { userId, groupIds, exceptAppId }: ConcernedUser,
): Promise<Map<number, CauseRow[]>> {
  const ofUser = sql<boolean>`a.terms @> ${idTerms([userId])}`;
  const ofGroups = sql<boolean>`a.terms && ${idTerms(groupIds)}`;
  const entries = (which: RawBuilder<boolean>, limit: number) => sql`(
    select a.* from allot.audit a
    where a.tenant_id = ${tenantId} and a.correlation_id = any(ids.all) and ${which} and a.result = 'success'
      and (a.activity_at <= c.at or a.activity = c.activity)
      and a.initiated_by #>> '{app,appId}' is distinct from ${exceptAppId}
    limit ${limit})`;
  const { rows } = await sql<CauseRow>`
    select c.change_id as "changeNo", cause.*
    from allot.change c
    cross join lateral (
      select array_agg(id) as all from (
        select c.correlation_id as id
        union
        select (d.detail ->> 'value')::uuid
        from (select details from allot.audit where tenant_id = ${tenantId} and correlation_id = c.correlation_id limit ${ENTRIES_READ_MAX}) as run
        cross join lateral jsonb_array_elements(run.details) as d (detail)
        where d.detail ->> 'key' = 'causedBy'
      ) as id
    ) as ids
    cross join lateral (
      select to_char(r.activity_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "activityDateTime", r.activity,
             r.correlation_id as "correlationId", r.initiated_by as "initiatedBy",
             array(select jsonb_build_object('id', t.target -> 'id', 'displayName', t.target -> 'displayName', 'type', t.target -> 'type')
                   from jsonb_array_elements(r.targets) with ordinality as t (target, no)
                   order by t.no limit ${CAUSE_TARGETS_MAX}) as targets
      from (
        select a.*, min(a.distance) over () as least from (
          select a.*, case when ${ofUser} then 0
                           when not ${ofGroups} then 2
                           when a.targets @> '[{"type": "User"}]' then 1 else 0 end as distance
          from (${entries(ofUser, ENTRIES_READ_MAX)} union ${entries(ofGroups, ENTRIES_READ_MAX)}
                union ${entries(sql`true`, ENTRIES_READ_MAX)}) as a
        ) as a
      ) as r
      where r.distance = r.least
      order by abs(extract(epoch from r.activity_at - c.at)), r.id
      limit ${CAUSES_MAX}
    ) as cause
    where c.tenant_id = ${tenantId} and c.change_id = any(${bigints(changeNos)})
  `.execute(db);
  return Map.groupBy(rows, ({ changeNo }) => changeNo);
}

/** As `auditTerms` writes them; ids are in lower case. */
const idTerms = (ids: readonly string[]) => sql`${ids.map((id) => `targetresources/id:${id}`)}::text[]`;
