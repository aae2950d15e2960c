import { ApiError, notFound } from '@allot/contract';
import { forTenant, type Handle } from '@allot/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../operations/context.ts';
import type { Caller } from '../sign-in/caller.ts';
import { allows, requirePermission } from '../sign-in/permissions.ts';
import type { VerifyToken } from '../sign-in/verify-token.ts';
import { checkTexts } from './check-texts.ts';
import { Query } from './query.ts';
import { requestIdsOf } from './request-ids.ts';
import { rootOf } from './root-of.ts';
import type { Route, RouteAnswer, RouteRequest } from './route.ts';

export interface RegisterRoutesOptions {
  readonly routes: readonly Route[];
  readonly verifyToken: VerifyToken;
  readonly db: Handle;
  /** The configured address of the installation. */
  readonly baseUrl: string;
}

/**
 * Adds a table of routes. There is no other way to add one, so none is without authentication and permissions: both
 * are checked before the body is read. A path of the table asked with another method is answered 405.
 */
export function registerRoutes(app: FastifyInstance, options: RegisterRoutesOptions): void {
  app.register(async (scope) => {
    const callers = new WeakMap<FastifyRequest, Caller>();
    for (const route of options.routes) {
      scope.route({
        method: route.method,
        url: route.path,
        onRequest: async (request) => {
          const caller = await options.verifyToken(request);
          requirePermission(caller, route.permissions);
          callers.set(request, caller);
        },
        handler: async (request, reply) => {
          const caller = callers.get(request);
          if (caller === undefined) throw new Error('A request reached its route without a caller.');
          return send(reply, await route.handle(routeRequest(request, caller, options)));
        },
      });
    }
    refuseOtherMethods(scope, options);
  });
}

function routeRequest(request: FastifyRequest, caller: Caller, { db, baseUrl }: RegisterRoutesOptions): RouteRequest {
  checkTexts(request.body);
  const params = paramsOf(request);
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
    requirePermission: (anyOf) => requirePermission(caller, anyOf),
    hasPermission: (anyOf) => allows(caller, anyOf),
    url: request.originalUrl,
  };
}

function contextOf(request: FastifyRequest, caller: Caller, db: Handle): Context {
  return {
    db: forTenant(db, caller.tenantId),
    tenantId: caller.tenantId,
    actor: { kind: 'app', id: caller.appId, displayName: caller.displayName },
    correlationId: requestIdsOf(request).clientRequestId,
  };
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

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function refuseOtherMethods(scope: FastifyInstance, { routes, verifyToken }: RegisterRoutesOptions): void {
  const methodsOf = Map.groupBy(routes, ({ path }) => path);
  for (const [path, rows] of methodsOf) {
    const allowed: readonly string[] = rows.map(({ method }) => method);
    const others = allMethods.filter((method) => !allowed.includes(method));
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

const methodNotAllowed = (allowed: readonly string[]): ApiError =>
  new ApiError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.', {
    advice: `Use ${allowed.join(' or ')}.`,
    headers: { allow: allowed.join(', ') },
  });
