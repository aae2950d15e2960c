import { type RawBuilder, sql } from 'kysely';

/** What is accepted and not settled yet is no difference: users and groups that are pending are left out of comparisons. */
export const userNotPending = (tenantId: string, userNo: RawBuilder<unknown>): RawBuilder<boolean> => sql`not exists (
  select from allot.pending_user pu where pu.tenant_id = ${tenantId} and pu.user_no = ${userNo})`;

export const groupNotPending = (tenantId: string, groupId: RawBuilder<unknown>): RawBuilder<boolean> => sql`not exists (
  select from allot.pending_group pg where pg.tenant_id = ${tenantId} and pg.group_id = ${groupId})`;
