import { ApiError } from '@allot/contract';
import { ok, Query, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import type { Context } from '../operations/context.ts';
import { type DeltaAnswer, readIds, type Removed } from '../operations/delta/delta-request.ts';
import { type DeltaGroup, type GroupKey, readGroupsDelta } from '../operations/delta/read-groups-delta.ts';
import { type DeltaUser, readUsersDelta } from '../operations/delta/read-users-delta.ts';
import { inSnapshot } from '../operations/licensing/in-snapshot.ts';
import { type DeltaState, readDeltaToken, writeDeltaToken } from './query/delta-token.ts';
import { contextOf, typeOf, versionOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { readSelect, type Selectable, type Selection } from './query/select.ts';
import { groupTypeOf } from './resources/group-resource.ts';
import { groupResources, userResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** Objects, and members of groups, on a page: without a wish of the client, and at most. */
const pageSizeDefault = 200;
const pageSizeMax = 999;

/** GET /users/delta */
export async function getUsersDelta(request: RouteRequest): Promise<RouteAnswer> {
  const state = readState(request, 'users');
  const { selection, navigation } = selectionOf(state, userType, 'manager');
  return inOneSnapshot(request, state, async (ctx) => {
    const { items, ...page } = await readUsersDelta(ctx, {
      ...asked(request, state, selection),
      after: state.after?.map(Number)[0],
      licenses: selection.licensing,
      managers: navigation === 'asked',
    });
    const users = items.filter((item): item is DeltaUser => item.kind === 'user');
    const resources = await userResources(
      ctx,
      users.map(({ row }) => row),
      selection,
    );
    const shown = new Map(
      users.map((user, at) => [user as DeltaUser | Removed, { ...resources[at], ...managerOf(request, user) }]),
    );
    const next = page.next === undefined ? undefined : [page.next];
    return answer(
      request,
      state,
      selection,
      items.map((item) => shown.get(item) ?? removedOf(item)),
      { ...page, next },
    );
  });
}

const managerOf = (request: RouteRequest, { managerId }: DeltaUser) =>
  managerId === undefined
    ? {}
    : {
        'manager@delta': managerId === null ? [] : [{ ...typeOf(request, 'user'), id: managerId }],
      };

/** GET /groups/delta */
export async function getGroupsDelta(request: RouteRequest): Promise<RouteAnswer> {
  const state = readState(request, 'groups');
  const { selection, navigation } = selectionOf(state, groupTypeOf(request), 'members');
  return inOneSnapshot(request, state, async (ctx) => {
    const { items, ...page } = await readGroupsDelta(ctx, {
      ...asked(request, state, selection),
      after: groupKeyOf(state),
      members: navigation !== 'left out',
    });
    const groups = items.filter((item): item is DeltaGroup => item.kind === 'group');
    const resources = await groupResources(
      ctx,
      groups.map(({ row }) => row),
      selection,
    );
    const shown = new Map(
      groups.map((group, at) => [group as DeltaGroup | Removed, { ...resources[at], ...membersOf(request, group) }]),
    );
    const next = page.next && [page.next.groupId, ...(page.next.member === undefined ? [] : [page.next.member])];
    return answer(
      request,
      state,
      selection,
      items.map((item) => shown.get(item) ?? removedOf(item)),
      { ...page, next },
    );
  });
}

function groupKeyOf({ after }: DeltaState): GroupKey | undefined {
  const [groupId, member] = after ?? [];
  return groupId === undefined ? undefined : { groupId: String(groupId), member };
}

const membersOf = (request: RouteRequest, { members }: DeltaGroup) =>
  members === undefined || members.length === 0
    ? {}
    : {
        'members@delta': members.map(({ kind, id, removed }) => ({
          ...typeOf(request, kind),
          id,
          ...(removed ? { '@removed': { reason: 'deleted' } } : {}),
        })),
      };

const removedOf = (item: { readonly kind: string }) =>
  item.kind === 'removed' && 'id' in item && 'reason' in item
    ? { id: item.id, '@removed': { reason: item.reason } }
    : {};

const asked = (request: RouteRequest, { ids, since, until }: DeltaState, selection: Selection) => ({
  properties: selection.names,
  ids,
  since,
  until,
  limit: pageSizeOf(request),
});

/** The whole answer from one snapshot. @throws ApiError 410 with where to begin anew */
const inOneSnapshot = (request: RouteRequest, { kind }: DeltaState, read: (ctx: Context) => Promise<RouteAnswer>) =>
  inSnapshot(request.ctx, read).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 410) throw error;
    const { status, code, message, advice = '' } = error;
    throw new ApiError(status, code, message, { advice, headers: { location: addressOf(request, kind) } });
  });

