import { badRequest, notFound } from '@allot/contract';
import {
  countDirectReports,
  insertAudit,
  notePendingRules,
  selectDirectReports,
  selectManager,
  selectUser,
  setManager,
  type UserRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import { userEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { textOf } from './row-values.ts';

/** The manager of a user. @param ref id or user principal name @throws ApiError 404 also where there is none */
export async function readManager(ctx: Context, ref: string, properties: readonly string[]): Promise<UserRow> {
  const manager = await findManager(ctx, ref, properties);
  if (manager === undefined) throw notFound('manager');
  return manager;
}

/** The same, and undefined where there is none. @throws ApiError 404 when there is no such user */
export async function findManager(
  ctx: Context,
  ref: string,
  properties: readonly string[],
): Promise<UserRow | undefined> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  return selectManager(ctx.db, ctx.tenantId, user.userNo, properties);
}

/**
 * Gives a user a manager, or none.
 * @param managerId undefined: none
 * @throws ApiError 404, or 400 when somebody is to manage themselves
 */
export async function changeManager(ctx: Context, ref: string, managerId: string | undefined): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const { tenantId } = ctx;
    const user = await selectUser(trx, tenantId, ref, ['displayName'], { lock: true });
    if (user === undefined) throw notFound(ref);
    const before = await selectManager(trx, tenantId, user.userNo, ['displayName']);
    const manager = managerId === undefined ? undefined : await selectUser(trx, tenantId, managerId, ['displayName']);
    if (managerId !== undefined && manager === undefined) throw notFound(managerId);
    if (managerId === undefined && before === undefined) throw notFound('manager');
    if (manager?.userNo === user.userNo)
      throw badRequest('A user cannot be their own manager.', 'Send the id of another user.', 'OwnManager');
    if (before?.userNo === manager?.userNo) return;
    await setManager(trx, tenantId, user.userNo, manager?.userNo ?? null);
    const named = { id: user.id, displayName: textOf(user, 'displayName') ?? user.id };
    const modified = {
      displayName: 'manager',
      oldValue: JSON.stringify(before?.id ?? null),
      newValue: JSON.stringify(manager?.id ?? null),
    };
    const activity = manager === undefined ? 'Remove user manager' : 'Set user manager';
    await insertAudit(trx, tenantId, [userEntry(ctx, activity, named, [modified])]);
    await notePendingRules(trx, tenantId, { userNos: [user.userNo] }, { reads: ['manager'] }, ctx.correlationId);
  });
}

/** One page of the users whom a user manages. @param ref id or user principal name @throws ApiError 404 */
export async function listDirectReports(
  ctx: Context,
  ref: string,
  { properties, after, top, count }: Pick<ListRequest, 'properties' | 'after' | 'top' | 'count'>,
): Promise<ListAnswer<UserRow>> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  const page = await selectDirectReports(ctx.db, ctx.tenantId, user.userNo, { properties, after, limit: top });
  return { ...page, count: count ? await countDirectReports(ctx.db, ctx.tenantId, user.userNo) : undefined };
}
