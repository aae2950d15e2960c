import { type Handle, insertAudit, type Subscription as Row } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { subscriptionOf } from './subscription.ts';

/** What became of a subscription. `undefined` before it was there, and after it is gone. */
export interface SubscriptionChange {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** Records what became of subscriptions, an entry for each. */
export async function auditSubscriptions(
  trx: Handle,
  ctx: Context,
  activity: 'Add subscription' | 'Update subscription' | 'Delete subscription',
  changes: readonly SubscriptionChange[],
): Promise<void> {
  await insertAudit(
    trx,
    ctx.tenantId,
    changes.map(({ before, after }) => ({
      activity,
      category: 'DirectoryManagement',
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: [
        {
          id: (after ?? before)?.id ?? '',
          displayName: null,
          type: 'Other',
          modifiedProperties: modified(before, after),
        },
      ],
    })),
  );
}

function modified(before: Row | undefined, after: Row | undefined) {
  const [was, is] = [before && audited(before), after && audited(after)];
  const nothing = Object.fromEntries(Object.keys(was ?? {}).map((name) => [name, null]));
  return modifiedProperties(was ?? {}, is ?? nothing);
}

/** When time moves it next follows from the rest. */
function audited(row: Row): Readonly<Record<string, unknown>> {
  const { nextLifecycleDateTime: _, ...properties } = subscriptionOf(row);
  return properties;
}
