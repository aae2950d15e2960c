import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** What only the directory or the whole file can tell of a staged group. */
export interface GroupConflict {
  readonly line: number;
  /** nameTwice: an earlier line has the name. nameShared: several groups of the directory do. dynamic: members follow a rule. */
  readonly kind: 'nameTwice' | 'nameShared' | 'dynamic';
  /** The earlier line, or the number of groups. */
  readonly other: number;
}

/**
 * Finds the groups that exist already, by display name, gives the others an id, and tells which rows cannot be imported.
 * @param membersStated whether the file says who the members are
 */
export async function matchGroups(trx: Handle, tenantId: string, membersStated: boolean): Promise<GroupConflict[]> {
  await sql`analyze staged_group`.execute(trx);
  // Nobody deletes or renames them from here on.
  await sql`
    select from allot.directory_group g
    where g.tenant_id = ${tenantId} and g.deleted_at is null and g.display_name_folded in (select lower(display_name) from staged_group)
    order by g.id for no key update
  `.execute(trx);
  const { rows } = await sql<GroupConflict>`
    with named as (
      select s.line, g.id, g.group_types && array['DynamicMembership'] as dynamic,
             min(s.line) over (partition by lower(s.display_name)) as first_line,
             count(g.id) over (partition by s.line) as others
      from staged_group s
      left join allot.directory_group g
        on g.tenant_id = ${tenantId} and g.display_name_folded = lower(s.display_name) and g.deleted_at is null
    ), matched as (
      update staged_group s set group_id = coalesce(n.id, gen_random_uuid()), is_new = n.id is null
      from named n where n.line = s.line
    )
    select distinct line,
           case when line <> first_line then 'nameTwice' when others > 1 then 'nameShared' else 'dynamic' end as kind,
           (case when line <> first_line then first_line else others end)::int as other
    from named
    where line <> first_line or others > 1 or dynamic and ${membersStated}
    order by line
  `.execute(trx);
  return rows;
}

/** Members of one line that no user of the directory is called. */
export interface UnknownMember {
  readonly line: number;
  readonly userPrincipalName: string;
  /** How many of this line are unknown. */
  readonly count: number;
}

/** A line may name a million strangers; the first few show what is wrong. */
export const UNKNOWN_MEMBERS_SHOWN_MAX = 20;

/** Finds the users behind the names, in `staged_membership`, and tells which names are nobody's. */
export async function matchMembers(trx: Handle, tenantId: string): Promise<UnknownMember[]> {
  await sql`analyze staged_member`.execute(trx);
  await sql`
    insert into staged_membership (line, user_no)
    select distinct m.line, u.user_no
    from staged_member m
    join allot.directory_user u
      on u.tenant_id = ${tenantId} and u.user_principal_name_folded = lower(m.user_principal_name) and u.deleted_at is null
  `.execute(trx);
  await sql`analyze staged_membership`.execute(trx);
  const { rows } = await sql<UnknownMember>`
    select line, user_principal_name as "userPrincipalName", count
    from (
      select m.line, m.user_principal_name, count(*) over (partition by m.line) as count,
             row_number() over (partition by m.line order by m.user_principal_name) as no
      from staged_member m
      where not exists (
        select from allot.directory_user u
        where u.tenant_id = ${tenantId} and u.user_principal_name_folded = lower(m.user_principal_name) and u.deleted_at is null)
    ) as unknown
    where no <= ${UNKNOWN_MEMBERS_SHOWN_MAX}
    order by line, no
  `.execute(trx);
  return rows;
}

/** A staged group, once it is matched. */
export interface StagedGroupRow {
  readonly line: number;
  readonly groupId: string;
  readonly isNew: boolean;
  readonly displayName: string;
  /** Of the group that exists; a new one is a security group. */
  readonly securityEnabled: boolean;
}

export async function listStagedGroups(trx: Handle, tenantId: string): Promise<StagedGroupRow[]> {
  const { rows } = await sql<StagedGroupRow>`
    select s.line, s.group_id as "groupId", s.is_new as "isNew", coalesce(g.display_name, s.display_name) as "displayName",
           coalesce(g.security_enabled, true) as "securityEnabled"
    from staged_group s
    left join allot.directory_group g on g.tenant_id = ${tenantId} and g.id = s.group_id
    order by s.line
  `.execute(trx);
  return rows;
}
