import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Creates the groups that are new: static security groups. */
export async function insertStagedGroups(trx: Handle, tenantId: string): Promise<void> {
  await sql`
    insert into allot.directory_group (tenant_id, id, created_at, display_name, description, mail_nickname)
    select ${tenantId}, group_id, date_trunc('milliseconds', clock_timestamp()), display_name, description, mail_nickname
    from staged_group where is_new
  `.execute(trx);
}

/** Gives groups that exist the description of the file; returns the ids of those that had another. */
export async function updateDescriptions(trx: Handle, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update allot.directory_group g set description = s.description
    from staged_group s
    where g.tenant_id = ${tenantId} and g.id = s.group_id and not s.is_new and g.description is distinct from s.description
    returning g.id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Makes the user members of the staged groups those of the file: only the difference is written, and noted in
 * `staged_change`. Groups that are members stay. Returns the ids of groups of which a member came or went.
 */
export async function applyMemberships(trx: Handle, tenantId: string): Promise<string[]> {
  await sql`
    with gone as (
      delete from allot.membership m using staged_group g
      where m.tenant_id = ${tenantId} and m.group_id = g.group_id and not g.is_new
        and not exists (select from staged_membership s where s.line = g.line and s.user_no = m.user_no)
      returning m.group_id, m.user_no
    ), come as (
      insert into allot.membership (tenant_id, group_id, user_no)
      select ${tenantId}, g.group_id, s.user_no from staged_membership s join staged_group g using (line)
      order by g.group_id, s.user_no
      on conflict do nothing
      returning group_id, user_no
    )
    insert into staged_change (group_id, user_no) select * from gone union all select * from come
  `.execute(trx);
  await sql`analyze staged_change`.execute(trx);
  const { rows } = await sql<{ id: string }>`select distinct group_id as id from staged_change`.execute(trx);
  return rows.map(({ id }) => id);
}
