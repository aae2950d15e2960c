import type { Activity, AuditEntry, AuditTarget } from '@allot/store';
import type { Context } from '../context.ts';

/** An entry about who may sign in, or do what. */
export const peopleEntry = (
  ctx: Context,
  activity: Activity,
  category: AuditEntry['category'],
  target: AuditTarget,
): AuditEntry => ({ activity, category, correlationId: ctx.correlationId, actor: ctx.actor, targets: [target] });
