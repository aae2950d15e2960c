import { countPending, type GroupLicensing, loadGroupLicensing } from '@allot/store';
import type { Context } from '../context.ts';

export interface ProcessingGroup {
  readonly id: string;
  readonly state: GroupLicensing['state'];
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Seconds until the group is done, as far as can be told; null: not running, or just begun. */
  readonly etaSeconds: number | null;
}

/** L-18: what is accepted and not settled, and the groups being processed. `pending` 0: everything is settled. */
export async function processing(ctx: Context): Promise<{ pending: number; groups: ProcessingGroup[] }> {
  const groups = await loadGroupLicensing(ctx.db, ctx.tenantId);
  return {
    pending: await countPending(ctx.db, ctx.tenantId),
    groups: groups
      .filter(({ state, firstLicensedAt }) => firstLicensedAt !== null || state !== 'ProcessingComplete')
      .map((group) => progressOf(group)),
  };
}

export function progressOf({ groupId, state, done, total, failed, startedAt }: GroupLicensing): ProcessingGroup {
  const elapsedSeconds = startedAt ? (Date.now() - startedAt.getTime()) / 1000 : 0;
  const running = state === 'ProcessingInProgress' && done > 0;
  const etaSeconds = running ? Math.ceil((elapsedSeconds / done) * Math.max(0, total - done)) : null;
  return { id: groupId, state, done, total, failed, etaSeconds };
}
