import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import Fastify from 'fastify';
import { sql } from 'kysely';

import type { Handle } from '@allot/store';

import { createFirstApplication, registerSignIn, requirePermission } from '../../packages/server/src/sign-in/index.ts';
import { silentLog } from '../database.ts';
import type { TestScope } from '../database.ts';

export type SignInServer = {
  /** Where it listens, and the base address it is told, unless another was given. */
  readonly url: string;
};

export type SignInServerOptions = {
  readonly db: Handle;
  /** What it is told to be its address, when that is not where it listens: it stands behind a proxy. */
  readonly baseUrl?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
};

/**
 * A server with nothing but sign-in and two routes that need it: `/who` says who calls, `/licenses` is open to
 * LicenseAssignment.Read.All and LicenseAssignment.ReadWrite.All.
 */
export async function startSignInServer(
  scope: TestScope,
  { db, baseUrl, tls }: SignInServerOptions,
): Promise<SignInServer> {
  // The address, which holds the port, has to be known before there are routes.
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An AddressInfo, since it listens on a port.
  const { port } = server.address() as AddressInfo;
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;

  const app = Fastify({
    serverFactory: (handler) => server.on('request', handler),
    routerOptions: { caseSensitive: false },
    rewriteUrl: ({ url: asked = '/' }) => asked.replace(/^\/beta\//, '/'),
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('request-id', randomUUID());
  });
  const { verifyToken } = registerSignIn(app, { db, baseUrl: baseUrl ?? url, log: silentLog });
  app.get('/who', async (request) => {
    const caller = await verifyToken(request);
    if (caller.kind === 'application') return { ...caller, permissions: [...caller.permissions] };
    const roles = caller.roles.map(({ role, groupId }) => ({ role: role.displayName, groupId }));
    return { ...caller, scopes: [...caller.scopes], roles };
  });
  app.get('/licenses', async (request) => {
    requirePermission(await verifyToken(request), ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All']);
    return 'licenses';
  });
  await app.ready();
  scope.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await app.close();
  });
  return { url };
}

export type TestTenant = {
  readonly tenantId: string;
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** A tenant with its first application. */
export async function createTenant(db: Handle): Promise<TestTenant> {
  const tenantId = randomUUID();
  const domain = `Contoso-${tenantId.slice(0, 8)}.example`;
  await sql`
    insert into allot.tenant (tenant_id, display_name, initial_domain) values (${tenantId}, 'Contoso', ${domain})
  `.execute(db);
  return { tenantId, domain, ...(await createFirstApplication(db, tenantId)) };
}

export type TokenAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Asks for a token; `form` is what the body says. */
export async function askForToken(
  url: string,
  tenant: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return { status: response.status, headers: response.headers, body: objectOf(await response.json()) };
}

/** An access token of the tenant's first application. */
export async function tokenOf(url: string, { tenantId, clientId, clientSecret }: TestTenant): Promise<string> {
  const { body } = await askForToken(url, tenantId, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'https://graph.microsoft.com/.default',
  });
  if (typeof body['access_token'] !== 'string') throw new Error(`No token: ${JSON.stringify(body)}`);
  return body['access_token'];
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`Not an object: ${JSON.stringify(value)}`);
  return { ...value };
}
