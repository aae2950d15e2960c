import { notFound } from '@allot/contract';
import {
  type DeletedGroup,
  type DeletedUser,
  type Handle,
  insertAudit,
  lockUsers,
  removeGroupRoles,
  removeGroups,
  removePeople,
  removeUsers,
  selectGroup,
  selectUser,
} from '@allot/store';
import type { Context } from '../context.ts';
import { inTenant } from '../licensing/in-tenant.ts';
import { settleUsers } from '../licensing/settle-users.ts';
import { groupEntry, userEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { textOf } from './row-values.ts';

/** Deletes a deleted user for good. @throws ApiError 404 */
export async function hardDeleteUser(ctx: Context, userId: string): Promise<void> {
  await inTenant(ctx, async (trx) => {
    await lockUsers(trx, ctx.tenantId);
    const user = await selectUser(trx, ctx.tenantId, userId, ['displayName'], { lock: true, deleted: true });
    if (user === undefined) throw notFound(userId);
    const { userNo, id } = user;
    await hardDeleteUsersIn(ctx, trx, [{ userNo, id, displayName: textOf(user, 'displayName') ?? id }]);
  });
}

/** The same for users who are deleted, in a transaction of `inTenant`. History and audit stay. */
export async function hardDeleteUsersIn(ctx: Context, trx: Handle, users: readonly DeletedUser[]): Promise<void> {
  const userNos = users.map(({ userNo }) => userNo);
  // Their licenses may still be theirs if they were deleted a moment ago.
  await settleUsers(ctx, trx, userNos, 'Hard Delete user');
  await removeUsers(trx, ctx.tenantId, userNos);
  await removePeople(
    trx,
    ctx.tenantId,
    users.map(({ id }) => id),
  );
  await insertAudit(
    trx,
    ctx.tenantId,
    users.map((user) => userEntry(ctx, 'Hard Delete user', user)),
  );
}

/** Deletes a deleted group for good. @throws ApiError 404 */
export async function hardDeleteGroup(ctx: Context, groupId: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName'], { lock: 'update', deleted: true });
    if (group === undefined) throw notFound(groupId);
    await hardDeleteGroupsIn(ctx, trx, [{ id: group.id, displayName: textOf(group, 'displayName') ?? group.id }]);
  });
}

/** The same for groups that are deleted, in a transaction that holds their rows. */
export async function hardDeleteGroupsIn(ctx: Context, trx: Handle, groups: readonly DeletedGroup[]): Promise<void> {
  const ids = groups.map(({ id }) => id);
  await removeGroups(trx, ctx.tenantId, ids);
  await removeGroupRoles(trx, ctx.tenantId, ids);
  await insertAudit(
    trx,
    ctx.tenantId,
    groups.map((group) => groupEntry(ctx, 'Hard Delete group', group)),
  );
}
