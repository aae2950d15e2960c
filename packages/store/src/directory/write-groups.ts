import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { groupAttributes } from './group-attributes.ts';
import { assignmentsOf } from './update-user.ts';

/** Creates a group. `values` by Graph's name; what is left out gets the default of its column. */
export async function insertGroup(
  trx: Handle,
  tenantId: string,
  id: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const given = Object.entries(values).flatMap(([name, value]) => {
    const column = groupAttributes.get(name.toLowerCase())?.column;
    return column === undefined || column === null ? [] : [{ column, value }];
  });
  await sql`
    insert into allot.directory_group (tenant_id, id, created_at, ${sql.join(given.map(({ column }) => sql.id(column)))})
    values (${tenantId}, ${id}, date_trunc('milliseconds', clock_timestamp()), ${sql.join(given.map(({ value }) => value))})
  `.execute(trx);
}

/** Writes attributes of one group; `values` by Graph's name. */
export async function updateGroupRow(
  trx: Handle,
  tenantId: string,
  groupId: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    update allot.directory_group set ${assignmentsOf(groupAttributes, values)}
    where tenant_id = ${tenantId} and id = ${groupId}
  `.execute(trx);
}

/** Holds these groups until the transaction ends; returns those that exist and are not deleted. Whoever changes their members waits. */
export async function lockGroups(
  trx: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  if (!groupIds.length) return [];
  const { rows } = await sql<{ id: string }>`
    select id from allot.directory_group
    where tenant_id = ${tenantId} and id = any(${groupIds}::uuid[]) and deleted_at is null order by id for no key update
  `.execute(trx);
  return rows.map(({ id }) => id);
}
