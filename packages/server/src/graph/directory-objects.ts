import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { deleteGroup } from '../operations/directory/delete-group.ts';
import { deleteUser } from '../operations/directory/delete-user.ts';
import { kindOfObject } from '../operations/directory/find-object.ts';
import { findObjects } from '../operations/directory/list-nested.ts';
import { validateProperties } from '../operations/directory/validate-properties.ts';
import { memberResources, memberType } from './resources/read-resources.ts';
import { objectId } from './object-id.ts';
import { deleteUsers, readGroups, readUsers, writeGroups } from './permissions.ts';
import { contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { groupType } from './resources/group-resource.ts';
import { userType } from './resources/user-resource.ts';

/** GET /directoryObjects/{id}: a user or a group */
export async function getDirectoryObject(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const id = objectId(request.param('id'));
  const selection = readSelect(request.query, memberType, 'one');
  const kind = await kindOfObject(request.ctx, id);
  request.requirePermission(kind === 'user' ? readUsers : readGroups);
  const chosen = selection.clause !== '';
  const rows = await findObjects(request.ctx, [id], {
    users: kind === 'user' ? (chosen ? selection.names : userType.standard.names) : undefined,
    groups: kind === 'group' ? (chosen ? selection.names : groupType.standard.names) : undefined,
  });
  const [object] = await memberResources(request, rows, selection);
  return ok({ ...contextOf(request, `directoryObjects${selection.clause}/$entity`), ...object });
}

/** DELETE /directoryObjects/{id} */
export async function removeDirectoryObject(request: RouteRequest): Promise<RouteAnswer> {
  const id = objectId(request.param('id'));
  const kind = await kindOfObject(request.ctx, id);
  request.requirePermission(kind === 'user' ? deleteUsers : writeGroups);
  if (kind === 'user') await deleteUser(request.ctx, id);
  else await deleteGroup(request.ctx, id, { removeLicenses: false });
  return noContent;
}

/** POST /directoryObjects/validateProperties `{ entityType, displayName, mailNickname }` */
export async function postValidateProperties(request: RouteRequest): Promise<RouteAnswer> {
  await validateProperties(request.ctx, request.body, { typed: true });
  return noContent;
}

/** POST /groups/validateProperties and /groups/{id}/validateProperties `{ displayName, mailNickname }` */
export async function postValidateGroup(request: RouteRequest): Promise<RouteAnswer> {
  const id = request.param('id');
  await validateProperties(request.ctx, request.body, id === '' ? {} : { groupId: objectId(id) });
  return noContent;
}
