import { loadWaitingLine } from '@allot/store';
import type { Context } from '../context.ts';

export interface WaitingUser {
  readonly position: number;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly since: string;
  /** Licensing priority of the group that asks (lower first). */
  readonly priority: number | null;
  readonly groupId: string | null;
}

/** The waiting line of a product, in the order of L-14, after a position. */
export async function waitingLine(
  ctx: Context,
  query: { readonly productId: string; readonly top: number; readonly after?: number },
): Promise<WaitingUser[]> {
  const rows = await loadWaitingLine(ctx.db, ctx.tenantId, query.productId, {
    after: query.after ?? 0,
    limit: query.top,
  });
  return rows.map(({ position, userId, userPrincipalName, since, priority, groupId }) => ({
    position,
    userId,
    userPrincipalName,
    since: since.toISOString(),
    priority,
    groupId,
  }));
}
