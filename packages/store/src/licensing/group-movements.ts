import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from './array-literals.ts';
import { inheritance, inheritsNested } from './inheritance.ts';
import type { ComparedMovement } from './movers.ts';
import { userNoArray, type UserNos } from './user-nos.ts';

/** Groups compared in one plan: gains and losses of a user are bits of one integer, which a number must hold exactly. */
export const COMPARED_GROUPS_MAX = 50;

/** Users of a cohort who are members of `gained` and not of `lost`, and whose facts say otherwise. */
export interface GroupMovement extends ComparedMovement {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface Comparison {
  /** At most COMPARED_GROUPS_MAX. */
  readonly groupIds: readonly string[];
  /** Users whose facts are derived one by one in the same plan. */
  readonly exceptUserNos: readonly number[];
}

/**
 * Counts where the memberships of these groups and the facts of the cohorts differ. One group is compared without naming
 * a user: of a million over 5,000 cohorts most move as whole cohorts or not at all (0.45 s; with names 0.7 s). Of several
 * groups somebody moves for certain, so their users are named at once.
 */
export async function countGroupMovements(
  trx: Handle,
  tenantId: string,
  compared: Comparison,
): Promise<{ readonly differing: RawBuilder<unknown>; readonly movements: readonly GroupMovement[] }> {
  const { groupIds } = compared;
  const single = groupIds.length <= 1 && !(await inheritsNested(trx, tenantId, groupIds));
  const differing = single ? differencesOfOne(tenantId, compared) : differencesOfMany(tenantId, compared);
  if (!groupIds.length) return { differing, movements: [] };
  const users = !single ? sql`array_to_string(array_agg(user_no), ',')` : sql`null`;
  const { rows } = await sql<Omit<ComparedMovement, 'users'> & { readonly users: UserNos | null }>`
    select cohort_id as "from", gained as "gainedMask", lost as "lostMask", count(*) as count, ${users} as users
    from (${differing}) as d group by cohort_id, gained, lost order by cohort_id, gained, lost
  `.execute(trx);
  const groupsOf = new Map<number, readonly string[]>();
  const named = (mask: number): readonly string[] => {
    const known = groupsOf.get(mask);
    if (known) return known;
    const made = groupIds.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1).toSorted();
    groupsOf.set(mask, made);
    return made;
  };
  const movements = rows.map((row) => ({
    ...row,
    users: row.users ?? undefined,
    gained: named(row.gainedMask),
    lost: named(row.lostMask),
  }));
  return { differing, movements };
}

/** Over `uc`: users whom nobody derives one by one. */
const notListed = ({ exceptUserNos }: Comparison): RawBuilder<unknown> =>
  exceptUserNos.length
    ? sql`not exists (select from unnest(${userNoArray(exceptUserNos.join())}) as l (user_no) where l.user_no = uc.user_no)`
    : sql`true`;

/** Rows (user_no, cohort_id, gained, lost). `not in` a few cohorts, because testing the groups of each user's cohort takes twice as long. */
function differencesOfOne(tenantId: string, compared: Comparison): RawBuilder<unknown> {
  const only = compared.groupIds[0] ?? null;
  const inheriting = sql`select cohort_id from allot.cohort where tenant_id = ${tenantId} and groups @> array[${only}::uuid]`;
  return sql`
      select uc.user_no, uc.cohort_id, 1::bigint as gained, 0::bigint as lost
      from allot.membership m
      join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.user_no = m.user_no
      where m.tenant_id = ${tenantId} and m.group_id = ${only} and uc.cohort_id not in (${inheriting}) and ${notListed(compared)}
      union all
      select uc.user_no, uc.cohort_id, 0, 1
      from allot.user_cohort uc
      where uc.tenant_id = ${tenantId} and exists (${inheriting}) and uc.cohort_id in (${inheriting}) and ${notListed(compared)}
        and not exists (select from allot.membership m
                        where m.tenant_id = ${tenantId} and m.group_id = ${only} and m.user_no = uc.user_no)`;
}

/** The same for several groups, or for one from which members of nested groups inherit, too (L-23). */
function differencesOfMany(tenantId: string, compared: Comparison): RawBuilder<unknown> {
  const groups = sql`unnest(${uuids(compared.groupIds)}) with ordinality as g (group_id, no)`;
  return sql`
    with inherits as materialized (${inheritance(tenantId, compared.groupIds)})
    select user_no, cohort_id, bit_or(gained) as gained, bit_or(lost) as lost
    from (
      select uc.user_no, uc.cohort_id, 1::bigint << (g.no - 1)::int as gained, 0::bigint as lost
      from ${groups}
      join inherits i on i.group_id = g.group_id
      join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = i.member_of
      join allot.user_cohort uc on uc.tenant_id = m.tenant_id and uc.user_no = m.user_no
      join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
      where not c.groups @> array[g.group_id] and ${notListed(compared)}
      union all
      select uc.user_no, uc.cohort_id, 0, 1::bigint << (g.no - 1)::int
      from ${groups}
      join allot.cohort c on c.tenant_id = ${tenantId} and c.groups @> array[g.group_id]
      join allot.user_cohort uc on uc.tenant_id = c.tenant_id and uc.cohort_id = c.cohort_id
      where ${notListed(compared)} and not exists (
        select from inherits i join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = i.member_of
        where i.group_id = g.group_id and m.user_no = uc.user_no)
    ) as d
    group by user_no, cohort_id`;
}
