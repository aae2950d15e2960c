import { badRequest } from '@allot/contract';
import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { PREVIEWED_MEMBERS_MAX, previewMembers } from '../operations/directory/preview-members.ts';
import {
  PREVIEWED_CHANGES_MAX,
  previewUserChange,
  previewUserDeletion,
} from '../operations/directory/preview-users.ts';
import { readAssignLicenseBody } from '../operations/licensing/assign-license-body.ts';
import { previewGroupLicense } from '../operations/licensing/preview-group-license.ts';
import { PREVIEWED_USERS_MAX, previewUserLicenses } from '../operations/licensing/preview-user-licenses.ts';
import { guid, listOf, readFields, readRequired } from './fields.ts';
import { pathId } from './path-id.ts';

/** POST /groups/{id}/licensing/preview with the body of assignLicense */
export async function postLicensePreview(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await previewGroupLicense(request.ctx, pathId(request), readAssignLicenseBody(request.body)));
}

/** POST /users/licensing/preview: what assigning the same to each of some users would do */
export async function postUsersPreview(request: RouteRequest): Promise<RouteAnswer> {
  const { userIds, ...license } = readRequired(
    request.body,
    { userIds: listOf(guid, PREVIEWED_USERS_MAX), addLicenses: asSent, removeLicenses: asSent },
    ['userIds', 'addLicenses', 'removeLicenses'],
  );
  return ok(await previewUserLicenses(request.ctx, userIds, readAssignLicenseBody(license)));
}

/** POST /groups/{id}/members/preview */
export async function postMembersPreview(request: RouteRequest): Promise<RouteAnswer> {
  const ids = listOf(guid, PREVIEWED_MEMBERS_MAX);
  const change = readFields(request.body, { addMembers: ids, removeMembers: ids });
  if (!change.addMembers && !change.removeMembers)
    throw badRequest(
      'There is nobody to add or remove.',
      'Send { "addMembers": [ids], "removeMembers": [ids] }, or one of them.',
    );
  return ok(await previewMembers(request.ctx, pathId(request), change));
}

/** POST /users/changes/preview: `change` as the body of PATCH /v1.0/users/{id} */
export async function postUserChangePreview(request: RouteRequest): Promise<RouteAnswer> {
  const fields = { userIds: listOf(guid, PREVIEWED_CHANGES_MAX), change: asSent };
  const { userIds, change } = readRequired(request.body, fields, ['userIds', 'change']);
  return ok(await previewUserChange(request.ctx, userIds, change));
}

/** POST /users/deletion/preview */
export async function postUserDeletionPreview(request: RouteRequest): Promise<RouteAnswer> {
  const { userIds } = readRequired(request.body, { userIds: listOf(guid, PREVIEWED_CHANGES_MAX) }, ['userIds']);
  return ok(await previewUserDeletion(request.ctx, userIds));
}

/** What it is read by looks at it. */
const asSent = (value: unknown): unknown => value;
