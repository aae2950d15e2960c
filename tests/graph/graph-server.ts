import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createApplication } from '@allot/store';
import {
  createApp,
  defaultLimits,
  type Limits,
  registerDocuments,
  registerRoutes,
  type Throttle,
} from '../../packages/server/src/http/index.ts';
import { graphDocuments, graphRoutes } from '../../packages/server/src/graph/index.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { type Permission, registerSignIn } from '../../packages/server/src/sign-in/index.ts';
import { hashSecret } from '../../packages/server/src/sign-in/secret-hash.ts';
import { silentLog, type TestDatabase, testDatabase, type TestScope } from '../database.ts';
import { checkAnswer } from '../openapi/check-answer.ts';
import { makeTenant } from '../licensing/tenant.ts';
import { applicationPermissions } from '../../packages/server/src/sign-in/permission-names.ts';

export interface Answer {
  readonly status: number;
  /** Parsed JSON; `{ text }` when it is none. */
  readonly body: Json;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** JSON of an answer, to be looked into without a type for every answer. */
export interface Json {
  readonly [name: string]: Json;
}

/** The items of an array. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  assert.ok(Array.isArray(value), `${JSON.stringify(value)} is no array`);
  return value as Json[]; // JSON, like everything in an answer
}

/** As a text: a text itself, anything else as JSON. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** One property of every item of an array, as text. */
export const textsOf = (value: Json | undefined, name: string): readonly string[] =>
  itemsOf(value).map((item) => textOf(item[name]));

/** The path of the next page; undefined: there is none. */
export function nextPath(answer: Answer): string | undefined {
  const link: unknown = answer.body['@odata.nextLink'];
  return typeof link === 'string' ? link.replace(/^http:\/\/licenses\.example/, '') : undefined;
}

export interface GraphServer {
  readonly database: TestDatabase;
  readonly databaseUrl: string;
  /** Of the tenant that the server's own token is for. */
  readonly ctx: Context;
  /** Sends a request with the token of an application that may do everything, unless headers say otherwise. */
  call(method: Method, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A token of a new application with these permissions, as a header. */
  authorization(permissions: readonly Permission[], tenantId?: string): Promise<{ readonly authorization: string }>;
  /** Settles everything accepted so far, as the worker does. */
  settle(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

const baseUrl = 'http://licenses.example';

/** The Graph surface over a database of its own, asked without a network. */
export async function startGraph(
  scope: TestScope,
  limits: Limits = defaultLimits,
  throttle?: Throttle,
): Promise<GraphServer> {
  const database = await testDatabase(scope);
  const ctx = await makeTenant(database);
  const app = createApp({ log: createLog('silent'), limits, isReady: () => true });
  const { verifyToken } = registerSignIn(app, { db: database.db, baseUrl, log: silentLog });
  registerDocuments(app, { documents: graphDocuments, baseUrl });
  const outgoing = createOutgoing({ allowPrivate: true });
  registerRoutes(app, { routes: graphRoutes, verifyToken, db: database.db, baseUrl, outgoing, throttle });
  await app.ready();
  database.beforeClose(() => app.close());

  const authorization: GraphServer['authorization'] = async (permissions, tenantId = ctx.tenantId) => {
    const clientId = randomUUID();
    const secret = randomUUID();
    const application = { tenantId, clientId, displayName: 'Test', secretHash: await hashSecret(secret), permissions };
    await createApplication(database.db, application);
    const answer = await app.inject({
      method: 'POST',
      url: `/${tenantId}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'licenses.example' },
      payload: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
        scope: `${baseUrl}/.default`,
      }).toString(),
    });
    assert.equal(answer.statusCode, 200, answer.body);
    const { access_token: token } = answer.json<{ access_token: string }>();
    return { authorization: `Bearer ${token}` };
  };
  const everything = await authorization(applicationPermissions);

  return {
    database,
    databaseUrl: database.databaseUrl,
    ctx,
    authorization,
    async call(method, path, body, headers = {}) {
      const answer = await app.inject({
        method,
        url: path,
        headers: {
          host: 'licenses.example',
          ...everything,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const contentType = textOf(answer.headers['content-type'] ?? '');
      checkAnswer({ method, path, status: answer.statusCode, contentType, text: answer.body });
      return { status: answer.statusCode, body: parse(answer.body), headers: answer.headers };
    },
    async settle() {
      while (await settlePending(ctx));
    },
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json; // whatever JSON it is
  } catch {
    return { text } as unknown as Json; // no JSON: only looked at as a text
  }
}

let made = 0;

/** The body of a user that there is not yet. */
export function newUser(values: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  made += 1;
  return {
    accountEnabled: true,
    displayName: `Person ${made}`,
    mailNickname: `person${made}`,
    userPrincipalName: `person${made}@test.example`,
    passwordProfile: { password: 'not kept', forceChangePasswordNextSignIn: true },
    ...values,
  };
}

/** The body of a security group. */
export const newGroup = (values: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  displayName: 'Sales',
  mailEnabled: false,
  mailNickname: 'sales',
  securityEnabled: true,
  ...values,
});

/** Creates something and returns its id. */
export async function createdId(server: GraphServer, path: string, body: unknown): Promise<string> {
  const answer = await server.call('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return textOf(answer.body['id']);
}
