import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from '../licensing/array-literals.ts';
import type { UserNos } from '../licensing/user-nos.ts';
import { type RuleScope, within } from './within.ts';

/** Rules compared in one statement at most: who matches which is bits of one integer. */
export const RULES_COMPARED_MAX = 50;

export interface CompiledRule {
  readonly groupId: string;
  /** Over `u`, a row of allot.directory_user: whether the rule names the user; never null. */
  readonly matches: RawBuilder<boolean>;
}

export interface MembershipDifference {
  readonly groupId: string;
  readonly come: number;
  readonly gone: number;
  /** Whoever came or went. */
  readonly users: UserNos;
}

/**
 * Rows (user_no, is, was): users whom the rules name otherwise than they are members, as bits by the place of the rule. Deleted users keep
 * their memberships until they are restored.
 */
export function differingMembers(
  tenantId: string,
  rules: readonly CompiledRule[],
  scope: RuleScope | null,
): RawBuilder<unknown> {
  if (rules.length > RULES_COMPARED_MAX) throw new RangeError(`at most ${RULES_COMPARED_MAX} rules at a time`);
  const bits = rules.map(({ matches }, place) => sql`((${matches})::int::bigint << ${place}::int)`);
  const [only] = rules.length === 1 ? rules : [];
  // Of one group nobody is a member twice, so there is nothing to be summed up.
  const members = only
    ? sql`select m.user_no, 1::bigint as mask from allot.membership m
          where m.tenant_id = ${tenantId} and m.group_id = ${only.groupId} and ${within(tenantId, scope, sql`m.user_no`)}`
    : sql`select m.user_no, bit_or(1::bigint << (g.place - 1)::int) as mask
          from ${groupsOf(rules)} join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = g.id
          where ${within(tenantId, scope, sql`m.user_no`)} group by m.user_no`;
  return sql`
    select u.user_no, r.mask as is, coalesce(m.mask, 0) as was
    from allot.directory_user u
    left join (${members}) as m on m.user_no = u.user_no
    cross join lateral (select ${sql.join(bits, sql` | `)} as mask offset 0) as r
    where u.tenant_id = ${tenantId} and u.deleted_at is null and ${within(tenantId, scope, sql`u.user_no`)}
      and r.mask <> coalesce(m.mask, 0)`;
}

const groupsOf = (rules: readonly CompiledRule[]): RawBuilder<unknown> =>
  sql`unnest(${uuids(rules.map(({ groupId }) => groupId))}) with ordinality as g (id, place)`;

/** Makes members of exactly those whom the rules name, within the scope, by writing the difference only (L-26). */
export async function applyRules(
  trx: Handle,
  tenantId: string,
  rules: readonly CompiledRule[],
  scope: RuleScope | null,
): Promise<readonly MembershipDifference[]> {
  const { rows } = await sql<MembershipDifference>`
    with differing as materialized (${differingMembers(tenantId, rules, scope)}),
    changes as materialized (
      select g.id as group_id, d.user_no, (d.is >> (g.place - 1)::int) & 1 = 1 as comes
      from differing d join ${groupsOf(rules)} on ((d.is # d.was) >> (g.place - 1)::int) & 1 = 1
    ), come as (
      insert into allot.membership (tenant_id, group_id, user_no)
      select ${tenantId}, group_id, user_no from changes where comes
    ), gone as (
      delete from allot.membership m using changes c
      where not c.comes and m.tenant_id = ${tenantId} and m.group_id = c.group_id and m.user_no = c.user_no
    )
    select group_id as "groupId", count(*) filter (where comes) as come, count(*) filter (where not comes) as gone,
           array_to_string(array_agg(user_no), ',') as users
    from changes group by group_id order by group_id
  `.execute(trx);
  return rows;
}
