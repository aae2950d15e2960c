import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuids } from './array-literals.ts';

/**
 * Rows (group_id, member_of): users who are members of `member_of` inherit from `group_id`. Each group gives to its own members,
 * and one whose inheritance is transitive also to those of the groups nested in it, however deep (L-23). A group is reached once, so
 * cycles end. A deleted group passes nothing on.
 */
export const inheritance = (tenantId: string, groupIds: readonly string[]): RawBuilder<unknown> => sql`
  with recursive inherits (group_id, member_of) as (
    select g.id, g.id from unnest(${uuids(groupIds)}) as g (id)
    union
    select i.group_id, n.member_id
    from inherits i
    join allot.group_licensing l
      on l.tenant_id = ${tenantId} and l.group_id = i.group_id and l.license_inheritance = 'transitive'
    join allot.group_member n on n.tenant_id = ${tenantId} and n.group_id = i.member_of
    join allot.directory_group d on d.tenant_id = ${tenantId} and d.id = n.member_id and d.deleted_at is null
  )
  select group_id, member_of from inherits`;

/** Whether members of nested groups inherit from any of these groups. */
export async function inheritsNested(db: Handle, tenantId: string, groupIds: readonly string[]): Promise<boolean> {
  if (!groupIds.length) return false;
  const { rows } = await sql`
    select from (${inheritance(tenantId, groupIds)}) as i where group_id <> member_of limit 1
  `.execute(db);
  return rows.length > 0;
}

/**
 * The licensed groups that give to members of these groups through nesting: of these and of those above them the ones whose inheritance
 * is transitive. What is deleted in between does not matter.
 */
export async function findTransitiveAbove(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above (id) as (
      select g.id from unnest(${uuids(groupIds)}) as g (id)
      union
      select n.group_id from above a join allot.group_member n on n.tenant_id = ${tenantId} and n.member_id = a.id
    )
    select a.id from above a
    join allot.group_licensing l on l.tenant_id = ${tenantId} and l.group_id = a.id and l.license_inheritance = 'transitive'
    where exists (select from allot.group_license g where g.tenant_id = ${tenantId} and g.group_id = a.id)
       or exists (select from allot.settled_license s where s.tenant_id = ${tenantId} and s.group_id = a.id)
    order by a.id
  `.execute(db);
  return rows.map(({ id }) => id);
}
