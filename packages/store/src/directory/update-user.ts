import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { AttributeTable } from './attributes.ts';
import { userAttributes } from './user-attributes.ts';

/** Writes attributes of one user; `values` by Graph's name. */
export async function updateUserRow(
  trx: Handle,
  tenantId: string,
  userNo: number,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    update allot.directory_user set ${assignmentsOf(userAttributes, values)}
    where tenant_id = ${tenantId} and user_no = ${userNo}
  `.execute(trx);
}

/** `column = value, …` for the attributes named; there is at least one. */
export function assignmentsOf(
  attributes: AttributeTable,
  values: Readonly<Record<string, unknown>>,
): RawBuilder<unknown> {
  const assignments = Object.entries(values).map(([name, value]) => {
    const column = attributes.get(name.toLowerCase())?.column ?? null;
    if (column === null) throw new Error(`'${name}' is no attribute that can be written.`);
    return sql`${sql.id(column)} = ${value}`;
  });
  return sql.join(assignments);
}

/** Says that the user is deleted; its row, memberships and addresses stay for restoration. */
export async function markUserDeleted(trx: Handle, tenantId: string, userNo: number): Promise<void> {
  await sql`
    update allot.directory_user set deleted_at = clock_timestamp() where tenant_id = ${tenantId} and user_no = ${userNo}
  `.execute(trx);
}
