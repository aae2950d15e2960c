import { type Activity, type Handle, insertAudit } from '@allot/store';
import type { Context } from '../context.ts';
import type { ModifiedProperties } from '../directory/audit-entries.ts';

/** Records a change of the catalogue, also one to what was there: it counts as a change. `target`: the product or plan, or the tenant for its rules. */
export async function auditCatalogue(
  trx: Handle,
  ctx: Context,
  activity: Extract<
    Activity,
    'Set product' | 'Delete product' | 'Set service plan' | 'Delete service plan' | 'Set licensing rules'
  >,
  target: { readonly id: string; readonly displayName: string | null },
  modified: ModifiedProperties,
): Promise<void> {
  await insertAudit(trx, ctx.tenantId, [
    {
      activity,
      category: 'DirectoryManagement',
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: [{ ...target, type: 'Other', modifiedProperties: modified }],
    },
  ]);
}
