import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createApplication } from '@allot/store';
import type { Permission } from '../../packages/server/src/sign-in/index.ts';
import { hashSecret } from '../../packages/server/src/sign-in/secret-hash.ts';
import type { TestScope } from '../database.ts';
import { fetchToken, testServer, type TestServer } from '../server.ts';

/** A request of a batch, as a client writes it. */
export interface Request {
  readonly id: string | number;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly (string | number)[];
}

export interface Response {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON of whatever shape. */
  readonly body: ReturnType<typeof JSON.parse>;
}

type Headers = Readonly<Record<string, string>>;

export interface BatchServer extends TestServer {
  /** Sends a batch that must be answered 200. */
  batch(requests: readonly Request[], headers?: Headers): Promise<readonly Response[]>;
  /** Creates a user or a group and returns the id. */
  created(path: '/users' | '/groups', values?: object): Promise<string>;
  memberIds(groupId: string): Promise<readonly string[]>;
  /** A token of a new application of this tenant, as a header. */
  authorization(
    permissions: readonly Permission[],
  ): Promise<{ readonly authorization: string; readonly appId: string }>;
}

/** A real server on a port of this machine, asked over the network. */
export async function batchServer(
  scope: TestScope,
  settings: Readonly<Record<string, string>> = {},
): Promise<BatchServer> {
  const server = await testServer(scope, { settings });
  let made = 0;
  return {
    ...server,
    async batch(requests, headers) {
      const answer = await server.call('POST', '/v1.0/$batch', { requests }, headers);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.responses;
    },
    async created(path, values) {
      made += 1;
      const answer = await server.call('POST', `/v1.0${path}`, { ...bodies(made)[path], ...values });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.id;
    },
    async memberIds(groupId) {
      const { body } = await server.call('GET', `/v1.0/groups/${groupId}/members?$select=id&$top=999`);
      return body.value.map(({ id }: { readonly id: string }) => id);
    },
    async authorization(permissions) {
      const [appId, secret] = [randomUUID(), randomUUID()];
      const { tenantId, baseUrl } = server;
      const application = { tenantId, clientId: appId, displayName: 'Few', secretHash: await hashSecret(secret) };
      await createApplication(server.database.db, { ...application, permissions });
      return { authorization: `Bearer ${await fetchToken(baseUrl, tenantId, appId, secret)}`, appId };
    },
  };
}

const bodies = (made: number) => ({
  '/users': {
    accountEnabled: true,
    displayName: `Person ${made}`,
    mailNickname: `person${made}`,
    userPrincipalName: `person${made}@contoso.example`,
    usageLocation: 'US',
    passwordProfile: { password: 'not kept' },
  },
  '/groups': { displayName: `Group ${made}`, mailEnabled: false, mailNickname: `group${made}`, securityEnabled: true },
});

export const json = { 'Content-Type': 'application/json' };

export const reading = (id: string | number, url: string, headers?: Headers): Request =>
  headers === undefined ? { id, method: 'GET', url } : { id, method: 'GET', url, headers };

export const adding = (id: string | number, groupId: string, memberId: string): Request => ({
  id,
  method: 'POST',
  url: `/groups/${groupId}/members/$ref`,
  headers: json,
  body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}` },
});

export const removing = (id: string | number, groupId: string, memberId: string): Request => ({
  id,
  method: 'DELETE',
  url: `/groups/${groupId}/members/${memberId}/$ref`,
});

export const statuses = (responses: readonly Response[]): Record<string, number> =>
  Object.fromEntries(responses.map(({ id, status }) => [id, status]));
