import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { isUniqueViolation } from './insert-users.ts';

/** The id of the group with this unique name, compared without case, unless deleted. */
export async function findGroupByUniqueName(db: Handle, tenantId: string, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from allot.directory_group
    where tenant_id = ${tenantId} and lower(unique_name) = lower(${name}::text) and deleted_at is null
  `.execute(db);
  return rows[0]?.id;
}

/** Whether a statement failed because another group of the tenant, not deleted, has the same unique name. */
export const isUniqueNameTaken = (error: unknown): boolean => isUniqueViolation(error, 'directory_group_unique_name');

/** Whether another group than this has the mail nickname, compared without case; deleted ones left out. */
export async function isMailNicknameTaken(
  db: Handle,
  tenantId: string,
  mailNickname: string,
  exceptGroupId: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (
      select from allot.directory_group
      where tenant_id = ${tenantId} and lower(mail_nickname) = lower(${mailNickname}::text) and deleted_at is null
        and id is distinct from ${exceptGroupId}::uuid
    ) as taken
  `.execute(db);
  return rows[0]?.taken ?? false;
}
