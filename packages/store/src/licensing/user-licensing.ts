import { type RawBuilder, sql } from 'kysely';
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

/** @param ref id (UUID) or user principal name */
export const findUser = (db: Handle, tenantId: string, ref: string): Promise<UserForLicensing | undefined> =>
  select(db, tenantId, sql`deleted_at is null and ${isId(ref) ? byId(ref) : byName(ref)}`);

/** The same, and by id also a user who is deleted and can be restored: names of these may be another's by now. */
export const findUserOrDeleted = (db: Handle, tenantId: string, ref: string): Promise<UserForLicensing | undefined> =>
  isId(ref) ? select(db, tenantId, byId(ref)) : findUser(db, tenantId, ref);

async function select(db: Handle, tenantId: string, which: RawBuilder<unknown>): Promise<UserForLicensing | undefined> {
  const { rows } = await sql<UserForLicensing>`
    select user_no as "userNo", id, display_name as "displayName", user_principal_name as "userPrincipalName",
           usage_location as "usageLocation"
    from allot.directory_user
    where tenant_id = ${tenantId} and ${which}
  `.execute(db);
  return rows[0];
}

const isId = (ref: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(ref);
const byId = (id: string) => sql`id = ${id}`;
const byName = (name: string) => sql`user_principal_name_folded = lower(${name})`;
