import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences, type NamedUser } from './differences.ts';

export interface OwnerRow extends NamedUser {
  readonly groupId: string;
  /** False: there is no such group, deleted or not. */
  readonly groupExists: boolean;
}

/** Owners who are not there, or own what is not there. Deleted users and groups are: they may be restored. */
export const findStrayOwners = (db: Handle, tenantId: string): Promise<Differences<OwnerRow>> =>
  listDifferences(
    db,
    sql`
    select o.user_no as "userNo", u.id as "userId", o.group_id as "groupId", g.id is not null as "groupExists"
    from allot.group_owner o
    left join allot.directory_user u on u.tenant_id = o.tenant_id and u.user_no = o.user_no
    left join allot.directory_group g on g.tenant_id = o.tenant_id and g.id = o.group_id
    where o.tenant_id = ${tenantId} and (u.user_no is null or g.id is null)`,
  );

export interface RoleRow {
  readonly assignmentId: string;
  readonly principalId: string;
  readonly principalExists: boolean;
  /** Null: the role is for no group, but everywhere. */
  readonly groupId: string | null;
}

/** Roles of people who are not there, or for groups that are not there. */
export const findStrayRoles = (db: Handle, tenantId: string): Promise<Differences<RoleRow>> =>
  listDifferences(
    db,
    sql`
    select r.id as "assignmentId", r.principal_id as "principalId", r.group_id as "groupId",
      coalesce(u.id, a.id) is not null as "principalExists"
    from allot.role_assignment r
    left join allot.directory_user u on u.tenant_id = r.tenant_id and u.id = r.principal_id
    left join allot.account a on a.tenant_id = r.tenant_id and a.id = r.principal_id
    left join allot.directory_group g on g.tenant_id = r.tenant_id and g.id = r.group_id
    where r.tenant_id = ${tenantId} and (coalesce(u.id, a.id) is null or (r.group_id is not null and g.id is null))`,
  );
