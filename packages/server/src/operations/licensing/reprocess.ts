import { notFound } from '@allot/contract';
import {
  findGroup,
  findUser,
  insertAudit,
  lockGroupLicensing,
  notePendingGroup,
  notePendingRules,
  retryRule,
} from '@allot/store';
import { causedBy } from '../audit/caused-by.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { inTenant } from './in-tenant.ts';
import { settleUsers } from './settle-users.ts';

/** L-17 for one user: facts derived anew and settled in the call. Takes nothing in force away; rules are asked again in the background. */
export async function reprocessUser(ctx: Context, userRef: string): Promise<void> {
  await inTenant(ctx, async (trx) => {
    const { tenantId } = ctx;
    const user = await findUser(trx, tenantId, userRef);
    if (!user) throw notFound(userRef);
    await notePendingRules(trx, tenantId, { userNos: [user.userNo] }, 'all', ctx.correlationId);
    const causes = await settleUsers(ctx, trx, [user.userNo], 'Change user license');
    await insertAudit(trx, tenantId, [
      {
        activity: 'Change user license',
        category: 'UserManagement',
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        targets: [{ id: user.id, displayName: user.displayName, type: 'User' }],
        details: [{ key: 'reprocess', value: 'true' }, ...causedBy(causes)],
      },
    ]);
  });
}

/** L-17 for a group: accepted at once, settled in the background. One by rule follows its rule again, also if the rule had failed. */
export async function reprocessGroup(ctx: Context, groupId: string): Promise<void> {
  const { tenantId } = ctx;
  await inTransaction(ctx, async (trx) => {
    const group = await findGroup(trx, tenantId, groupId);
    if (!group) throw notFound(groupId);
    await lockGroupLicensing(trx, tenantId, group.id);
    await insertAudit(trx, tenantId, [
      {
        activity: 'Trigger group license recalculation',
        category: 'GroupManagement',
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        targets: [{ id: group.id, displayName: group.displayName, type: 'Group' }],
      },
    ]);
    if (await retryRule(trx, tenantId, group.id))
      await notePendingRules(trx, tenantId, 'everybody', { groupId: group.id }, ctx.correlationId);
    await notePendingGroup(trx, tenantId, group.id, 'reprocess', ctx.correlationId);
  });
}
