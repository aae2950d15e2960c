import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { globalAdministratorId, roles } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from './office-with-people.ts';

const office = await startOffice({ after });
const { server, callAs } = office;
const { call } = server;
const assignments = '/v1.0/roleManagement/directory/roleAssignments';
const idOf = (name: string): string => roles.find(({ displayName }) => displayName === name)?.id ?? '';

const nickname = { mailEnabled: false, securityEnabled: true };
const createGroup = async (name: string): Promise<string> => {
  const { body } = await call('POST', '/v1.0/groups', { displayName: name, mailNickname: name, ...nickname });
  return String(body.id);
};
const sales = await createGroup('sales');
const finance = await createGroup('finance');

const createUser = async (name: string): Promise<string> => {
  const { status, body } = await call('POST', '/v1.0/users', {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    passwordProfile: { password: 'not kept' },
    usageLocation: 'US',
  });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body.id);
};

test('a role for a group opens that group and no other, and nothing beside groups', async () => {
  const person = await office.addPerson('scoped@local.example', [idOf('Groups Administrator'), sales]);
  const { access_token: token } = await office.signIn(person);
  const tried = async (method: string, path: string, body?: unknown) =>
    (await callAs(token, method, path, body)).status;
  const change = { description: 'theirs' };
  assert.equal(await tried('PATCH', `/v1.0/groups/${sales}`, change), 204);
  assert.equal(await tried('PATCH', `/v1.0/groups/${sales.toUpperCase()}`, change), 204);
  assert.equal(await tried('PATCH', `/beta/groups/${sales}`, change), 204);
  assert.equal(await tried('PATCH', `/allot/v1/groups/${sales}/licensing`, { priority: 7 }), 200);
  assert.equal(await tried('PATCH', `/v1.0/groups/${finance}`, change), 403);
  assert.equal(await tried('PATCH', `/v1.0/groups('${finance}')`, change), 403);
  assert.equal(await tried('PATCH', `/allot/v1/groups/${finance}/licensing`, { priority: 7 }), 403);
  assert.equal(await tried('GET', '/v1.0/groups'), 403);
  assert.equal(await tried('POST', '/v1.0/groups', { displayName: 'x' }), 403);
  assert.equal(await tried('GET', '/v1.0/users'), 403);
  assert.equal(await tried('GET', '/v1.0/me'), 200);
});

test('a role counts from the next request on, given and taken, and the log names who gave it', async () => {
  const boss = await office.addPerson('boss@local.example', [globalAdministratorId]);
  const { access_token: bossToken } = await office.signIn(boss);
  const person = await office.addPerson('fresh@local.example');
  const { access_token: token } = await office.signIn(person);
  const denied = await callAs(token, 'GET', '/v1.0/users');
  assert.equal(denied.status, 403);
  assert.match(
    denied.body.error.innerError.advice,
    /Ask a Global Administrator to give fresh@local\.example one of .*Directory Readers/,
  );
  const asked = { principalId: person.id, roleDefinitionId: idOf('Directory Readers'), directoryScopeId: '/' };
  const { status, body } = await callAs(bossToken, 'POST', assignments, asked);
  assert.deepEqual([status, body.principalId, body.directoryScopeId], [201, person.id, '/']);
  assert.equal((await callAs(bossToken, 'POST', assignments, asked)).status, 400);
  assert.equal((await callAs(token, 'GET', '/v1.0/users')).status, 200);
  const listed = await callAs(bossToken, 'GET', `${assignments}?$filter=principalId eq '${person.id}'`);
  assert.deepEqual(listed.body.value, [{ id: body.id, ...asked }]);
  assert.equal((await callAs(bossToken, 'DELETE', `${assignments}/${body.id}`)).status, 204);
  assert.equal((await callAs(token, 'GET', '/v1.0/users')).status, 403);

  const filter = `initiatedBy/user/userPrincipalName eq 'boss@local.example'`;
  const audits = await call('GET', `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`);
  const entries: readonly { activityDisplayName: string; initiatedBy: { user: unknown; app: unknown } }[] =
    audits.body.value;
  assert.deepEqual(
    entries.map(({ activityDisplayName }) => activityDisplayName),
    ['Remove member from role', 'Add member to role', 'User registered security info'],
  );
  for (const { initiatedBy } of entries) {
    const user = { id: boss.id, displayName: boss.name, userPrincipalName: boss.name, ipAddress: null };
    assert.deepEqual(initiatedBy, { user, app: null });
  }
});

