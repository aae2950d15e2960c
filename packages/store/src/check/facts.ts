import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { FactSources } from '../licensing/derive-facts.ts';
import { type Differences, listDifferences } from './differences.ts';
import { groupNotPending, userNotPending } from './not-pending.ts';
import type { PointerRow } from './pointers.ts';

export interface PlaceRow extends PointerRow {
  readonly stored: string;
  readonly derived: string;
}

/** Users whose cohort is in another place than their usage location says (L-10). */
export const findOtherPlaces = (
  db: Handle,
  tenantId: string,
  { places, defaultUsageLocation }: Pick<FactSources, 'places' | 'defaultUsageLocation'>,
): Promise<Differences<PlaceRow>> =>
  listDifferences(
    db,
    sql`
    select u.user_no as "userNo", u.id as "userId", c.cohort_id as "cohortNo", c.place as stored, coalesce(p.place, '') as derived
    from allot.directory_user u
    join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    left join unnest(${[...places.keys()]}::text[], ${[...places.values()]}::text[]) as p (country, place)
      on p.country = coalesce(u.usage_location, ${defaultUsageLocation})
    where u.tenant_id = ${tenantId} and u.deleted_at is null and c.place <> coalesce(p.place, '')
      and ${userNotPending(tenantId, sql`u.user_no`)}`,
  );

export interface AddressRow extends PointerRow {
  /** Whether the cohort says that the user shares an address. */
  readonly stored: boolean;
}

/**
 * Users whose cohort says otherwise than the addresses whether they share one (L-11). Addresses are grouped, not joined with
 * themselves: one that thousands share would make millions of pairs.
 */
export const findOtherAddresses = (db: Handle, tenantId: string): Promise<Differences<AddressRow>> =>
  listDifferences(
    db,
    sql`
    with twice as (
      select address from allot.user_address where tenant_id = ${tenantId} group by address having count(*) > 1
    ), living as (
      select a.user_no, count(*) over (partition by a.address) as users
      from twice
      join allot.user_address a on a.tenant_id = ${tenantId} and a.address = twice.address
      join allot.directory_user u on u.tenant_id = a.tenant_id and u.user_no = a.user_no and u.deleted_at is null
    ), sharing as (
      select distinct user_no from living where users > 1
    )
    select u.user_no as "userNo", u.id as "userId", c.cohort_id as "cohortNo", c.shares_address as stored
    from allot.directory_user u
    join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    left join sharing s on s.user_no = u.user_no
    where u.tenant_id = ${tenantId} and u.deleted_at is null and c.shares_address <> (s.user_no is not null)
      and ${userNotPending(tenantId, sql`u.user_no`)}`,
  );

export interface GroupFactRow extends PointerRow {
  readonly groupId: string;
  /** true: the cohort names the group, and the user inherits nothing from it; false: the other way round. */
  readonly stored: boolean;
}

/**
 * Users whose cohort names other licensed groups than they are members of. Memberships are counted by cohort and group, and only
 * where a count differs are users looked at.
 */
export const findOtherGroups = (db: Handle, tenantId: string): Promise<Differences<GroupFactRow>> =>
  listDifferences(
    db,
    sql`
    with recursive licensed as (
      select distinct group_id from allot.settled_license l
      where tenant_id = ${tenantId} and ${groupNotPending(tenantId, sql`l.group_id`)}
    ), inherits (group_id, member_of) as (
      select group_id, group_id from licensed
      union
      select i.group_id, n.member_id
      from inherits i
      join allot.group_licensing g
        on g.tenant_id = ${tenantId} and g.group_id = i.group_id and g.license_inheritance = 'transitive'
      join allot.group_member n on n.tenant_id = ${tenantId} and n.group_id = i.member_of
      join allot.directory_group d on d.tenant_id = ${tenantId} and d.id = n.member_id and d.deleted_at is null
    ), settled as (
      select uc.user_no, uc.cohort_id from allot.user_cohort uc
      where uc.tenant_id = ${tenantId} and ${userNotPending(tenantId, sql`uc.user_no`)}
    ), sizes as (
      select cohort_id, count(*) as users from settled group by cohort_id
    ), counted as (
      select s.cohort_id, i.group_id, count(distinct s.user_no) as users
      from inherits i
      join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = i.member_of
      join settled s on s.user_no = m.user_no
      group by s.cohort_id, i.group_id
    ), named as (
      select c.cohort_id, g.group_id, licensed.group_id is not null as licensed
      from allot.cohort c cross join lateral unnest(c.groups) as g (group_id) left join licensed on licensed.group_id = g.group_id
      where c.tenant_id = ${tenantId} and ${groupNotPending(tenantId, sql`g.group_id`)}
    ), differing as materialized (
      select cohort_id, group_id, named.cohort_id is not null as stored, coalesce(named.licensed, true) as licensed
      from named full join counted using (cohort_id, group_id) join sizes using (cohort_id)
      where coalesce(counted.users, 0) <> case when named.cohort_id is null then 0 else sizes.users end
    )
    select s.user_no as "userNo", u.id as "userId", d.cohort_id as "cohortNo", d.group_id as "groupId", d.stored
    from differing d
    join settled s on s.cohort_id = d.cohort_id
    left join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = s.user_no
    cross join lateral (select exists (
      select from inherits i join allot.membership m on m.tenant_id = ${tenantId} and m.group_id = i.member_of
      where i.group_id = d.group_id and m.user_no = s.user_no) as inherits) as now
    where d.stored = (not now.inherits or not d.licensed)`,
  );
