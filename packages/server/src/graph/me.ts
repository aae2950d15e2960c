import { ApiError, notFound } from '@allot/contract';
import { ok, type Route, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { userResource, userType } from './resources/user-resource.ts';

/** What people may ask about themselves without a role, by the part after `/users/{id}`. */
const open = /^(|\/memberOf.*|\/transitiveMemberOf.*|\/licenseDetails|\/[\w.]*(check|get)Member(Groups|Objects))$/;

/**
 * Everything of `/users/{id}` under `/me`: the person who is signed in. Deleting oneself is left to others, as in Graph.
 * @param routes the table that has the rows of users
 */
export const meRoutes = (routes: readonly Route[]): readonly Route[] =>
  routes.flatMap((route) => {
    const below = /^\/v1\.0\/users\/:id(.*)$/.exec(route.path)?.[1];
    if (below === undefined || (route.method === 'DELETE' && below === '')) return [];
    const reads = route.method === 'GET' || /Member(Groups|Objects)$/.test(below);
    const permissions = reads && open.test(below) ? (['User.Read', ...route.permissions] as const) : route.permissions;
    // Documented where it stands for anybody.
    const describe = { ...route.describe, isAlias: true };
    return [{ ...route, path: `/v1.0/me${below}`, permissions, handle: asMe(below, route.handle), describe }];
  });

const asMe =
  (below: string, handle: Route['handle']): Route['handle'] =>
  async (request) => {
    const { caller } = request;
    if (caller.kind === 'application') throw needsPerson();
    if (!caller.local) {
      return handle({ ...request, param: (name) => (name === 'id' ? caller.id : request.param(name)) });
    }
    if (below === '' && request.body === undefined) return answerLocal(request, caller);
    throw notFound(caller.id);
  };

/** A local administrator is no user of the directory, and is known by a name all the same. */
function answerLocal(
  request: RouteRequest,
  { id, displayName, userPrincipalName }: Extract<RouteRequest['caller'], { kind: 'person' }>,
): RouteAnswer {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, userType, 'one');
  const row = { userNo: 0, id, displayName, userPrincipalName };
  return ok({
    ...contextOf(request, `users${selection.clause}/$entity`),
    ...userResource(row, selection, undefined),
  });
}

const needsPerson = (): ApiError =>
  new ApiError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.', {
    advice: 'Sign in as a person, or ask for /users/{id}.',
  });
