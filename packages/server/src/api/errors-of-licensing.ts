import { badRequest } from '@allot/contract';
import type { RouteAnswer, RouteRequest } from '../http/index.ts';
import { groupErrors } from '../operations/licensing/group-errors.ts';
import {
  type GroupPageKey,
  groupsInError,
  usersOfCause,
  usersOfErrors,
} from '../operations/licensing/list-in-error.ts';
import { ok } from '../http/index.ts';
import { guid, isGuid, oneOf } from './fields.ts';
import { answerPage, readAfter, readTop, unknownPage } from './page.ts';
import { pathId } from './path-id.ts';

/** GET /groups/{id}/errors */
export async function getGroupErrors(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ value: await groupErrors(request.ctx, pathId(request)) });
}

/** GET /groups/{id}/errors/users?error=&skuId=: who is concerned by one cause of GET /groups/{id}/errors */
export async function getGroupErrorUsers(request: RouteRequest): Promise<RouteAnswer> {
  const groupId = pathId(request);
  const [error, skuId] = ['error', 'skuId'].map((name) => request.query.get(name));
  if (error === undefined || skuId === undefined)
    throw badRequest(
      'The query does not name a cause.',
      'Send error and skuId of an entry of GET /allot/v1/groups/{id}/errors: ?error=CountViolation&skuId=…',
    );
  const productId = guid(skuId, 'skuId');
  const top = readTop(request);
  const page = await usersOfCause(request.ctx, groupId, { error, productId }, { after: readAfter(request), top });
  return answerPage(request, `/groups/${groupId}/errors/users`, { error, skuId: productId, $top: top }, page);
}

/** GET /groups/errors: those with the most users in error first */
export async function getGroupsInError(request: RouteRequest): Promise<RouteAnswer> {
  const top = readTop(request);
  const { value, next } = await groupsInError(request.ctx, { after: groupKey(request), top });
  const token = next && `${next.users}_${next.groupId}`;
  return answerPage(request, '/groups/errors', { $top: top }, { value, next: token });
}

function groupKey({ query }: RouteRequest): GroupPageKey | undefined {
  const sent = query.get('$skiptoken');
  if (sent === undefined) return undefined;
  const [users = '', groupId = '', ...rest] = sent.split('_');
  if (!/^\d{1,15}$/.test(users) || !isGuid(groupId) || rest.length > 0) throw unknownPage();
  return { users: Number(users), groupId: groupId.toLowerCase() };
}

/** GET /users/errors: whose own licenses are in error; with `?source=any` also who has an error from a group */
export async function getUsersInError(request: RouteRequest): Promise<RouteAnswer> {
  const top = readTop(request);
  const source = sources(request.query.get('source') ?? 'direct', 'source');
  return answerPage(
    request,
    '/users/errors',
    { $top: top, ...(source === 'direct' ? {} : { source }) },
    await usersOfErrors(request.ctx, source, { after: readAfter(request), top }),
  );
}

const sources = oneOf('direct', 'any');
