import {
  selectChangedUsers,
  selectManagerIds,
  selectUsers,
  selectUsersByIds,
  type UserRow,
  userIdIn,
} from '@allot/store';
import type { Context } from '../context.ts';
import { type DeltaAnswer, type DeltaRequest, positionOf } from './delta-request.ts';

export interface DeltaUser {
  readonly kind: 'user';
  readonly row: UserRow;
  /** null: none. Undefined unless asked for. */
  readonly managerId: string | null | undefined;
}

interface UsersDeltaRequest extends DeltaRequest<number> {
  /** Whether changes of licenses count. */
  readonly licenses: boolean;
  readonly managers: boolean;
}

/**
 * One page of users who were created, changed, deleted or restored since a position, in the order of their numbers; without a position all
 * there are. Belongs into a snapshot.
 * @throws ApiError 410
 */
export async function readUsersDelta(ctx: Context, asked: UsersDeltaRequest): Promise<DeltaAnswer<DeltaUser, number>> {
  const until = await positionOf(ctx, asked);
  if (asked.since === undefined) return { ...(await everybody(ctx, asked)), until };
  const { db, tenantId } = ctx;
  const { since, ids, after = 0, limit, licenses, properties } = asked;
  const found = await selectChangedUsers(db, tenantId, { since, ids, after, licenses, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const present = shown.filter(({ standing }) => standing === 'present').map(({ id }) => id);
  const rows = await selectUsersByIds(db, tenantId, present, properties);
  const users = new Map((await withManagers(ctx, rows, asked)).map((user) => [user.row.id, user]));
  const items = shown.flatMap(({ id, standing }) => {
    if (standing === 'present') return users.get(id) ?? [];
    return {
      kind: 'removed' as const,
      id,
      reason: standing === 'deleted' ? ('changed' as const) : ('deleted' as const),
    };
  });
  return { items, next: found.length > limit ? shown.at(-1)?.userNo : undefined, until };
}

async function everybody(ctx: Context, asked: UsersDeltaRequest) {
  const { after, ids, limit, properties } = asked;
  const { rows, next } = await selectUsers(ctx.db, ctx.tenantId, {
    properties,
    limit,
    condition: ids === undefined ? undefined : userIdIn(ids),
    after: after === undefined ? undefined : { sorted: [], last: after },
  });
  return { items: await withManagers(ctx, rows, asked), next: next === undefined ? undefined : rows.at(-1)?.userNo };
}

async function withManagers(
  { db, tenantId }: Context,
  rows: readonly UserRow[],
  { managers }: UsersDeltaRequest,
): Promise<readonly DeltaUser[]> {
  const ids = managers
    ? await selectManagerIds(
        db,
        tenantId,
        rows.map(({ userNo }) => userNo),
      )
    : undefined;
  return rows.map((row) => ({
    kind: 'user',
    row,
    managerId: ids === undefined ? undefined : (ids.get(row.userNo) ?? null),
  }));
}
