import type { Assignment, Held } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { inheritance } from './inheritance.ts';

/** Facts of a user as the directory has them now; direct assignments are in the cohort, or were kept while the user was deleted. */
export interface DerivedFacts {
  readonly userNo: number;
  /** null: the user is in no cohort yet. */
  readonly from: number | null;
  /** The user is deleted. */
  readonly gone: boolean;
  readonly place: string;
  readonly sharesAddress: boolean;
  /** Sorted. */
  readonly groups: readonly string[];
  /** Of a user who was deleted: what was asked for directly, and what was in force; null: nothing is kept. */
  readonly savedDirect: readonly Assignment[] | null;
  readonly savedHeld: readonly Held[] | null;
}

export interface FactSources {
  /** Countries that a location rule names, with their place (L-10). Other countries have the place ''. */
  readonly places: ReadonlyMap<string, string>;
  readonly defaultUsageLocation: string | null;
  /** Groups that license their members. */
  readonly licensedGroupIds: readonly string[];
}

export async function deriveFacts(
  trx: Handle,
  tenantId: string,
  userNos: readonly number[],
  sources: FactSources,
): Promise<DerivedFacts[]> {
  const { rows } = await sql<DerivedFacts>`
    select t.user_no as "userNo", uc.cohort_id as "from", u.user_no is null or u.deleted_at is not null as gone,
           coalesce(p.place, '') as place,
           exists (
             select from allot.user_address a
             join allot.user_address b on b.tenant_id = a.tenant_id and b.address = a.address and b.user_no <> a.user_no
             join allot.directory_user o on o.tenant_id = b.tenant_id and o.user_no = b.user_no and o.deleted_at is null
             where a.tenant_id = ${tenantId} and a.user_no = t.user_no
           ) as "sharesAddress",
           coalesce(g.groups, '{}') as groups,
           d.direct as "savedDirect", d.held as "savedHeld"
    from unnest(${userNos}::bigint[]) as t (user_no)
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = t.user_no
    left join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.user_no = t.user_no
    left join allot.deleted_user_license d on d.tenant_id = ${tenantId} and d.user_no = t.user_no
    left join (
      select m.user_no, array_agg(distinct i.group_id order by i.group_id) as groups
      from allot.membership m
      join (${inheritance(tenantId, sources.licensedGroupIds)}) as i on i.member_of = m.group_id
      where m.tenant_id = ${tenantId} and m.user_no = any(${userNos}::bigint[])
      group by m.user_no
    ) as g on g.user_no = t.user_no
    left join unnest(${[...sources.places.keys()]}::text[], ${[...sources.places.values()]}::text[]) as p (country, place)
      on p.country = coalesce(u.usage_location, ${sources.defaultUsageLocation})
    order by t.user_no
  `.execute(trx);
  return rows;
}
