import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ApiError } from '@allot/contract';
import { findTenantByIdOrDomain, type Handle } from '@allot/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { issuerOf, readAddress } from '../sign-in/address.ts';
import { portalClientId } from '../sign-in/first-party-clients.ts';
import { portalPolicy } from './portal-policy.ts';

/** How the portal signs people in at an issuer of the organization's own. */
export interface ExternalPortal {
  readonly issuer: string;
  /** Registered there as a public client (PKCE) with the redirect URI `{base URL}/portal/signed-in`. */
  readonly clientId: string;
  readonly scope: string;
}

export interface PortalOptions {
  readonly db: Handle;
  readonly baseUrl: string;
  /** Where `tools/build-portal.ts` put the pages. */
  readonly folder: string;
  readonly external: ExternalPortal | undefined;
  /** Whom people administer who name no organization. */
  readonly firstTenantId: () => string | null;
}

/** What the pages must know before anybody has signed in: `GET /portal/config.json`. */
export interface PortalConfig {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly organization: string;
  readonly signIn: readonly {
    readonly kind: 'allot' | 'external';
    readonly authority: string;
    readonly clientId: string;
    readonly scope: string;
  }[];
}

/** Serves the portal's pages below /portal, and leads to them whoever comes to the server itself. */
export function registerPortal(app: FastifyInstance, options: PortalOptions): void {
  const { folder, baseUrl, external } = options;
  const address = readAddress(baseUrl);
  const page = readPage(folder, address.path);
  const policy = portalPolicy(external === undefined ? [] : [new URL(external.issuer).origin]);
  const sendPage = (_request: FastifyRequest, reply: FastifyReply) => {
    if (page === undefined) throw notBuilt();
    return reply
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-cache', 'content-security-policy': policy, 'referrer-policy': 'same-origin' })
      .send(page);
  };
  app.register(async (routes) => {
    routes.get('/', (_request, reply) => reply.redirect(`${address.path}/portal/`));
    routes.get('/portal', sendPage);
    routes.get('/portal/*', sendPage);
    routes.get('/portal/config.json', async (request: FastifyRequest<{ Querystring: { tenant?: string } }>, reply) => {
      reply.header('cache-control', 'no-store');
      return describeSignIn(options, request.query.tenant);
    });
    if (page === undefined) return;
    await routes.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/portal/assets/',
      preCompressed: true,
      // Names hold a hash of what is in them.
      immutable: true,
      maxAge: '1y',
    });
    routes.get('/portal/icon.svg', (_request, reply) => reply.sendFile('icon.svg', folder));
  });
}

/** The first page, told the path that a proxy serves it at; undefined: the pages are not built. */
function readPage(folder: string, path: string): string | undefined {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8').replace('<base href="/portal/"', `<base href="${path}/portal/"`);
}

async function describeSignIn(options: PortalOptions, wanted: string | undefined): Promise<PortalConfig> {
  const { db, baseUrl, external, firstTenantId } = options;
  const address = readAddress(baseUrl);
  const named = wanted ?? firstTenantId();
  const tenant = named === null ? undefined : await findTenantByIdOrDomain(db, named);
  if (tenant === undefined) throw noOrganization(wanted);
  const own = {
    kind: 'allot',
    authority: issuerOf(address, tenant.tenantId),
    clientId: portalClientId,
    scope: `openid profile offline_access ${address.base}/.default`,
  } as const;
  const others = external === undefined ? [] : [{ kind: 'external', ...externalSignIn(external) } as const];
  return {
    baseUrl: address.base,
    tenantId: tenant.tenantId,
    organization: tenant.displayName,
    signIn: [own, ...others],
  };
}

const externalSignIn = ({ issuer, clientId, scope }: ExternalPortal) => ({ authority: issuer, clientId, scope });

const notBuilt = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'The pages of the portal are not built.', {
    advice:
      'Start Allot by npm start, which builds them; or run node tools/build-portal.ts and start the server again.',
  });

const noOrganization = (wanted: string | undefined): ApiError =>
  wanted === undefined
    ? new ApiError(503, 'ServiceUnavailable', 'The server is starting.', {
        advice: 'Load the page again in a few seconds.',
        headers: { 'retry-after': '2' },
      })
    : new ApiError(404, 'Request_ResourceNotFound', `There is no organization '${wanted.slice(0, 200)}' here.`, {
        advice: 'Check the address: ?tenant= takes the id or a domain of an organization.',
      });