const addressOf = (request: RouteRequest, kind: DeltaState['kind']): string =>
  `${request.root}/${versionOf(request)}/${kind}/delta`;

/** What the token says, or a new run. @throws ApiError 400 */
function readState(request: RouteRequest, kind: DeltaState['kind']): DeltaState {
  allowOptions(request, ['$select', '$filter', '$deltatoken', '$skiptoken']);
  const { query } = request;
  const token = query.get('$skiptoken') ?? query.get('$deltatoken');
  const select = query.get('$select');
  const ids = readIds(query.get('$filter'));
  if (token === undefined) return { kind, select, ids, since: undefined, until: undefined, after: undefined };
  if (token.toLowerCase() !== 'latest') return readDeltaToken(token, kind);
  // Nothing of what there is: the page that would come after the last.
  return { kind, select, ids, since: undefined, until: undefined, after: kind === 'users' ? [lastUser] : [lastGroup] };
}

const lastUser = Number.MAX_SAFE_INTEGER;
const lastGroup = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What is selected, and whether the objects that it leads to are: `$select` may name them, and without it they are shown. */
function selectionOf(
  { select }: DeltaState,
  type: Selectable,
  navigation: string,
): { readonly selection: Selection; readonly navigation: 'asked' | 'shown' | 'left out' } {
  const names = select === undefined ? [] : select.split(',').map((name) => name.trim());
  const others = names.filter((name) => name.toLowerCase() !== navigation);
  const text = others.length > 0 || select === undefined ? others.join(',') : 'id';
  const selection = readSelect(new Query({ $select: text }), type, 'list');
  // Whoever selects something gets the id, too: there is no other way to tell what changed.
  const chosen = selection.clause === '' || selection.names.includes('id') ? selection : withId(selection, type);
  return {
    selection: chosen,
    navigation: names.length > others.length ? 'asked' : select === undefined ? 'shown' : 'left out',
  };
}

function withId(selection: Selection, { all }: Selectable): Selection {
  const id = all.filter(({ name }) => name === 'id');
  return { ...selection, properties: [...selection.properties, ...id], names: [...selection.names, 'id'] };
}

/** `Prefer: odata.maxpagesize=n`. @throws ApiError 400 */
function pageSizeOf(request: RouteRequest): number {
  const wished = /\bodata\.maxpagesize\s*=\s*(\d{1,6})/i.exec(request.header('prefer') ?? '')?.[1];
  const size = wished === undefined ? pageSizeDefault : Number(wished);
  if (size < 1)
    throw new ApiError(400, 'BadRequest', 'Invalid odata.maxpagesize.', { advice: 'Send a positive number.' });
  return Math.min(size, pageSizeMax);
}

function answer(
  request: RouteRequest,
  state: DeltaState,
  selection: Selection,
  value: readonly object[],
  { next, until }: Pick<DeltaAnswer<never, readonly (string | number)[]>, 'next' | 'until'>,
): RouteAnswer {
  const address = addressOf(request, state.kind);
  const link =
    next === undefined
      ? {
          '@odata.deltaLink': `${address}?$deltatoken=${writeDeltaToken({ ...state, since: until, until: undefined, after: undefined })}`,
        }
      : { '@odata.nextLink': `${address}?$skiptoken=${writeDeltaToken({ ...state, until, after: next })}` };
  return ok({ ...contextOf(request, state.kind + selection.clause), ...link, value });
}
