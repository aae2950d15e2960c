import { badRequest, notFound } from '@allot/contract';
import {
  forgetDeletedLicenses,
  insertAudit,
  isUniqueNameTaken,
  isUserPrincipalNameTaken,
  lockUsers,
  markGroupRestored,
  markUserRestored,
  notePendingAbove,
  notePendingRules,
  notePendingUsers,
  selectGroup,
  selectUser,
  selectUsersSharing,
} from '@allot/store';
import type { Context } from '../context.ts';
import { inTenant } from '../licensing/in-tenant.ts';
import { settleUsers } from '../licensing/settle-users.ts';
import { groupEntry, modifiedProperties, userEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { duplicateUniqueName } from './property-errors.ts';
import { textOf } from './row-values.ts';
import { userPrincipalName as readUserPrincipalName } from './value-readers.ts';

/**
 * Brings a deleted user back with its memberships, addresses and direct assignments, and settles its licenses in the call (L-16). What
 * cannot be granted any more shows as an error of its own: the intent is not lost.
 * @param newUserPrincipalName where another user has its name now
 * @throws ApiError 404, or 400 when another user has its name
 */
export async function restoreUser(ctx: Context, userId: string, newUserPrincipalName?: unknown): Promise<void> {
  const { tenantId } = ctx;
  const sent = newUserPrincipalName ?? undefined;
  // What the reader lets through is a text.
  const name = sent === undefined ? undefined : String(readUserPrincipalName(sent, 'newUserPrincipalName'));
  await inTenant(ctx, async (trx) => {
    await lockUsers(trx, tenantId);
    const properties = ['displayName', 'userPrincipalName', 'deletedDateTime'];
    const user = await selectUser(trx, tenantId, userId, properties, { lock: true, deleted: true });
    if (user === undefined) throw notFound(userId);
    await markUserRestored(trx, tenantId, user.userNo, name).catch((error: unknown) => {
      throw isUserPrincipalNameTaken(error) ? nameTaken() : error;
    });
    await settleUsers(ctx, trx, [user.userNo], 'Restore user');
    await forgetDeletedLicenses(trx, tenantId, [user.userNo]);
    const displayName = textOf(user, 'displayName') ?? user.id;
    const modified = modifiedProperties(user, {
      deletedDateTime: null,
      ...(name === undefined ? {} : { userPrincipalName: name }),
    });
    await insertAudit(trx, tenantId, [userEntry(ctx, 'Restore user', { id: user.id, displayName }, modified)]);
    await notePendingRules(trx, tenantId, { userNos: [user.userNo] }, 'all', ctx.correlationId);
    await notePendingRules(trx, tenantId, 'everybody', { reads: [`manager:${user.id}`] }, ctx.correlationId);
    await notePendingUsers(
      trx,
      tenantId,
      await selectUsersSharing(trx, tenantId, user.userNo),
      'attribute',
      ctx.correlationId,
    );
  });
}

/** Brings a deleted group back with its members and settings; it had no licenses. @throws ApiError 404, or 400 when another group has its unique name */
export async function restoreGroup(ctx: Context, groupId: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const properties = ['displayName', 'deletedDateTime'];
    const group = await selectGroup(trx, ctx.tenantId, groupId, properties, { lock: 'update', deleted: true });
    if (group === undefined) throw notFound(groupId);
    await markGroupRestored(trx, ctx.tenantId, group.id).catch((error: unknown) => {
      throw isUniqueNameTaken(error) ? duplicateUniqueName() : error;
    });
    await notePendingAbove(trx, ctx.tenantId, [group.id], ctx.correlationId);
    await notePendingRules(trx, ctx.tenantId, 'everybody', { groupId: group.id }, ctx.correlationId);
    await notePendingRules(trx, ctx.tenantId, 'everybody', { reads: [`memberof:${group.id}`] }, ctx.correlationId);
    const named = { id: group.id, displayName: textOf(group, 'displayName') ?? group.id };
    const modified = modifiedProperties(group, { deletedDateTime: null });
    await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Restore group', named, modified)]);
  });
}

const nameTaken = () =>
  badRequest(
    'Another object with the same value for property userPrincipalName already exists.',
    'Restore with a newUserPrincipalName in the body, or rename or delete the user who has the name now, then restore.',
    'NameInUse',
  );
