import type { Assignment, Held } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A user that is to be deleted for good. */
export interface DeletedUser {
  readonly userNo: number;
  readonly id: string;
  readonly displayName: string;
}

/** What is kept of the licenses of deleted users. */
export interface SavedLicenses {
  readonly userNos: readonly number[];
  /** What was asked for directly. */
  readonly direct: readonly Assignment[];
  readonly held: readonly Held[];
}

/**
 * Keeps licenses of deleted users for restoration, before their pointers go. Of these users those that are not deleted, or are so for good,
 * are left alone.
 */
export async function saveDeletedLicenses(
  trx: Handle,
  tenantId: string,
  saved: readonly SavedLicenses[],
): Promise<void> {
  if (saved.length === 0) return;
  const users = saved.flatMap(({ userNos }, no) => userNos.map((userNo) => ({ userNo, no })));
  await sql`
    insert into allot.deleted_user_license (tenant_id, user_no, direct, held)
    select u.tenant_id, u.user_no, l.direct, l.held
    from unnest(${users.map(({ userNo }) => userNo)}::bigint[], ${users.map(({ no }) => no)}::int[]) as t (user_no, no)
    join unnest(${saved.map((_, no) => no)}::int[], ${saved.map(({ direct }) => JSON.stringify(direct))}::jsonb[],
                ${saved.map(({ held }) => JSON.stringify(held))}::jsonb[]) as l (no, direct, held) using (no)
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = t.user_no and u.deleted_at is not null
    on conflict (tenant_id, user_no) do update set direct = excluded.direct, held = excluded.held
  `.execute(trx);
}

/** Forgets what was kept of users who have it again. */
export async function forgetDeletedLicenses(trx: Handle, tenantId: string, userNos: readonly number[]): Promise<void> {
  await sql`
    delete from allot.deleted_user_license where tenant_id = ${tenantId} and user_no = any(${userNos}::bigint[])
  `.execute(trx);
}

/** Says that the user is deleted no more. @param userPrincipalName a new one; undefined: the old one */
export async function markUserRestored(
  trx: Handle,
  tenantId: string,
  userNo: number,
  userPrincipalName?: string,
): Promise<void> {
  await sql`
    update allot.directory_user
    set deleted_at = null, user_principal_name = coalesce(${userPrincipalName ?? null}, user_principal_name)
    where tenant_id = ${tenantId} and user_no = ${userNo}
  `.execute(trx);
}

/** Users who were deleted more than so many days ago, at most `limit` of them. */
export async function selectUsersDeletedBefore(
  db: Handle,
  tenantId: string,
  days: number,
  limit: number,
): Promise<readonly DeletedUser[]> {
  const { rows } = await sql<DeletedUser>`
    select user_no as "userNo", id, display_name as "displayName"
    from allot.directory_user
    where tenant_id = ${tenantId} and deleted_at < clock_timestamp() - ${days} * interval '1 day'
    order by deleted_at, user_no limit ${limit}
  `.execute(db);
  return rows;
}

/**
 * Deletes every row of users that is neither history nor audit; whom they managed has no manager. The caller has settled that they are gone, so that no seat, pointer or
 * place in the line is theirs.
 */
export async function removeUsers(trx: Handle, tenantId: string, userNos: readonly number[]): Promise<void> {
  await sql`
    update allot.directory_user set manager_no = null where tenant_id = ${tenantId} and manager_no = any(${userNos}::bigint[])
  `.execute(trx);
  for (const table of tablesOfUsers) {
    await sql`
      delete from ${sql.table(`allot.${table}`)} where tenant_id = ${tenantId} and user_no = any(${userNos}::bigint[])
    `.execute(trx);
  }
}

/** Tables with rows of a user, the user's own last. */
const tablesOfUsers = [
  'membership',
  'group_owner',
  'user_address',
  'deleted_user_license',
  'pending_user',
  'pending_rule',
  'directory_user',
] as const;
