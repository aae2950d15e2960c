import { loadRuleProgress, type RuleProgress } from '@allot/store';
import type { Context } from '../context.ts';

export type { RuleProgress } from '@allot/store';

/** How far these groups by rule are; groups that follow no rule are left out. */
export const readRuleProgress = (
  ctx: Context,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, RuleProgress>> => loadRuleProgress(ctx.db, ctx.tenantId, groupIds);
