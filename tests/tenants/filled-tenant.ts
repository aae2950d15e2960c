import assert from 'node:assert/strict';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { createFirstApplication } from '../../packages/server/src/sign-in/create-first-application.ts';
import { fetchToken, type TestServer } from '../server.ts';

export const e3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
export type Headers = Readonly<Record<string, string>>;

/** A tenant beside the first one, and a token of somebody who may do everything there. */
export async function anotherTenant(
  server: TestServer,
  displayName: string,
): Promise<{ readonly tenantId: string; readonly headers: Headers }> {
  const { db } = server.database;
  const tenant = { displayName, initialDomain: `${displayName.toLowerCase()}.example`, defaultUsageLocation: 'US' };
  const { tenantId } = await createTenant(db, tenant);
  const { clientId, clientSecret } = await createFirstApplication(db, tenantId);
  const token = await fetchToken(server.baseUrl, tenantId, clientId, clientSecret);
  return { tenantId, headers: { authorization: `Bearer ${token}` } };
}

export async function done(server: TestServer, method: string, path: string, body: unknown, headers: Headers) {
  const answer = await server.call(method, path, body, headers);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const settled = async (server: TestServer, headers: Headers): Promise<void> => {
  while ((await done(server, 'GET', '/allot/v1/processing', undefined, headers)).pending > 0)
    await new Promise((again) => setTimeout(again, 10));
};

/**
 * The same of everything in each tenant, with the same names: what differs are the ids, and the name of the owner.
 * @returns an id of each kind, by the word that stands before it in paths
 */
export async function fillTenant(server: TestServer, owner: string, headers: Headers): Promise<Map<string, string>> {
  const person = (name: string) => ({
    displayName: `${name} of ${owner}`,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    usageLocation: 'US',
    accountEnabled: true,
    department: 'Sales',
    passwordProfile: { password: 'not kept' },
  });
  const user = (await done(server, 'POST', '/v1.0/users', person('ada'), headers)).id;
  const manager = (await done(server, 'POST', '/v1.0/users', person('max'), headers)).id;
  const deleted = (await done(server, 'POST', '/v1.0/users', person('bea'), headers)).id;
  const named = { displayName: `All of ${owner}`, mailEnabled: false, mailNickname: 'all', securityEnabled: true };
  const group = (await done(server, 'POST', '/v1.0/groups', named, headers)).id;
  const rule = { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "Sales"' };
  const follower = { ...named, ...rule, displayName: `Sales of ${owner}`, mailNickname: 'sales' };
  await done(server, 'POST', '/v1.0/groups', { ...follower, membershipRuleProcessingState: 'On' }, headers);
  const subscription = (await done(server, 'POST', '/allot/v1/subscriptions', { skuId: e3, units: 1 }, headers)).id;
  const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  for (const member of [user, manager]) {
    await done(server, 'POST', `/v1.0/groups/${group}/members/$ref`, reference(member), headers);
  }
  await done(server, 'PUT', `/v1.0/users/${user}/manager/$ref`, reference(manager), headers);
  await done(server, 'DELETE', `/v1.0/users/${deleted}`, undefined, headers);
  const licenses = { addLicenses: [{ skuId: e3 }], removeLicenses: [] };
  await done(server, 'POST', `/v1.0/groups/${group}/assignLicense`, licenses, headers);
  await settled(server, headers);
  const ids = {
    users: user,
    groups: group,
    deletedItems: deleted,
    subscriptions: subscription,
    directoryObjects: user,
  };
  return new Map(Object.entries(ids));
}
