import { type AuditTarget, findGroup, findUser } from '@allot/store';
import type { Context } from '../context.ts';

/** @param ref id or user principal name */
export async function userTarget(ctx: Context, ref: string): Promise<AuditTarget | undefined> {
  const user = await findUser(ctx.db, ctx.tenantId, ref);
  return user && { id: user.id, displayName: user.displayName, type: 'User' };
}

export async function groupTarget(ctx: Context, groupId: string): Promise<AuditTarget | undefined> {
  const group = await findGroup(ctx.db, ctx.tenantId, groupId);
  return group && { id: group.id, displayName: group.displayName, type: 'Group' };
}
