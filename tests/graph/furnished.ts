import assert from 'node:assert/strict';
import type { Route } from '../../packages/server/src/http/index.ts';
import { createAccount } from '../../packages/server/src/operations/people/accounts.ts';
import { addSeats, skus } from '../licensing/tenant.ts';
import { startReceiver } from './receiver.ts';
import { createdId, type GraphServer, newGroup, newUser, textsOf } from './graph-server.ts';

/** Ids of objects of which every relation has at least two, by what paths call them. */
export type Furniture = Readonly<Record<string, string>>;

export const reference = (id: string, host = 'https://graph.microsoft.com') => ({
  '@odata.id': `${host}/v1.0/directoryObjects/${id}`,
});

/** Fills a tenant so that every GET of the table of routes answers something. */
export async function furnish(graph: GraphServer): Promise<Furniture> {
  const { call } = graph;
  const users = await Promise.all(
    [0, 1, 2].map(() => createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' }))),
  );
  const [boss = '', ann = '', bob = ''] = users;
  for (const id of [ann, bob]) await expect204(call('PUT', `/v1.0/users/${id}/manager/$ref`, reference(boss)));
  await expect204(call('PUT', `/v1.0/users/${boss}/manager/$ref`, reference(ann)));
  const group = await createdId(graph, '/v1.0/groups', newGroup({ uniqueName: 'staff' }));
  const [above, higher] = [
    await createdId(graph, '/v1.0/groups', newGroup()),
    await createdId(graph, '/v1.0/groups', newGroup()),
  ];
  const inner = [
    await createdId(graph, '/v1.0/groups', newGroup()),
    await createdId(graph, '/v1.0/groups', newGroup()),
  ];
  for (const id of [boss, ann, bob, ...inner])
    await expect204(call('POST', `/v1.0/groups/${group}/members/$ref`, reference(id)));
  for (const id of [above, higher]) await expect204(call('POST', `/v1.0/groups/${id}/members/$ref`, reference(group)));
  await expect204(call('POST', `/v1.0/groups/${above}/members/$ref`, reference(boss)));
  for (const id of [boss, ann]) await expect204(call('POST', `/v1.0/groups/${group}/owners/$ref`, reference(id)));
  await expect204(call('POST', `/v1.0/groups/${above}/owners/$ref`, reference(boss)));

  const gone = [0, 1].map(async () => {
    for (const path of ['/v1.0/users', '/v1.0/groups']) {
      const id = await createdId(graph, path, path.endsWith('users') ? newUser() : newGroup());
      await expect204(call('DELETE', `${path}/${id}`));
    }
  });
  await Promise.all(gone);
  const deleted = await call('GET', '/v1.0/directory/deletedItems/microsoft.graph.user');
  await addSeats(graph.ctx, skus.e1, 1);
  await addSeats(graph.ctx, skus.e3, 1);
  const license = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };
  const licensed = await call('POST', `/v1.0/users/${boss}/assignLicense`, license);
  assert.equal(licensed.status, 200, JSON.stringify(licensed.body));
  // More than there are seats, so that two are in error.
  assert.equal((await call('POST', `/v1.0/groups/${group}/assignLicense`, license)).status, 202);
  await graph.settle();
  const [details = ''] = textsOf((await call('GET', `/v1.0/users/${boss}/licenseDetails`)).body['value'], 'id');
  const [bought = ''] = textsOf((await call('GET', '/v1.0/directory/subscriptions')).body['value'], 'id');
  const [audit = ''] = textsOf((await call('GET', '/v1.0/auditLogs/directoryAudits?$top=1')).body['value'], 'id');
  return {
    users: boss,
    groups: group,
    directoryObjects: boss,
    organization: graph.ctx.tenantId,
    subscribedSkus: `${graph.ctx.tenantId}_${skus.e3}`,
    subscriptions: bought,
    changeSubscriptions: await subscribeToChanges(graph),
    deletedItems: textsOf(deleted.body['value'], 'id')[0] ?? '',
    directoryAudits: audit,
    licenseDetails: details,
    members: ann,
    owners: ann,
    uniqueName: 'staff',
    roleDefinitions: directoryReaders,
    roleAssignments: await giveRole(graph, boss),
  };
}

const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';

async function giveRole(graph: GraphServer, user: string): Promise<string> {
  await createAccount(graph.ctx, { user });
  return createdId(graph, '/v1.0/roleManagement/directory/roleAssignments', {
    principalId: user,
    roleDefinitionId: directoryReaders,
    directoryScopeId: '/',
  });
}

async function subscribeToChanges(graph: GraphServer): Promise<string> {
  const receiver = await startReceiver();
  const id = await createdId(graph, '/v1.0/subscriptions', {
    changeType: 'updated',
    resource: '/users',
    notificationUrl: receiver.url,
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await receiver.close();
  return id;
}

async function expect204(answer: Promise<{ readonly status: number; readonly body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  assert.equal(status, 204, JSON.stringify(body));
}

/** The address of a route, with the ids of the furniture; `write` writes a key. */
export function addressOf(
  { path }: Pick<Route, 'path'>,
  furniture: Furniture,
  write: (key: string) => string = (key) => `/${key}`,
): string {
  const segments = path.split('/').slice(1);
  return segments
    .map((segment, at) => {
      const [, name, parameter = ''] = /^(?:(\w+)=)?:(\w+)$/.exec(segment) ?? [];
      if (parameter === '') return `/${segment}`;
      const kind = name === 'uniqueName' ? name : (segments[at - 1] ?? '');
      // The organization's are to products, those of applications to changes.
      const isToChanges = kind === 'subscriptions' && segments[at - 2] !== 'directory';
      const key = furniture[isToChanges ? 'changeSubscriptions' : kind] ?? '';
      return name === undefined ? write(key) : `(${name}='${key}')`;
    })
    .join('');
}
