import { ApiError, notFound } from '@allot/contract';
import { forTenant, type Handle } from '@allot/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../operations/context.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Asked, Caller } from '../sign-in/caller.ts';
import { allows, requirePermission } from '../sign-in/permissions.ts';
import type { VerifyToken } from '../sign-in/verify-token.ts';
import { checkTexts } from './check-texts.ts';
import { Query } from './query.ts';
import { requestCost } from './request-cost.ts';
import { requestIdsOf } from './request-ids.ts';
import { rootOf } from './root-of.ts';
import { partsOf } from './send-part.ts';
import type { Cost, Route, RouteAnswer, RouteRequest } from './route.ts';
import { priorityOf, type Throttle } from './throttle.ts';

export interface RegisterRoutesOptions {
  readonly routes: readonly Route[];
  readonly verifyToken: VerifyToken;
  readonly db: Handle;
  readonly outgoing: Outgoing;
  /** The configured address of the installation. */
  readonly baseUrl: string;
  /** Asked for every request of a route that costs something; without it nobody is throttled. */
  readonly throttle?: Throttle | undefined;
}

/**
 * Adds a table of routes. There is no other way to add one, so none is without authentication and permissions: both
 * are checked before the body is read. A path of the table asked with another method is answered 405.
 */
export function registerRoutes(app: FastifyInstance, options: RegisterRoutesOptions): void {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });
  app.register(async (scope) => {
    const callers = new WeakMap<FastifyRequest, Caller>();
    for (const route of options.routes) {
      scope.route({
        method: route.method,
        url: route.path,
        onRequest: async (request, reply) => {
          const caller = await options.verifyToken(request);
          requirePermission(caller, route.permissions, askedOf(route, request));
          if (route.cost !== undefined) reply.headers(charge(request, caller, route.cost, options));
          callers.set(request, caller);
        },
        handler: async (request, reply) => {
          const caller = callers.get(request);
          if (caller === undefined) throw new Error('A request reached its route without a caller.');
          const parts = route.hasParts ? partsOf(app, request, options.baseUrl) : undefined;
          if (!route.hasParts) checkTexts(request.body);
          return send(
            reply,
            await route.handle({
              ...routeRequest(request, caller, route, options),
              parts,
              ended: () => AbortSignal.any([stopping.signal, goneOf(reply)]),
            }),
          );
        },
      });
    }
    refuseOtherMethods(scope, options);
  });
}

/** Headers that say what the request cost. @throws ApiError 429 */
function charge(request: FastifyRequest, caller: Caller, cost: Cost, { throttle }: RegisterRoutesOptions) {
  const whole = requestCost(cost, { ...(request.query as Record<string, unknown>) }); // what `parseQuery` returns
  const priority = priorityOf(request.headers['x-ms-throttle-priority']);
  return throttle?.(caller, whole, priority) ?? { 'x-ms-resource-unit': String(whole.resourceUnits) };
}

function routeRequest(
  request: FastifyRequest,
  caller: Caller,
  route: Route,
  { db, baseUrl, outgoing }: RegisterRoutesOptions,
): Omit<RouteRequest, 'parts' | 'ended'> {
  const params = paramsOf(request);
  // What opened the route to a role does not open what needs more than the route.
  const { groupId } = askedOf(route, request);
  const asked: Asked = groupId === undefined ? {} : { groupId };
  return {
    ctx: contextOf(request, caller, db),
    param: (name) => params[name] ?? '',
    query: new Query({ ...(request.query as Record<string, unknown>) }), // what `parseQuery` returns
    body: request.body,
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    root: rootOf(request, baseUrl),
    requirePermission: (anyOf) => requirePermission(caller, anyOf, asked),
    hasPermission: (anyOf) => allows(caller, anyOf, asked),
    caller,
    outgoing,
    url: request.originalUrl,
  };
}

/** Aborted when the client has gone, or is answered. */
function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

function contextOf(request: FastifyRequest, caller: Caller, db: Handle): Context {
  return {
    db: forTenant(db, caller.tenantId),
    tenantId: caller.tenantId,
    actor: actorOf(caller),
    correlationId: requestIdsOf(request).clientRequestId,
  };
}

function actorOf(caller: Caller): Context['actor'] {
  const { displayName } = caller;
  if (caller.kind === 'application') return { kind: 'app', id: caller.appId, displayName };
  return { kind: 'user', id: caller.id, displayName, userPrincipalName: caller.userPrincipalName };
}

/** What a person's roles are held against: the route, and the group that its path names. */
function askedOf({ method, path }: Route, { params }: FastifyRequest): Asked {
  const below = path.replace(/^\/(?:v1\.0|beta|allot\/v1)(?=\/)/, '');
  const route = `${method} ${below}`;
  if (!/^\/groups\/:id(?:\/|$)/.test(below)) return { route };
  const { id } = params as { readonly id: string }; // the path has it
  return { route, groupId: id.toLowerCase() };
}

/** A part of the path that no id or name can be names nothing that exists. */
function paramsOf(request: FastifyRequest): Readonly<Record<string, string>> {
  const params = request.params as Readonly<Record<string, string>>; // what the router makes of `:name`
  for (const value of Object.values(params)) {
    if (value.includes('\0') || !value.isWellFormed()) throw notFound(value.toWellFormed().replaceAll('\0', ''));
  }
  return params;
}

function send(reply: FastifyReply, { status, body, headers }: RouteAnswer): FastifyReply {
  reply.code(status);
  if (headers !== undefined) reply.headers(headers);
  if (body === undefined) return reply.send();
  if (typeof body === 'string') return reply.type('text/plain; charset=utf-8').send(body);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function refuseOtherMethods(scope: FastifyInstance, { routes, verifyToken }: RegisterRoutesOptions): void {
  const methodsOf = Map.groupBy(routes, ({ path }) => path);
  for (const [path, rows] of methodsOf) {
    const allowed: readonly string[] = rows.map(({ method }) => method);
    // Whoever may GET may ask for the headers alone.
    const answered = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
    const others = allMethods.filter((method) => !answered.includes(method));
    if (others.length === 0) continue;
    scope.route({
      method: others,
      url: path,
      exposeHeadRoute: false,
      onRequest: async (request) => {
        await verifyToken(request);
        throw methodNotAllowed(allowed);
      },
      handler: async () => undefined,
    });
  }
}

/** @param allowed methods that the path has */
export const methodNotAllowed = (allowed: readonly string[]): ApiError =>
  new ApiError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.', {
    advice: `Use ${allowed.join(' or ')}.`,
    headers: { allow: allowed.join(', ') },
  });
