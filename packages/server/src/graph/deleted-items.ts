import { badRequest } from '@allot/contract';
import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { hardDeleteGroup, hardDeleteUser } from '../operations/directory/hard-delete.ts';
import { kindOfDeleted } from '../operations/directory/kind-of-deleted.ts';
import { countGroups, listGroups, readGroup } from '../operations/directory/read-groups.ts';
import { countUsers, listUsers, readUser } from '../operations/directory/read-users.ts';
import { objectOf } from '../operations/directory/read-values.ts';
import { restoreGroup, restoreUser } from '../operations/directory/restore-deleted.ts';
import { requireEventual } from './count.ts';
import { answerGroup } from './groups.ts';
import { objectId } from './object-id.ts';
import { deleteUsers, readGroups, readUsers, writeGroups, writeUsers } from './permissions.ts';
import { collection, contextOf, typeOf } from './query/links.ts';
import { allowOptions, listOptions, listRequest } from './query/options.ts';
import { readSelect, type Selectable, type Selection, selectNames } from './query/select.ts';
import { groupType } from './resources/group-resource.ts';
import { groupResources, userResources } from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';
import { answerUser } from './users.ts';

/** What is shown of a deleted user when nothing is selected: when it was deleted besides. */
const deletedUser = selectNames(userType, [...userType.standard.names, 'deletedDateTime']);

/** GET /directory/deletedItems/microsoft.graph.user */
export async function getDeletedUsers(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, listOptions);
  const selection = selectionOf(request, userType, 'list', deletedUser);
  const asked = { ...listRequest(request, selection.names, 'number'), deleted: true };
  const { rows, ...page } = await listUsers(request.ctx, asked);
  const users = await userResources(request.ctx, rows, selection);
  return ok(collection(request, `users${selection.clause}`, users, page));
}

/** GET /directory/deletedItems/microsoft.graph.group */
export async function getDeletedGroups(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, listOptions);
  const selection = selectionOf(request, groupType, 'list', groupType.standard);
  const asked = { ...listRequest(request, selection.names, 'id'), deleted: true };
  const { rows, ...page } = await listGroups(request.ctx, asked);
  const groups = await groupResources(request.ctx, rows, selection);
  return ok(collection(request, `groups${selection.clause}`, groups, page));
}

/** GET /directory/deletedItems/microsoft.graph.user/$count */
export async function getDeletedUserCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter', '$search', '$count']);
  requireEventual(request);
  const asked = { ...listRequest(request, [], 'number'), advanced: true, deleted: true };
  return ok(String(await countUsers(request.ctx, asked)));
}

/** GET /directory/deletedItems/microsoft.graph.group/$count */
export async function getDeletedGroupCount(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$filter', '$search', '$count']);
  requireEventual(request);
  const asked = { ...listRequest(request, [], 'id'), advanced: true, deleted: true };
  return ok(String(await countGroups(request.ctx, asked)));
}

/** GET /directory/deletedItems/{id}: a user or a group */
export async function getDeletedItem(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const { kind, id } = await findDeleted(request, { user: readUsers, group: readGroups });
  if (kind === 'user') {
    const selection = selectionOf(request, userType, 'one', deletedUser);
    const row = await readUser(request.ctx, id, selection.names, { deleted: true });
    const [user] = await userResources(request.ctx, [row], selection);
    return ok({ ...header(request, kind, selection), ...user });
  }
  const selection = selectionOf(request, groupType, 'one', groupType.standard);
  const row = await readGroup(request.ctx, id, selection.names, { deleted: true });
  const [group] = await groupResources(request.ctx, [row], selection);
  return ok({ ...header(request, kind, selection), ...group });
}

/** POST /directory/deletedItems/{id}/restore, for a user with `newUserPrincipalName` if the old one is taken */
export async function postRestore(request: RouteRequest): Promise<RouteAnswer> {
  const { kind, id } = await findDeleted(request, { user: writeUsers, group: writeGroups });
  const newUserPrincipalName = readRestoreBody(request.body, kind);
  if (kind === 'user') {
    await restoreUser(request.ctx, id, newUserPrincipalName);
    return ok({ ...(await answerUser(request, id, deletedUser)), ...header(request, kind, deletedUser) });
  }
  await restoreGroup(request.ctx, id);
  const { standard } = groupType;
  return ok({ ...(await answerGroup(request, id, standard)), ...header(request, kind, standard) });
}

/** DELETE /directory/deletedItems/{id}: for good */
export async function removeDeletedItem(request: RouteRequest): Promise<RouteAnswer> {
  const { kind, id } = await findDeleted(request, { user: deleteUsers, group: writeGroups });
  await (kind === 'user' ? hardDeleteUser : hardDeleteGroup)(request.ctx, id);
  return noContent;
}

type Kind = 'user' | 'group';

/** @param needed permissions by kind; the route asked for any of both */
async function findDeleted(
  request: RouteRequest,
  needed: Readonly<Record<Kind, Parameters<RouteRequest['requirePermission']>[0]>>,
): Promise<{ readonly kind: Kind; readonly id: string }> {
  const id = objectId(request.param('id'));
  const kind = await kindOfDeleted(request.ctx, id);
  request.requirePermission(needed[kind]);
  return { kind, id };
}

/** What `$select` asks for, or what is shown without. */
function selectionOf(
  request: RouteRequest,
  type: Selectable,
  answers: 'one' | 'list',
  withoutSelect: Selection,
): Selection {
  const selection = readSelect(request.query, type, answers);
  return selection.clause === '' ? withoutSelect : selection;
}

const header = (request: RouteRequest, kind: Kind, { clause }: Selection) => ({
  ...contextOf(request, `directoryObjects${clause}/$entity`),
  ...typeOf(request, kind),
});

/** The body may be left out. @throws ApiError 400 for what is not understood, rather than restoring something else than was asked */
function readRestoreBody(body: unknown, kind: Kind): unknown {
  let newUserPrincipalName: unknown;
  for (const [name, value] of Object.entries(objectOf(body ?? {}))) {
    if (name.includes('@')) continue;
    if (kind === 'user' && name.toLowerCase() === 'newuserprincipalname') newUserPrincipalName = value;
    // Addresses that another user has are restored and shown as an error (L-11): nothing is reconciled.
    else if (name.toLowerCase() !== 'autoreconcileproxyconflict' || (value ?? false) !== false) {
      const advice = kind === 'user' ? 'Send newUserPrincipalName, or no body.' : 'Send no body.';
      throw badRequest(`Invalid property '${name.slice(0, 80)}'.`, advice);
    }
  }
  return newUserPrincipalName;
}