test('a directory user signs in by user principal name, and reads of the directory what is about them', async () => {
  const userId = await createUser('adele');
  await call('POST', `/v1.0/groups/${sales}/members/$ref`, {
    '@odata.id': `${server.baseUrl}/v1.0/directoryObjects/${userId}`,
  });
  const { status, body } = await call('POST', '/allot/v1/accounts', { user: 'adele@contoso.example' });
  assert.deepEqual([status, body.id, body.local], [201, userId, false]);
  const adele = await office.useLink(String(body.link), userId, 'adele@contoso.example');
  const { access_token: token } = await office.signIn(adele);
  const me = await callAs(token, 'GET', '/v1.0/me?$select=id,usageLocation');
  assert.deepEqual([me.body.id, me.body.usageLocation], [userId, 'US']);
  const groups = await callAs(token, 'GET', '/v1.0/me/memberOf');
  assert.deepEqual(
    groups.body.value.map(({ id }: { id: string }) => id),
    [sales],
  );
  assert.equal((await callAs(token, 'GET', '/v1.0/me/licenseDetails')).status, 200);
  assert.equal((await callAs(token, 'GET', `/v1.0/users/${userId}`)).status, 403);
  assert.equal((await callAs(token, 'PATCH', '/v1.0/me', { usageLocation: 'DE' })).status, 403);
  assert.equal((await callAs(token, 'POST', '/v1.0/me/getMemberGroups', { securityEnabledOnly: false })).status, 200);

  await call('PATCH', `/v1.0/users/${userId}`, { accountEnabled: false });
  assert.equal((await callAs(token, 'GET', '/v1.0/me')).status, 401);
  await call('PATCH', `/v1.0/users/${userId}`, { accountEnabled: true });
  await call('DELETE', `/v1.0/users/${userId}`);
  assert.equal((await callAs(token, 'GET', '/v1.0/me')).status, 401);
  await call('DELETE', `/v1.0/directory/deletedItems/${userId}`);
  const accounts = await call('GET', '/allot/v1/accounts');
  assert.ok(!JSON.stringify(accounts.body).includes(userId));
});

test('an application has no me', async () => {
  const { status, body } = await call('GET', '/v1.0/me');
  assert.deepEqual(
    [status, body.error.message],
    [400, '/me request is only valid with delegated authentication flow.'],
  );
});

test('a License Administrator licenses and reprocesses users, and does not change them', async () => {
  const userId = await createUser('grady');
  const person = await office.addPerson('licenses@local.example', [idOf('License Administrator')]);
  const { access_token: token } = await office.signIn(person);
  const tried = async (method: string, path: string, body?: unknown) =>
    (await callAs(token, method, path, body)).status;
  const nothing = { addLicenses: [], removeLicenses: [] };
  assert.notEqual(await tried('POST', `/v1.0/users/${userId}/assignLicense`, nothing), 403);
  assert.equal(await tried('POST', `/v1.0/users/${userId}/reprocessLicenseAssignment`), 200);
  assert.equal(await tried('PATCH', `/v1.0/users/${userId}`, { jobTitle: 'x' }), 403);
  assert.equal(await tried('PATCH', '/allot/v1/settings', {}), 403);
});

test('the last Global Administrator stays', async () => {
  const { body } = await call('GET', `${assignments}?$filter=roleDefinitionId eq '${globalAdministratorId}'`);
  const held: readonly { id: string; principalId: string }[] = body.value;
  const answers = [];
  for (const { id } of held) answers.push(await call('DELETE', `${assignments}/${id}`));
  const last = answers.pop();
  assert.ok(answers.every(({ status }) => status === 204));
  assert.equal(last?.status, 400);
  assert.match(last.body.error.message, /last Global Administrator/);
  const left = held.at(-1)?.principalId ?? '';
  assert.equal((await call('PATCH', `/allot/v1/accounts/${left}`, { enabled: false })).status, 400);
  assert.equal((await call('DELETE', `/allot/v1/accounts/${left}`)).status, 400);
});

test('nobody gives an application what they do not have themselves', async () => {
  const { body: small } = await call('POST', '/allot/v1/applications', {
    displayName: 'Small',
    permissions: ['Application.ReadWrite.All'],
  });
  const { body: made } = await call('POST', `/allot/v1/applications/${small.id}/secret`);
  const { body: answer } = await office
    .askToken({
      grant_type: 'client_credentials',
      client_id: small.id,
      client_secret: made.secret,
      scope: `${server.baseUrl}/.default`,
    })
    .then((got) => got);
  const token = String(answer['access_token']);
  const more = { displayName: 'More', permissions: ['Directory.ReadWrite.All'] };
  const refused = await callAs(token, 'POST', '/allot/v1/applications', more);
  assert.equal(refused.status, 403);
  assert.match(refused.body.error.innerError.advice, /Only who has Directory\.ReadWrite\.All/);
  const takeOver = await callAs(token, 'POST', `/allot/v1/applications/${server.clientId}/secret`);
  assert.equal(takeOver.status, 403);
  const same = { displayName: 'Same', permissions: ['Application.ReadWrite.All'] };
  assert.equal((await callAs(token, 'POST', '/allot/v1/applications', same)).status, 201);
});
