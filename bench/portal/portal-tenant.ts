import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection, Credentials, Processing, Summary } from '@allot/contract';
import { buildPortal } from '../../packages/portal/build/build-portal.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { readSettings } from '../../packages/server/src/settings/settings.ts';
import { startServer } from '../../packages/server/src/start.ts';
import { fetchToken, type TestServer } from '../../tests/server.ts';
import type { LookedAt } from './interactions.ts';

/** A server with a tenant that is looked at. */
export interface Place {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly call: TestServer['call'];
  /** Ends the server, if this program started it. */
  stop(): Promise<void>;
}

/** The server whose `credentials.json` this is. */
export async function placeOf(credentialsFile: string): Promise<Place> {
  // `as`: what the server writes there.
  const credentials = parsed(await readFile(credentialsFile, 'utf8')) as Credentials;
  const { baseUrl, tenantId, clientId, clientSecret } = credentials;
  const token = await fetchToken(baseUrl, tenantId, clientId, clientSecret);
  const call: TestServer['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ConsistencyLevel: 'eventual',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };
  return { baseUrl, tenantId, call, stop: async () => {} };
}

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

/** A server on this database, in this process. */
export async function serveTenant(databaseUrl: string): Promise<Place> {
  await buildPortal();
  const data = await mkdtemp(join(tmpdir(), 'allot-bench-portal-'));
  const settings = readSettings({
    ALLOT_PORT: '0',
    ALLOT_DATA: data,
    ALLOT_DEMO: 'off',
    ALLOT_LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
  });
  const running = await startServer(settings, createLog(settings.logLevel));
  const place = await placeOf(join(data, 'credentials.json'));
  return {
    ...place,
    stop: async () => {
      await running.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** What has most users of all: a group, and a product. */
export async function largestOf({ call }: Pick<Place, 'call'>): Promise<LookedAt> {
  const read = async <T>(path: string): Promise<T> => {
    const answer = await call('GET', path);
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
    // `as`: our own server's answer, of the form that its documents say.
    return answer.body as T;
  };
  const { products } = await read<Summary>('/allot/v1/summary');
  const product = products.toSorted((a, b) => b.consumed - a.consumed)[0];
  const { groups } = await read<Processing>('/allot/v1/processing');
  const group = groups.toSorted((a, b) => b.total - a.total)[0];
  const users = await read<Collection<{ id: string; displayName: string }>>(
    '/v1.0/users?$top=1&$orderby=displayName&$select=id,displayName',
  );
  const names = await read<Collection<{ skuId: string; displayName: string }>>('/allot/v1/catalogue/products');
  const [user] = users.value;
  if (!product || !group || !user) {
    throw new Error(
      'This tenant has no users, no licensed group or no product. Name one that has: see bench/run-portal.ts.',
    );
  }
  const { displayName: groupName } = await read<{ displayName: string }>(
    `/v1.0/groups/${group.id}?$select=displayName`,
  );
  return {
    userId: user.id,
    groupId: group.id,
    groupName,
    skuId: product.skuId,
    productName: names.value.find(({ skuId }) => skuId === product.skuId)?.displayName ?? product.skuId,
    typed: user.displayName.slice(0, 4),
    longTyped: user.displayName.slice(0, -2),
  };
}
