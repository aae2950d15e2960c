import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { findTenantByIdOrDomain } from '@allot/store';
import type { Handle, Log } from '@allot/store';

import { readAddress } from './address.ts';
import { createSecretCheck } from './check-secret.ts';
import { describeInstance } from './describe-instance.ts';
import { createExternalVerifier } from './external-issuer.ts';
import type { ExternalIssuer } from './external-issuer.ts';
import { createKeyrings } from './keyrings.ts';
import { createSignInCheck } from './people/check-sign-in.ts';
import { createPersonLoader } from './people/load-caller.ts';
import { providerRoutes } from './provider.ts';
import { createProviders } from './providers.ts';
import type { RequestHandler } from './providers.ts';
import { rewriteForm, rewriteQuery } from './rewrite-request.ts';
import { registerSignInPages } from './sign-in-routes.ts';
import { idsOf, tokenErrorBody, unknownTenant } from './token-error.ts';
import type { TokenError } from './token-error.ts';
import { createTokenVerifier } from './verify-token.ts';
import type { VerifyToken } from './verify-token.ts';

export type { ExternalIssuer } from './external-issuer.ts';
export type { Caller } from './caller.ts';
export { createFirstApplication } from './create-first-application.ts';
export { applicationPermissions, requirePermission } from './permissions.ts';
export type { Permission } from './permissions.ts';
export type { VerifyToken } from './verify-token.ts';

export type SignInOptions = {
  readonly db: Handle;
  /** The address clients use, such as `https://licenses.example.com`; issuer and audience of every token. */
  readonly baseUrl: string;
  readonly log: Log;
  /** Whose tokens are believed beside our own. */
  readonly externalIssuer?: ExternalIssuer | undefined;
};

/**
 * Adds the routes by which callers get tokens, and returns the function by which other routes learn who calls.
 * A `request-id` header that an earlier hook has set on the reply is sent, and named in errors.
 */
export function registerSignIn(
  app: FastifyInstance,
  { db, baseUrl, log, externalIssuer }: SignInOptions,
): { verifyToken: VerifyToken } {
  const address = readAddress(baseUrl);
  const keyrings = createKeyrings(db);
  const checkSecret = createSecretCheck();
  const providerOf = createProviders(keyrings, { db, address, log, checkSecret });

  /** Hands a request to the provider of the tenant in its address, as if it were for `path`. */
  const hand = (path: string) => async (request: TenantRequest, reply: FastifyReply) => {
    const tenant = await findTenantByIdOrDomain(db, request.params.tenant);
    if (tenant === undefined) return refuse(request, reply, unknownTenant(request.params.tenant));
    const provider = await providerOf(tenant.tenantId);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    const { raw } = request;
    const asked = request.method === 'POST' ? await rewriteForm(raw, address) : raw;
    const url = rewriteQuery(raw.url ?? '', address, raw.headers.host);
    const [, query] = url.split('?', 2);
    const { uid } = request.params;
    const below = (uid === undefined ? path : `${path}/${uid}`) + (query === undefined ? '' : `?${query}`);
    await serveAs(asked, reply.raw, provider.callback(), below, `${address.path}/${tenant.tenantId}`);
  };

  app.register(async (routes) => {
    // The provider reads the body itself.
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const { authorization, code_verification: deviceauth, end_session: logout } = providerRoutes;
    const { token, device_authorization: devicecode, revocation } = providerRoutes;
    for (const path of [token, devicecode, revocation]) {
      routes.route({ method: ['POST', 'OPTIONS'], url: `/:tenant${path}`, handler: hand(path) });
    }
    routes.get(`/:tenant${authorization}`, hand(authorization));
    routes.get(`/:tenant${authorization}/:uid`, hand(authorization));
    routes.route({ method: ['GET', 'POST'], url: `/:tenant${deviceauth}`, handler: hand(deviceauth) });
    routes.get(`/:tenant${deviceauth}/:uid`, hand(deviceauth));
    routes.get(`/:tenant${logout}`, hand(logout));
    routes.get(`/:tenant${logout}/success`, hand(`${logout}/success`));
    routes.post(`/:tenant${logout}/confirm`, hand(`${logout}/confirm`));
    routes.get('/:tenant/discovery/v2.0/keys', hand(providerRoutes.jwks));
    routes.get('/:tenant/v2.0/.well-known/openid-configuration', hand('/.well-known/openid-configuration'));
    routes.get<{ Querystring: { authorization_endpoint?: unknown } }>(
      '/common/discovery/instance',
      (request, reply) => {
        const answer = describeInstance(address, request.query.authorization_endpoint);
        return 'sentence' in answer ? refuse(request, reply, answer) : reply.send(answer);
      },
    );
  });

  registerSignInPages(app, { db, address, log, providerOf, checkSignIn: createSignInCheck(db, checkSecret) });

  const external = externalIssuer && {
    issuer: externalIssuer.issuer,
    verify: createExternalVerifier(db, externalIssuer),
  };
  return { verifyToken: createTokenVerifier(address, keyrings, createPersonLoader(db), external) };
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: TokenError): FastifyReply {
  const ids = idsOf(reply.getHeader('request-id'), request.headers['client-request-id']);
  return reply.code(error.status).send(tokenErrorBody(error, ids));
}

type TenantRequest = FastifyRequest<{ Params: { tenant: string; uid?: string } }>;

/**
 * Lets a provider answer a request under another path. `baseUrl` is Express' word for what stands before that path,
 * and where the provider looks when it builds addresses, unless there is an `originalUrl`.
 */
async function serveAs(
  raw: IncomingMessage & { baseUrl?: string; originalUrl?: string | undefined },
  response: ServerResponse,
  handler: RequestHandler,
  path: string,
  baseUrl: string,
): Promise<void> {
  const { url = '', originalUrl } = raw;
  Object.assign(raw, { url: path, originalUrl: undefined, baseUrl });
  try {
    await handler(raw, response);
  } finally {
    // Hooks that run when the response is sent log the address that was asked.
    Object.assign(raw, { url, originalUrl });
  }
}
