import { lockGroupsDeletedBefore, lockUsers, selectUsersDeletedBefore } from '@allot/store';
import type { Actor, Context } from '../context.ts';
import { inTenant } from '../licensing/in-tenant.ts';
import { hardDeleteGroupsIn, hardDeleteUsersIn } from './hard-delete.ts';
import { inTransaction } from './in-transaction.ts';

/** How long deleted users and groups can be restored. Graph's number. */
export const DELETED_DAYS = 30;
/** Users of one transaction: some 0.1 s in which the tenant's other plans wait. */
const USERS_PER_BATCH_MAX = 1_000;
/** A group may have a million members. */
const GROUPS_PER_BATCH_MAX = 10;

/** Who deletes what nobody restored, as the audit log names it. */
export const retentionActor: Actor = {
  kind: 'app',
  id: '0f5b7c3e-6f0b-4a55-9d0e-3c2f4a8d7b16',
  displayName: 'Allot directory retention',
};

/** Deletes users and groups for good that were deleted more than DELETED_DAYS ago, batch by batch. */
export async function purgeDeleted(ctx: Context): Promise<void> {
  while ((await purgeUsers(ctx)) === USERS_PER_BATCH_MAX);
  while ((await purgeGroups(ctx)) === GROUPS_PER_BATCH_MAX);
}

const purgeUsers = (ctx: Context): Promise<number> =>
  inTenant(ctx, async (trx) => {
    // Who restores a user holds it, too.
    await lockUsers(trx, ctx.tenantId);
    const users = await selectUsersDeletedBefore(trx, ctx.tenantId, DELETED_DAYS, USERS_PER_BATCH_MAX);
    if (users.length > 0) await hardDeleteUsersIn(ctx, trx, users);
    return users.length;
  });

const purgeGroups = (ctx: Context): Promise<number> =>
  inTransaction(ctx, async (trx) => {
    const groups = await lockGroupsDeletedBefore(trx, ctx.tenantId, DELETED_DAYS, GROUPS_PER_BATCH_MAX);
    if (groups.length > 0) await hardDeleteGroupsIn(ctx, trx, groups);
    return groups.length;
  });
