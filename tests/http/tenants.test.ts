import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startReceiver } from '../graph/receiver.ts';
import { apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { createFirstApplication } from '../../packages/server/src/sign-in/create-first-application.ts';
import { makeCertificate } from '../client-certificate.ts';
import { fetchToken, testServer } from '../server.ts';

const server = await testServer({ after });
const e3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';

/** Somebody who may do everything, elsewhere. */
async function stranger(): Promise<{ readonly authorization: string }> {
  const { db } = server.database;
  const { tenantId } = await createTenant(db, {
    displayName: 'Other',
    initialDomain: 'other.example',
    defaultUsageLocation: 'US',
  });
  const { clientId, clientSecret } = await createFirstApplication(db, tenantId);
  return { authorization: `Bearer ${await fetchToken(server.baseUrl, tenantId, clientId, clientSecret)}` };
}

async function created(path: string, body: object): Promise<string> {
  const answer = await server.call('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

const other = await stranger();
const { cert } = await makeCertificate({ after });
const account = await created('/allot/v1/accounts', { signInName: 'eve', displayName: 'Eve' });
const ada = { displayName: 'Ada', mailNickname: 'ada', userPrincipalName: 'ada@contoso.example', usageLocation: 'US' };
const user = { ...ada, accountEnabled: true, passwordProfile: { password: 'not kept' } };
const receiver = await startReceiver();
after(() => receiver.close());
const expirationDateTime = new Date(Date.now() + 3_600_000).toISOString();
const ids = {
  users: await created('/v1.0/users', user),
  deletedItems: await created('/v1.0/users', { ...user, userPrincipalName: 'bea@contoso.example' }),
  manager: await created('/v1.0/users', { ...user, userPrincipalName: 'max@contoso.example' }),
  groups: await created('/v1.0/groups', {
    displayName: 'All',
    mailEnabled: false,
    mailNickname: 'all',
    securityEnabled: true,
    uniqueName: 'all',
  }),
  subscriptions: await created('/allot/v1/subscriptions', { skuId: e3, units: 5 }),
  changeSubscriptions: await created('/v1.0/subscriptions', {
    changeType: 'updated',
    resource: '/users',
    notificationUrl: receiver.url,
    expirationDateTime,
  }),
  directoryAudits: (await server.call('GET', '/v1.0/auditLogs/directoryAudits?$top=1')).body.value[0].id,
  subscribedSkus: `${server.tenantId}_${e3}`,
  organization: server.tenantId,
  accounts: account,
  applications: await created('/allot/v1/applications', { displayName: 'Reports' }),
  roleAssignments: await created('/v1.0/roleManagement/directory/roleAssignments', {
    principalId: account,
    roleDefinitionId: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    directoryScopeId: '/',
  }),
};
await server.call('DELETE', `/v1.0/users/${ids.deletedItems}`);
const reference = `https://graph.microsoft.com/v1.0/directoryObjects/${ids.users}`;
await server.call('POST', `/v1.0/groups/${ids.groups}/members/$ref`, { '@odata.id': reference });
await server.call('PUT', `/v1.0/users/${ids.users}/manager/$ref`, {
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ids.manager}`,
});
await server.call('POST', `/v1.0/groups/${ids.groups}/assignLicense`, {
  addLicenses: [{ skuId: e3 }],
  removeLicenses: [],
});
await server.settled();
const details = (await server.call('GET', `/v1.0/users/${ids.users}/licenseDetails`)).body.value[0].id;

/** Bodies that would be taken; what is not here needs none. */
const bodyOf = (method: string, path: string): unknown => {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (path.endsWith('assignLicense') || path.endsWith('/licensing/preview'))
    return { addLicenses: [], removeLicenses: [e3] };
  if (/\/(?:members|owners|manager)\/\$ref$/.test(path)) return { '@odata.id': reference };
  if (path.endsWith('checkMemberGroups')) return { groupIds: [ids.groups] };
  if (path.endsWith('checkMemberObjects')) return { ids: [ids.groups] };
  if (path.endsWith('getMemberGroups') || path.endsWith('getMemberObjects')) return { securityEnabledOnly: false };
  if (path.endsWith('evaluateDynamicMembership')) return { memberId: ids.users };
  if (/\/addresses(?:\/preview)?$/.test(path)) return { proxyAddresses: ['smtp:eve@other.example'] };
  if (path.endsWith('/members/preview')) return { addMembers: [] };
  if (path.endsWith('/licensing')) return { priority: 1 };
  if (path.endsWith('/certificates')) return { certificate: cert };
  if (path.endsWith('/accounts/:id')) return { enabled: false };
  if (path.endsWith('/subscriptions/:id')) return path.startsWith('/allot') ? { units: 1 } : { expirationDateTime };
  return method === 'PATCH' ? { displayName: 'Taken over' } : {};
};

/** Objects of a catalogue, and roles, have the same ids in every tenant. */
const ofTenants = [...graphRoutes, ...apiRoutes].filter(
  ({ path }) => /:id|:uniqueName/.test(path) && !/\/catalogue\/|\/roleDefinitions\//.test(path),
);

/** An answer without the ids that it quotes and those of the request. */
const told = ({ status, body }: { readonly status: number; readonly body: unknown }): string =>
  `${status} ${JSON.stringify(body)}`
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/"date":"[^"]*"/g, '')
    .replaceAll(/'(?:all|nobodys)'/g, 'name');

for (const { method, path } of ofTenants) {
  test(`${method} ${path} does not find what another tenant has`, async () => {
    const [, kind = ''] = /\/([A-Za-z]+)\/(?:\w+=)?:(?:id|uniqueName)/.exec(path) ?? [];
    const known = { ...ids, directoryObjects: ids.users };
    // Graph's subscriptions are to changes, ours to products.
    if (/^\/(?:v1\.0|beta)\/subscriptions/.test(path)) known.subscriptions = ids.changeSubscriptions;
    const id = new Map(Object.entries(known)).get(kind);
    assert.ok(id, `this test creates no ${kind}`);
    const addressOf = (own: string, member: string) =>
      path
        .replace(':id', own)
        .replace(/:memberId|:ownerId/, member)
        .replace(':detailsId', details)
        .replace(':uniqueName', 'all')
        .replace(':thumbprint', 'any')
        .replace(/\/errors\/users$/, `/errors/users?error=CountViolation&skuId=${e3}`);
    const asked = addressOf(id, ids.users);
    const headers = { ...other, consistencylevel: 'eventual' };
    const answer = await server.call(method, asked, bodyOf(method, path), headers);
    assert.equal(answer.status, 404, JSON.stringify(answer.body));
    // Exactly as of an id that nobody has: whether it is somebody's cannot be told.
    const nobody = { ...ids, [kind]: id.replace(/^[0-9a-f-]{36}/, randomUUID()), users: randomUUID() };
    const unknownId =
      kind === 'users' || kind === 'directoryObjects' ? nobody.users : String(nobody[kind as keyof typeof ids]);
    const unknown = addressOf(unknownId, nobody.users).replace('=all', '=nobodys');
    const answerOfUnknown = await server.call(method, unknown, bodyOf(method, path), headers);
    assert.equal(told(answerOfUnknown), told(answer));
    if (method === 'GET') {
      const own = await server.call(method, asked, undefined, { consistencylevel: 'eventual' });
      assert.equal(own.status, 200, JSON.stringify(own.body));
    }
  });
}

test('lists of one tenant hold nothing of another, and nothing that a stranger sent has changed anything', async () => {
  for (const path of [
    '/v1.0/users',
    '/v1.0/groups',
    '/v1.0/directory/deletedItems/microsoft.graph.user',
    '/v1.0/subscribedSkus',
    '/v1.0/auditLogs/directoryAudits',
    '/allot/v1/subscriptions',
    '/v1.0/subscriptions',
    '/v1.0/users/delta?$select=id',
    '/v1.0/groups/delta',
    '/allot/v1/accounts',
    '/v1.0/roleManagement/directory/roleAssignments',
    `/allot/v1/waiting?skuId=${e3}`,
  ]) {
    assert.deepEqual((await server.call('GET', path, undefined, other)).body.value, [], path);
  }
  const summary = (await server.call('GET', '/allot/v1/summary', undefined, other)).body;
  assert.deepEqual([summary.tenant.displayName, summary.users, summary.products], ['Other', 0, []]);
  assert.deepEqual((await server.call('GET', '/allot/v1/processing', undefined, other)).body, {
    pending: 0,
    groups: [],
  });

  const own = (
    await server.call('GET', `/v1.0/users/${ids.users}?$select=displayName,licenseAssignmentStates,proxyAddresses`)
  ).body;
  assert.equal(own.displayName, 'Ada');
  assert.ok(!JSON.stringify(own.proxyAddresses).includes('other.example'));
  assert.deepEqual(
    own.licenseAssignmentStates.map((one: { state: string; assignedByGroup: string }) => [
      one.state,
      one.assignedByGroup,
    ]),
    [['Active', ids.groups]],
  );
  assert.equal((await server.call('GET', `/allot/v1/groups/${ids.groups}/licensing`)).body.priority, 100);
});

test('names of another tenant name nobody here: user principal names, display names, domains', async () => {
  const asOf = async (method: string, path: string, body?: unknown) =>
    told(await server.call(method, path, body, other));
  const unknownUser = (answer: string) => answer.replaceAll(/[a-z]+@contoso\.example/g, 'name');
  assert.equal(
    unknownUser(await asOf('GET', '/v1.0/users/ada@contoso.example')),
    unknownUser(await asOf('GET', '/v1.0/users/nobody@contoso.example')),
  );
  for (const filter of ["startsWith(displayName,'Ada')", "userPrincipalName eq 'ada@contoso.example'"]) {
    const found = await server.call('GET', `/v1.0/users?$filter=${encodeURIComponent(filter)}`, undefined, other);
    assert.deepEqual(found.body.value, [], filter);
  }
  const { clientId, clientSecret } = server;
  const refused = async (tenant: string, client: string) => {
    const response = await fetch(`${server.baseUrl}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client,
        client_secret: clientSecret,
        scope: `${server.baseUrl}/.default`,
      }),
    });
    const { error, error_codes: codes }: { error?: string; error_codes?: unknown } = JSON.parse(await response.text());
    return JSON.stringify([response.status, error, codes]);
  };
  assert.match(await refused('other.example', clientId), /^\[40/);
  assert.equal(await refused('other.example', clientId), await refused('other.example', randomUUID()));
});

