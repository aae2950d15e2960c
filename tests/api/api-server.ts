import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createApplication, type Database } from '@allot/store';
import { acceptUploads, apiDocuments, apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphDocuments, graphRoutes } from '../../packages/server/src/graph/index.ts';
import { createApp, defaultLimits, registerDocuments, registerRoutes } from '../../packages/server/src/http/index.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { applicationPermissions } from '../../packages/server/src/sign-in/permission-names.ts';
import { type Permission, registerSignIn } from '../../packages/server/src/sign-in/index.ts';
import { hashSecret } from '../../packages/server/src/sign-in/secret-hash.ts';
import { prepareDatabase } from '../../packages/server/src/workers/prepare-database.ts';
import { checkResponse } from '../openapi/check-answer.ts';
import { silentLog, testDatabase, type TestScope } from '../database.ts';

export interface Answer {
  readonly status: number;
  /** Parsed JSON of whatever shape; the text when it is none. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface ApiServer {
  readonly database: Database;
  /** Of the one tenant, which has the built-in catalogue and nothing else. */
  readonly ctx: Context;
  /** Sends a request over the network with the token of an application that may do everything, unless headers say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a file to an import. */
  upload(
    path: string,
    file: string | AsyncIterable<Uint8Array>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** A token of a new application with these permissions, as a header. */
  authorization(permissions: readonly Permission[]): Promise<{ readonly authorization: string }>;
  /** Settles everything accepted so far, as the worker does. */
  settle(): Promise<void>;
}

function makeApp({ db }: Database, baseUrl: string) {
  const app = createApp({ log: createLog('silent'), limits: defaultLimits, isReady: () => true });
  acceptUploads(app);
  const { verifyToken } = registerSignIn(app, { db, baseUrl, log: silentLog });
  registerDocuments(app, { documents: [...graphDocuments, ...apiDocuments], baseUrl });
  const shared = { verifyToken, db, baseUrl, outgoing: createOutgoing({ allowPrivate: true }) };
  registerRoutes(app, { ...shared, routes: graphRoutes });
  registerRoutes(app, { ...shared, routes: apiRoutes });
  return app;
}

/** Both surfaces over a database and a tenant of their own, on a port of this machine. */
export async function startApi(scope: TestScope): Promise<ApiServer> {
  const database = await testDatabase(scope);
  await prepareDatabase(database, silentLog);
  const { tenantId } = await createTenant(database.db, {
    displayName: 'Test',
    initialDomain: 'test.example',
    defaultUsageLocation: 'US',
  });
  const actor = { kind: 'app', id: randomUUID(), displayName: 'Test' } as const;
  const ctx: Context = { db: database.db, tenantId, actor, correlationId: randomUUID() };

  const baseUrl = 'http://licenses.example';
  const app = makeApp(database, baseUrl);
  await app.listen({ host: '127.0.0.1', port: 0 });
  database.beforeClose(() => app.close());
  // `as`: a server that listens on a port has such an address.
  const root = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const authorization = async (permissions: readonly Permission[]) => {
    const [clientId, secret] = [randomUUID(), randomUUID()];
    const application = { tenantId, clientId, displayName: 'Test', secretHash: await hashSecret(secret), permissions };
    await createApplication(database.db, application);
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: `${baseUrl}/.default`,
    };
    const answer = await fetch(`${root}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string }; // what OAuth says
    return { authorization: `Bearer ${token}` };
  };
  const everything = await authorization(applicationPermissions);
  const send = async (
    path: string,
    { headers, ...init }: Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> },
  ): Promise<Answer> => {
    const answer = await fetch(`${root}${path}`, { ...init, headers: { ...everything, ...headers } });
    const text = await answer.text();
    checkResponse(init.method ?? 'GET', path, answer, text);
    return { status: answer.status, body: parse(text), headers: answer.headers };
  };
  return {
    database,
    ctx,
    authorization,
    call: (method, path, body, headers = {}) =>
      send(path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    upload: (path, file, headers = {}) => {
      const body = typeof file === 'string' ? file : Readable.toWeb(Readable.from(file, { objectMode: false }));
      return send(path, { method: 'POST', headers: { 'content-type': 'text/csv', ...headers }, body, duplex: 'half' });
    },
    settle: async () => {
      // A run has a correlation id of its own.
      while (await settlePending({ ...ctx, correlationId: randomUUID() }));
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body of an answer that must have this status: a JSON object, or nothing. */
export async function expectStatus(
  status: number,
  answer: Promise<Answer>,
): Promise<Readonly<Record<string, unknown>>> {
  const { status: got, body } = await answer;
  assert.equal(got, status, JSON.stringify(body));
  return typeof body === 'object' ? { ...body } : {};
}

/** Products and plans of the built-in catalogue that tests speak of. */
export const skus = {
  e1: '18181a46-0d4e-45cd-891e-60aabd171b4e',
  e3: '6fd2c87f-b296-42f0-b197-1e91e994b900',
  ems: 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e',
} as const;

export const plans = {
  exchange1: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  exchange2: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
  sway: 'a23b959c-7ce8-4e57-9140-b90eb88a9e97',
  yammer: '7547a3fe-08ee-4ccb-b430-5077c5041653',
} as const;
