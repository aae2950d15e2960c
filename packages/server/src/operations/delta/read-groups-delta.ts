import {
  type ChangedMember,
  type DirectoryRow,
  groupIdIn,
  selectChangedGroups,
  selectChangedMembers,
  selectEveryMember,
  selectGroups,
} from '@allot/store';
import type { Context } from '../context.ts';
import { type DeltaAnswer, type DeltaRequest, positionOf, type Removed } from './delta-request.ts';

export interface DeltaGroup {
  readonly kind: 'group';
  readonly row: DirectoryRow;
  /** Who came or went; undefined when not asked for, or nobody did. */
  readonly members: readonly ChangedMember[] | undefined;
}

/** Where a page of groups begins: after this group, or among its members, after this one. */
export interface GroupKey {
  readonly groupId: string;
  readonly member?: string | number | undefined;
}

interface GroupsDeltaRequest extends DeltaRequest<GroupKey> {
  readonly members: boolean;
}

/** A group as far as a page needs it; its row is undefined when it is not there any more. */
interface Found {
  readonly id: string;
  readonly row: DirectoryRow | undefined;
  readonly reason: Removed['reason'];
  readonly membersChanged: boolean;
}

/**
 * One page of groups that were created, changed, deleted or restored since a position, or whose members were, in the order of their ids;
 * without a position all there are. Groups and members count for the length of a page: a group with many members comes on several pages. Belongs into a snapshot.
 * @throws ApiError 410
 */
export async function readGroupsDelta(
  ctx: Context,
  asked: GroupsDeltaRequest,
): Promise<DeltaAnswer<DeltaGroup, GroupKey>> {
  const until = await positionOf(ctx, asked);
  const items: (DeltaGroup | Removed)[] = [];
  let room = asked.limit;
  let key = asked.after;
  while (room > 0) {
    const within = key?.member !== undefined;
    const found = await findGroups(ctx, asked, key, within ? 1 : room);
    // The group that the page before ended in may be gone by now.
    if (!found.length && !within) return { items, next: undefined, until };
    if (within && key !== undefined && found[0]?.id !== key.groupId) {
      key = { groupId: key.groupId };
      continue;
    }
    for (const { id, row, reason, membersChanged } of found) {
      room -= 1;
      const start: string | number = key?.groupId === id ? (key.member ?? 0) : 0;
      key = { groupId: id };
      if (row === undefined) items.push({ kind: 'removed', id, reason });
      else {
        // At least one, so that every page gets further.
        const most = Math.max(room, 1);
        const members = asked.members && membersChanged ? await findMembers(ctx, asked, id, start, most) : undefined;
        items.push({ kind: 'group', row, members });
        if (members?.length === most) {
          return { items, next: { groupId: id, member: members.at(-1)?.key ?? start }, until };
        }
        room -= members?.length ?? 0;
      }
      if (room <= 0) break;
    }
  }
  return { items, next: key, until };
}

async function findGroups(
  { db, tenantId }: Context,
  { since, ids, properties, members }: GroupsDeltaRequest,
  key: GroupKey | undefined,
  limit: number,
): Promise<readonly Found[]> {
  const within = key?.member === undefined ? undefined : key.groupId;
  const only = within === undefined ? ids : [within];
  const after = within === undefined ? key?.groupId : undefined;
  const read = async (condition: ReturnType<typeof groupIdIn> | undefined) =>
    (
      await selectGroups(db, tenantId, {
        properties,
        limit,
        condition,
        after: after === undefined ? undefined : { sorted: [], last: after },
      })
    ).rows;
  if (since === undefined) {
    const rows = await read(only === undefined ? undefined : groupIdIn(only));
    return rows.map((row) => ({ id: row.id, row, reason: 'changed', membersChanged: true }));
  }
  const changed = await selectChangedGroups(db, tenantId, { since, ids: only, limit, after, members });
  const rows = new Map((await read(groupIdIn(changed.map(({ id }) => id)))).map((row) => [row.id, row]));
  return changed.map(({ id, standing, membersChanged }) => ({
    id,
    row: rows.get(id),
    reason: standing === 'deleted' ? 'changed' : 'deleted',
    membersChanged,
  }));
}

/** At most `limit` of them; as many: there may be more. */
function findMembers(
  { db, tenantId }: Context,
  { since }: GroupsDeltaRequest,
  groupId: string,
  after: string | number,
  limit: number,
): Promise<readonly ChangedMember[]> {
  return since === undefined
    ? selectEveryMember(db, tenantId, groupId, { after, limit })
    : selectChangedMembers(db, tenantId, groupId, since, { after, limit });
}