test('what points at an object of another tenant is refused exactly as what points at nothing', async () => {
  const group = { displayName: 'Ours', mailEnabled: false, mailNickname: 'ours', securityEnabled: true };
  const made = await server.call('POST', '/v1.0/groups', group, other);
  const eve = await server.call('POST', '/v1.0/users', { ...user, userPrincipalName: 'eve@other.example' }, other);
  assert.deepEqual([made.status, eve.status], [201, 201]);
  const refer = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const asked: [string, string, (id: string) => unknown, string][] = [
    ['POST', `/v1.0/groups/${made.body.id}/members/$ref`, refer, ids.users],
    ['POST', `/v1.0/groups/${made.body.id}/members/$ref`, refer, ids.groups],
    ['PUT', `/v1.0/users/${eve.body.id}/manager/$ref`, refer, ids.manager],
    ['POST', `/v1.0/users/${eve.body.id}/checkMemberGroups`, (id) => ({ groupIds: [id] }), ids.groups],
  ];
  for (const [method, path, bodyFor, foreign] of asked) {
    const answer = await server.call(method, path, bodyFor(foreign), other);
    assert.equal(told(answer), told(await server.call(method, path, bodyFor(randomUUID()), other)), path);
  }
});

test('the same user principal name, addresses and group name can be used in every tenant', async () => {
  const taken = await server.call('POST', '/v1.0/users', user, other);
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  assert.notEqual(taken.body.id, ids.users);
  const own = await server.call('GET', '/v1.0/users/ada@contoso.example');
  assert.equal(own.body.id, ids.users);
  const theirs = await server.call('GET', '/v1.0/users/ada@contoso.example', undefined, other);
  assert.equal(theirs.body.id, taken.body.id);
  const address = { proxyAddresses: ['SMTP:ada@contoso.example'] };
  for (const [id, headers] of [
    [ids.users, {}],
    [taken.body.id, other],
  ] as const) {
    const set = await server.call('PUT', `/allot/v1/users/${id}/addresses`, address, headers);
    assert.ok(set.status < 300, JSON.stringify(set.body));
  }
  await server.settled();
});
