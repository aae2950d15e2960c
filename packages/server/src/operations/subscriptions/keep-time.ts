import {
  advanceSubscriptions,
  type Handle,
  listSubscriptions,
  noteRulesOverPlans,
  recordSuspensions,
  scheduleSubscriptions,
} from '@allot/store';
import type { Actor, Context } from '../context.ts';
import { auditSubscriptions } from './audit-subscription.ts';

/** Who moves subscriptions as time goes by, as the audit log names it. */
export const lifeCycleActor: Actor = {
  kind: 'app',
  id: '7c1f0f5e-6f0b-4f39-9d5c-0c9a3f1f6b52',
  displayName: 'Allot subscription life cycle',
};

/**
 * L-15: lets time act on the subscriptions of the tenant, notes what is suspended by that, and says when to look again. Belongs to
 * every transaction that changes a subscription or a period.
 */
export async function keepTime(ctx: Context, trx: Handle): Promise<void> {
  const before = new Map((await listSubscriptions(trx, ctx.tenantId)).map((row) => [row.id, row]));
  await advanceSubscriptions(trx, ctx.tenantId);
  const moved = (await listSubscriptions(trx, ctx.tenantId)).flatMap((after) => {
    const was = before.get(after.id);
    return was && was.status !== after.status ? { before: was, after } : [];
  });
  await auditSubscriptions(trx, { ...ctx, actor: lifeCycleActor }, 'Update subscription', moved);
  await recordSuspensions(trx, ctx.tenantId);
  if (moved.length) await noteRulesOverPlans(trx, ctx.tenantId, 'all', ctx.correlationId);
  await scheduleSubscriptions(trx, ctx.tenantId);
}
