import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface PlacedUser {
  readonly userNo: number;
  readonly id: string;
  /** null: in no cohort, nothing is licensed. */
  readonly cohortNo: number | null;
}

/** In which cohort users are. Users who do not exist or are deleted are left out. */
export async function loadPlaces(db: Handle, tenantId: string, userNos: readonly number[]): Promise<PlacedUser[]> {
  const { rows } = await sql<PlacedUser>`
    select u.user_no as "userNo", u.id, uc.cohort_id as "cohortNo"
    from allot.directory_user u
    left join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    where u.tenant_id = ${tenantId} and u.user_no = any(${userNos}::bigint[]) and u.deleted_at is null
    order by u.user_no
  `.execute(db);
  return rows;
}

export interface UserForLicensing {
  readonly userNo: number;
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string | null;
}

/**
 * @param ref id (UUID) or user principal name
 * @param deleted also who is deleted and can be restored; named by id alone, because the name may be another's now
 */
export async function findUser(
  db: Handle,
  tenantId: string,
  ref: string,
  { deleted = false }: { readonly deleted?: boolean } = {},
): Promise<UserForLicensing | undefined> {
  const byId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(ref);
  const { rows } = await sql<UserForLicensing>`
    select user_no as "userNo", id, display_name as "displayName", user_principal_name as "userPrincipalName",
           usage_location as "usageLocation"
    from allot.directory_user
    where tenant_id = ${tenantId} and ${deleted && byId ? sql<boolean>`true` : sql<boolean>`deleted_at is null`}
      and ${byId ? sql<boolean>`id = ${ref}` : sql<boolean>`lower(user_principal_name) = lower(${ref})`}
  `.execute(db);
  return rows[0];
}
