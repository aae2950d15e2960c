import { ApiError } from '@allot/contract';
import { type AuditEntry, type AuditTarget, insertAudit } from '@allot/store';
import type { Context } from '../context.ts';
import { reasonCode } from './reason-code.ts';

/**
 * Runs a call about licenses. When it is refused (400) the reason goes to the audit log (L-29), in a statement of its own, because
 * what the call did was taken back.
 * @param findTarget whom the call was about; undefined: nobody who exists
 */
export async function recordingRefusals<T>(
  ctx: Context,
  entry: Pick<AuditEntry, 'activity' | 'category'>,
  findTarget: () => Promise<AuditTarget | undefined>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) {
      const target = await findTarget();
      await insertAudit(ctx.db, ctx.tenantId, [
        {
          ...entry,
          result: 'failure',
          resultReason: error.message,
          correlationId: ctx.correlationId,
          actor: ctx.actor,
          targets: target ? [target] : [],
          details: error.refusal === undefined ? [] : [reasonCode(error.refusal)],
        },
      ]);
    }
    throw error;
  }
}
