import { ApiError, badRequest, unsupportedQuery } from '@allot/contract';
import { type Filter, parseFilter } from '@allot/engine';
import { canGoOnFrom, currentPosition, type Position } from '@allot/store';
import type { Context } from '../context.ts';
import { isObjectId } from '../is-object-id.ts';

export type { Position } from '@allot/store';

/** What one page of changes is asked for. */
export interface DeltaRequest<Key> {
  /** Names of properties that are needed. */
  readonly properties: readonly string[];
  /** Only these objects; undefined: all. */
  readonly ids: readonly string[] | undefined;
  /** What came after it; undefined: everything that there is. */
  readonly since: Position | undefined;
  /** Up to where the whole run of pages tells; undefined: this is the first page. */
  readonly until: Position | undefined;
  /** Where this page begins; undefined: at the first object. */
  readonly after: Key | undefined;
  readonly limit: number;
}

/** An object that is not there any more: `changed`: it can be restored. */
export interface Removed {
  readonly kind: 'removed';
  readonly id: string;
  readonly reason: 'changed' | 'deleted';
}

/** One page of changes. Without `next` it is the last, and `until` is where to go on from another time. */
export interface DeltaAnswer<Item, Key> {
  readonly items: readonly (Item | Removed)[];
  readonly next: Key | undefined;
  readonly until: Position;
}

/** The position up to which a run of pages tells. @throws ApiError 410 when the caller must begin anew */
export async function positionOf(
  { db, tenantId }: Context,
  { since, until }: Pick<DeltaRequest<unknown>, 'since' | 'until'>,
): Promise<Position> {
  const now = await currentPosition(db, tenantId);
  for (const position of [since, until])
    if (position !== undefined && !canGoOnFrom(position, now)) throw syncStateNotFound();
  return until ?? now;
}

const syncStateNotFound = (): ApiError =>
  new ApiError(410, 'syncStateNotFound', 'Sync state generation is not found; full synchronization is required.', {
    advice: 'Begin anew without a token, at the address of the Location header.',
  });

/** Ids that `$filter` may name. */
const idsMax = 50;

/** `id eq 'a' or id eq 'b'`: the only filter that changes can be asked with. @throws ApiError 400 */
export function readIds(filter: string | undefined): readonly string[] | undefined {
  if (filter === undefined) return undefined;
  const parsed = parseFilter(filter);
  const ids = parsed.ok ? idsOf(parsed.tree) : undefined;
  if (ids === undefined)
    throw unsupportedQuery('Unsupported Query.', "Changes can be filtered by $filter=id eq '…' or id eq '…' only.");
  if (ids.length > idsMax) throw badRequest('Too many ids in $filter.', `Name at most ${idsMax} ids.`);
  return ids;
}

function idsOf(tree: Filter): readonly string[] | undefined {
  if (tree.kind === 'or') {
    const [left, right] = [idsOf(tree.left), idsOf(tree.right)];
    return left && right && [...left, ...right];
  }
  if (tree.kind !== 'compare' || tree.operator !== 'eq') return undefined;
  if (tree.path.names.join('/').toLowerCase() !== 'id') return undefined;
  const id = String(tree.value.value);
  return isObjectId(id) ? [id.toLowerCase()] : undefined;
}
