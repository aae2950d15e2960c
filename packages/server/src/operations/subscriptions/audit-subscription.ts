import { type Handle, insertAudit, type Subscription as Row } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { subscriptionOf } from './subscription.ts';

/** Records what became of a subscription. `undefined` before it was there, and after it is gone. */
export async function auditSubscription(
  trx: Handle,
  ctx: Context,
  activity: 'Add subscription' | 'Update subscription' | 'Delete subscription',
  before: Row | undefined,
  after: Row | undefined,
): Promise<void> {
  const [was, is] = [before && { ...subscriptionOf(before) }, after && { ...subscriptionOf(after) }];
  const nothing = Object.fromEntries(Object.keys(was ?? {}).map((name) => [name, null]));
  await insertAudit(trx, ctx.tenantId, [
    {
      activity,
      category: 'DirectoryManagement',
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: [
        {
          id: (after ?? before)?.id ?? '',
          displayName: null,
          type: 'Other',
          modifiedProperties: modifiedProperties(was ?? {}, is ?? nothing),
        },
      ],
    },
  ]);
}
