import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A role that a person has. */
export interface RoleAssignmentRow {
  readonly id: string;
  readonly principalId: string;
  readonly roleId: string;
  /** Null: everywhere; otherwise only for what concerns this group. */
  readonly groupId: string | null;
}

/** The roles of a tenant's persons, or of one of them, oldest first. */
export async function listRoleAssignments(
  db: Handle,
  tenantId: string,
  principalId?: string,
): Promise<readonly RoleAssignmentRow[]> {
  const { rows } = await sql<RoleAssignmentRow>`
    select id, principal_id as "principalId", role_id as "roleId", group_id as "groupId"
    from allot.role_assignment
    where tenant_id = ${tenantId} ${principalId === undefined ? sql`` : sql`and principal_id = ${principalId}`}
    order by created_at, id
  `.execute(db);
  return rows;
}

/** @returns false when the person has exactly this already */
export async function insertRoleAssignment(db: Handle, tenantId: string, row: RoleAssignmentRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into allot.role_assignment (tenant_id, id, principal_id, role_id, group_id)
    values (${tenantId}, ${row.id}, ${row.principalId}, ${row.roleId}, ${row.groupId})
    on conflict do nothing
  `.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteRoleAssignment(db: Handle, tenantId: string, id: string): Promise<void> {
  await sql`delete from allot.role_assignment where tenant_id = ${tenantId} and id = ${id}`.execute(db);
}

/** One after the other, so that of two administrators who take each other's role one keeps it. */
export async function lockRoles(trx: Handle, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`allot roles ${tenantId}`}, 0))`.execute(trx);
}
