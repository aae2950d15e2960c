import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../packages/server/src/log.ts';
import { readSettings } from '../packages/server/src/settings/settings.ts';
import { type Running, startServer } from '../packages/server/src/start.ts';
import { checkResponse } from './openapi/check-answer.ts';
import { type TestDatabase, testDatabase, type TestScope } from './database.ts';

export interface TestServer {
  readonly database: TestDatabase;
  readonly running: Running;
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly data: string;
  /** A token of the first application, which may do everything. */
  token(): Promise<string>;
  /** A call with that token; the body is sent as JSON. Answers the status and the parsed body. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Waits until everything accepted so far is settled. */
  settled(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON of whatever shape; text if it was none. */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** A real server with its workers on a database of its own, on a free port, with an empty tenant or the demo tenant. */
export async function testServer(
  scope: TestScope,
  options: { readonly demo?: boolean; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<TestServer> {
  const database = await testDatabase(scope);
  const data = await mkdtemp(join(tmpdir(), 'allot-server-'));
  const settings = readSettings({
    ALLOT_PORT: '0',
    ALLOT_DATA: data,
    DATABASE_URL: database.databaseUrl,
    ALLOT_DEMO: options.demo ? 'on' : 'off',
    ALLOT_NOTIFY_PRIVATE: 'on',
    ALLOT_LOG_LEVEL: 'error',
    ...options.settings,
  });
  const running = await startServer(settings, createLog(settings.logLevel));
  database.beforeClose(async () => {
    await running.stop();
    await rm(data, { recursive: true, force: true });
  });
  const credentials: Record<string, string> = JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8'));
  return serverOf(database, running, data, credentials);
}

function serverOf(
  database: TestDatabase,
  running: Running,
  data: string,
  credentials: Record<string, string>,
): TestServer {
  const { baseUrl } = running;
  const { tenantId = '', clientId = '', clientSecret = '' } = credentials;
  let known: Promise<string> | undefined;
  const token = () => (known ??= fetchToken(baseUrl, tenantId, clientId, clientSecret));
  const call: TestServer['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    checkResponse(method, path, response, text);
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
  const settled = async () => {
    while ((await call('GET', '/allot/v1/processing')).body.pending > 0)
      await new Promise((done) => setTimeout(done, 10));
  };
  return { database, running, baseUrl, tenantId, clientId, clientSecret, data, token, call, settled };
}

export async function fetchToken(
  baseUrl: string,
  tenantId: string,
  clientId: string,
  clientSecret: string,
): Promise<string> {
  const response = await fetch(`${baseUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${baseUrl}/.default`,
    }),
  });
  const answer: { access_token?: string } = JSON.parse(await response.text());
  if (answer.access_token === undefined) throw new Error(`no token: ${response.status}`);
  return answer.access_token;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
