import { notFound } from '@allot/contract';
import {
  insertAudit,
  lockUsers,
  markUserDeleted,
  notePendingRules,
  notePendingUsers,
  selectUser,
  selectUsersSharing,
} from '@allot/store';
import type { Context } from '../context.ts';
import { userEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { textOf } from './row-values.ts';

/**
 * Deletes a user so that it can be restored. Its licenses go, and who shared an address with it no longer does (L-11).
 * @param ref id or user principal name
 * @throws ApiError 404
 */
export async function deleteUser(ctx: Context, ref: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    await lockUsers(trx, ctx.tenantId);
    const user = await selectUser(trx, ctx.tenantId, ref, ['displayName'], { lock: true });
    if (user === undefined) throw notFound(ref);
    await markUserDeleted(trx, ctx.tenantId, user.userNo);
    const sharing = await selectUsersSharing(trx, ctx.tenantId, user.userNo);
    const displayName = textOf(user, 'displayName') ?? user.id;
    await insertAudit(trx, ctx.tenantId, [userEntry(ctx, 'Delete user', { id: user.id, displayName })]);
    await notePendingUsers(trx, ctx.tenantId, [user.userNo], 'membership', ctx.correlationId);
    await notePendingRules(trx, ctx.tenantId, 'everybody', { reads: [`manager:${user.id}`] }, ctx.correlationId);
    await notePendingUsers(trx, ctx.tenantId, sharing, 'attribute', ctx.correlationId);
  });
}
