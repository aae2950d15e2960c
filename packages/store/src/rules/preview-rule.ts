import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from '../licensing/array-literals.ts';
import { inheritance } from '../licensing/inheritance.ts';
import type { ComparedMovement } from '../licensing/movers.ts';
import { type CompiledRule, differingMembers } from './evaluate-rules.ts';

export interface RuleUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

export interface SomeUsers {
  readonly count: number;
  /** The first of them. */
  readonly users: readonly RuleUser[];
}

/** Members of the group that are not deleted, and who would come and go if the rule were its own. */
export async function countJoiningAndLeaving(
  db: Handle,
  tenantId: string,
  rule: CompiledRule,
  named: number,
): Promise<{ readonly members: number; readonly joining: SomeUsers; readonly leaving: SomeUsers }> {
  const { rows } = await sql<{ members: number; comes: boolean | null; count: number; users: RuleUser[] | null }>`
    with differing as materialized (${differingMembers(tenantId, [rule], null)}),
    placed as (
      select d.user_no, d.is = 1 as comes, row_number() over (partition by d.is order by d.user_no) as place from differing d
    )
    select (select count(*) from allot.membership m join allot.directory_user u using (tenant_id, user_no)
            where m.tenant_id = ${tenantId} and m.group_id = ${rule.groupId} and u.deleted_at is null) as members,
           p.comes, count(p.user_no) as count,
           jsonb_agg(jsonb_build_object('id', u.id, 'displayName', u.display_name, 'userPrincipalName', u.user_principal_name)
                     order by p.place) filter (where u.id is not null) as users
    from (select true as one) as o
    left join placed p on true
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = p.user_no and p.place <= ${named}
    group by p.comes
  `.execute(db);
  const some = (comes: boolean): SomeUsers => {
    const row = rows.find((one) => one.comes === comes);
    return { count: row?.count ?? 0, users: row?.users ?? [] };
  };
  return { members: rows[0]?.members ?? 0, joining: some(true), leaving: some(false) };
}

/** Users of a cohort who would come into these groups' licenses, or leave them. */
export interface RuleMovement extends ComparedMovement {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Counts whose facts would change if the rule were that of its group, by cohort.
 * @param giving licensed groups that give to the members of that group; one that gives to nested groups may give in another way, too
 */
export async function countRuleMovements(
  db: Handle,
  tenantId: string,
  rule: CompiledRule,
  giving: readonly string[],
): Promise<{ readonly differing: RawBuilder<unknown>; readonly movements: readonly RuleMovement[] }> {
  const otherWay = sql<boolean>`exists (
    select from inherits i join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = i.member_of
    where i.group_id = g.id and i.member_of <> ${rule.groupId}::uuid and m.user_no = d.user_no)`;
  const differing = sql`
    with inherits as materialized (${inheritance(tenantId, giving)}),
    changing as materialized (${differingMembers(tenantId, [rule], null)})
    select d.user_no, uc.cohort_id, bit_or(case when d.is = 1 then 1::bigint << (g.place - 1)::int else 0 end) as gained,
           bit_or(case when d.is = 1 then 0 else 1::bigint << (g.place - 1)::int end) as lost
    from changing d
    join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.user_no = d.user_no
    join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    cross join unnest(${uuids(giving)}) with ordinality as g (id, place)
    where (d.is = 1) <> (c.groups @> array[g.id]) and not (d.is = 0 and ${otherWay})
    group by d.user_no, uc.cohort_id`;
  if (!giving.length) return { differing, movements: [] };
  const { rows } = await sql<Omit<ComparedMovement, 'users'>>`
    select cohort_id as "from", gained as "gainedMask", lost as "lostMask", count(*) as count
    from (${differing}) as d group by cohort_id, gained, lost order by cohort_id, gained, lost
  `.execute(db);
  const named = (mask: number) => giving.filter((_, place) => Math.floor(mask / 2 ** place) % 2 === 1);
  return {
    differing,
    movements: rows.map((row) => ({
      ...row,
      users: undefined,
      gained: named(row.gainedMask),
      lost: named(row.lostMask),
    })),
  };
}
