import { notFound } from '@allot/contract';
import {
  deleteMember,
  findMemberObjects,
  insertAudit,
  notePendingNesting,
  notePendingUsers,
  selectGroup,
} from '@allot/store';
import type { Context } from '../context.ts';
import { refuseDynamic } from './add-members.ts';
import { memberEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { textOf } from './row-values.ts';

/** Takes a user or group out of a group. @throws ApiError 404 when the group or the member is not there */
export async function removeMember(ctx: Context, groupId: string, memberId: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName', 'groupTypes'], { lock: 'share' });
    if (group === undefined) throw notFound(groupId);
    refuseDynamic(group);
    const [member] = await findMemberObjects(trx, ctx.tenantId, [memberId]);
    if (member === undefined || !(await deleteMember(trx, ctx.tenantId, group.id, member))) throw notFound(memberId);
    const named = { id: group.id, displayName: textOf(group, 'displayName') ?? group.id };
    await insertAudit(trx, ctx.tenantId, [memberEntry(ctx, 'Remove member from group', member, named)]);
    if (member.userNo !== null) {
      await notePendingUsers(trx, ctx.tenantId, [member.userNo], 'membership', ctx.correlationId);
    } else await notePendingNesting(trx, ctx.tenantId, group.id, ctx.correlationId);
  });
}
