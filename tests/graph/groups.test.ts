import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { createdId, itemsOf, newGroup, newUser, nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });

const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
const bind = (...ids: readonly string[]) => ({ 'members@odata.bind': ids.map((id) => reference(id)['@odata.id']) });
const memberIds = async (groupId: string): Promise<readonly string[]> =>
  textsOf((await graph.call('GET', `/v1.0/groups/${groupId}/members?$top=999`)).body['value'], 'id');

test('a created group is answered with all default properties and can be read, changed and deleted', async () => {
  const created = await graph.call(
    'POST',
    '/v1.0/groups',
    newGroup({ displayName: 'Licensed people', description: 'E3' }),
  );
  assert.equal(created.status, 201);
  const { id: given, createdDateTime, ...rest } = created.body;
  const id = textOf(given);
  assert.match(textOf(createdDateTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(rest, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#groups/$entity',
    deletedDateTime: null,
    classification: null,
    description: 'E3',
    displayName: 'Licensed people',
    expirationDateTime: null,
    groupTypes: [],
    isAssignableToRole: null,
    mail: null,
    mailEnabled: false,
    mailNickname: 'sales',
    membershipRule: null,
    membershipRuleProcessingState: null,
    onPremisesDomainName: null,
    onPremisesLastSyncDateTime: null,
    onPremisesNetBiosName: null,
    onPremisesProvisioningErrors: [],
    onPremisesSamAccountName: null,
    onPremisesSecurityIdentifier: null,
    onPremisesSyncEnabled: null,
    preferredDataLocation: null,
    preferredLanguage: null,
    proxyAddresses: [],
    renewedDateTime: null,
    resourceBehaviorOptions: [],
    resourceProvisioningOptions: [],
    securityEnabled: true,
    securityIdentifier: null,
    serviceProvisioningErrors: [],
    theme: null,
    uniqueName: null,
    visibility: null,
  });
  assert.equal(
    (await graph.call('PATCH', `/v1.0/groups/${id}`, { displayName: 'Others', MailNickName: 'others' })).status,
    204,
  );
  const { body } = await graph.call(
    'GET',
    `/v1.0/groups('${id}')?$select=displayName,mailNickname,assignedLicenses,licenseProcessingState`,
  );
  assert.deepEqual(body, {
    '@odata.context':
      'http://licenses.example/v1.0/$metadata#groups(displayName,mailNickname,assignedLicenses,licenseProcessingState)/$entity',
    assignedLicenses: [],
    displayName: 'Others',
    licenseProcessingState: null,
    mailNickname: 'others',
  });
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${id}`)).status, 204);
  assert.equal((await graph.call('GET', `/v1.0/groups/${id}`)).status, 404);
});

test('a group needs its four properties, a nickname without special characters, and a rule only if it follows one', async () => {
  for (const name of ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled']) {
    const { [name]: _, ...rest } = newGroup();
    const { status, body } = await graph.call('POST', '/v1.0/groups', rest);
    assert.equal(status, 400);
    assert.equal(body['error']?.['message'], `A value is required for property '${name}' of resource 'Group'.`);
  }
  for (const values of [
    { mailNickname: 'a b' },
    { membershipRule: 'user.department -eq "Sales"' },
    { groupTypes: 'Unified' },
    { groupTypes: ['Dynamic'] },
    { isAssignableToRole: true },
  ]) {
    const { status, body } = await graph.call('POST', '/v1.0/groups', newGroup(values));
    assert.equal(status, 400);
    assert.equal(body['error']?.['message'], 'One or more property values specified are invalid.');
    assert.equal(body['error']?.['details']?.[0]?.['target'], Object.keys(values)[0]);
  }
});

test('a Microsoft 365 group receives mail in the domain of the tenant', async () => {
  const id = await createdId(
    graph,
    '/v1.0/groups',
    newGroup({ mailEnabled: true, mailNickname: 'team', groupTypes: ['Unified'] }),
  );
  const { body } = await graph.call('GET', `/v1.0/groups/${id}?$select=mail,groupTypes`);
  assert.deepEqual([body['mail'], body['groupTypes']], ['team@test.example', ['Unified']]);
});

test('a member is added by reference, whatever host the reference names, listed, found from both sides, and removed', async () => {
  const groupId = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Members' }));
  const userId = await createdId(graph, '/v1.0/users', newUser({ displayName: 'Megan' }));
  assert.equal((await graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, reference(userId))).status, 204);
  const members = await graph.call('GET', `/v1.0/groups/${groupId}/Members?$select=id,displayName`);
  assert.deepEqual(members.body, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#directoryObjects(id,displayName)',
    value: [{ '@odata.type': '#microsoft.graph.user', displayName: 'Megan', id: userId }],
  });
  const memberOf = await graph.call('GET', `/v1.0/users/${userId}/memberOf?$select=id,displayName`);
  assert.deepEqual(memberOf.body['value'], [
    { '@odata.type': '#microsoft.graph.group', id: groupId, displayName: 'Members' },
  ]);
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${groupId}/members/${userId}/%24ref`)).status, 204);
  assert.deepEqual(await memberIds(groupId), []);
  const again = await graph.call('DELETE', `/v1.0/groups/${groupId}/members/${userId}/$ref`);
  assert.equal(again.status, 404);
  assert.match(textOf(again.body['error']?.['message']), new RegExp(userId));
});

test('adding a member twice is refused in the words that tools match on', async () => {
  const groupId = await createdId(graph, '/v1.0/groups', newGroup());
  const userId = await createdId(graph, '/v1.0/users', newUser());
  await graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, reference(userId));
  const { status, body } = await graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, reference(userId));
  assert.equal(status, 400);
  assert.equal(body['error']?.['code'], 'Request_BadRequest');
  assert.equal(
    body['error']?.['message'],
    "One or more added object references already exist for the following modified properties: 'members'.",
  );
});

test('members bound in one request are added all or none, at most twenty', async () => {
  const users = await Promise.all(Array.from({ length: 21 }, () => createdId(graph, '/v1.0/users', newUser())));
  const [first = '', ...others] = users;
  const groupId = await createdId(graph, '/v1.0/groups', newGroup(bind(first)));
  assert.deepEqual(await memberIds(groupId), [first]);
  const unknown = '99999999-9999-4999-8999-999999999999';
  const refused = [
    { body: bind(...users), status: 400 },
    { body: bind(...others.slice(0, 3), first), status: 400 },
    { body: bind(...others.slice(0, 3), unknown), status: 404 },
    { body: bind(groupId), status: 400 },
    { body: { 'members@odata.bind': ['https://graph.microsoft.com/v1.0/directoryObjects/nobody'] }, status: 400 },
    { body: { 'members@odata.bind': 'x' }, status: 400 },
    { body: { 'memberOf@odata.bind': [] }, status: 400 },
    { body: { ...bind(...others.slice(0, 3)), displayName: '' }, status: 400 },
  ];
  for (const { body, status } of refused) {
    assert.equal(
      (await graph.call('PATCH', `/v1.0/groups/${groupId}`, body)).status,
      status,
      JSON.stringify(body).slice(0, 100),
    );
    assert.deepEqual(await memberIds(groupId), [first]);
  }
  assert.equal(
    (await graph.call('PATCH', `/v1.0/groups/${groupId}`, { ...bind(...others), displayName: 'Twenty-one' })).status,
    204,
  );
  assert.deepEqual(new Set(await memberIds(groupId)), new Set(users));
});

test('a group in a group is listed as a member, and everything is paged through once', async () => {
  const groupId = await createdId(graph, '/v1.0/groups', newGroup());
  const users = await Promise.all(Array.from({ length: 4 }, () => createdId(graph, '/v1.0/users', newUser())));
  const groups = await Promise.all(Array.from({ length: 3 }, () => createdId(graph, '/v1.0/groups', newGroup())));
  await graph.call('PATCH', `/v1.0/groups/${groupId}`, bind(...users, ...groups));
  for (const top of [1, 2, 3, 4, 5, 7, 8]) {
    const seen: string[] = [];
    let path: string | undefined = `/v1.0/groups/${groupId}/members?$top=${top}&$select=id`;
    while (path !== undefined) {
      const page = await graph.call('GET', path);
      assert.equal(page.status, 200);
      seen.push(...textsOf(page.body['value'], 'id'));
      path = nextPath(page);
    }
    assert.deepEqual(seen.slice(0, 4).toSorted(), users.toSorted());
    assert.deepEqual(seen.slice(4), groups.toSorted());
  }
  const onlyUsers = await graph.call('GET', `/v1.0/groups/${groupId}/members/microsoft.graph.user?$select=id`);
  assert.equal(itemsOf(onlyUsers.body['value']).length, 4);
  const onlyGroups = await graph.call(
    'GET',
    `/v1.0/groups/${groupId}/members/microsoft.graph.group?$count=true&$select=id`,
    undefined,
    { consistencylevel: 'eventual' },
  );
  assert.equal(onlyGroups.body['@odata.count'], 3);
  const parents = await graph.call('GET', `/v1.0/groups/${groups[0]}/memberOf?$select=id`);
  assert.equal(parents.body['value']?.[0]?.['id'], groupId);
  const counted = await graph.call('GET', `/v1.0/groups/${groupId}/members/$count`, undefined, {
    consistencylevel: 'eventual',
  });
  assert.deepEqual(
    [counted.status, textOf(counted.body['text'] ?? counted.body), counted.headers['content-type']],
    [200, '7', 'text/plain; charset=utf-8'],
  );
});

test('a deleted user is no longer listed as a member', async () => {
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const groupId = await createdId(graph, '/v1.0/groups', newGroup(bind(userId)));
  await graph.call('DELETE', `/v1.0/users/${userId}`);
  assert.deepEqual(await memberIds(groupId), []);
});

test('every change of a group and its members is in the audit log, member first', async () => {
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const groupId = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Audited' }));
  await graph.call('POST', `/v1.0/groups/${groupId}/members/$ref`, reference(userId));
  await graph.call('DELETE', `/v1.0/groups/${groupId}/members/${userId}/$ref`);
  await graph.call('PATCH', `/v1.0/groups/${groupId}`, { description: 'x' });
  await graph.call('DELETE', `/v1.0/groups/${groupId}`);
  const { rows } = await sql<{ activity: string; targets: { id: string; type: string }[] }>`
    select activity, targets from allot.audit where tenant_id = ${graph.ctx.tenantId} and targets::text like ${`%${groupId}%`} order by activity_at
  `.execute(graph.database.db);
  assert.deepEqual(
    rows.map(({ activity, targets }) => [activity, ...targets.map(({ id, type }) => `${type} ${id}`)]),
    [
      ['Add group', `Group ${groupId}`],
      ['Add member to group', `User ${userId}`, `Group ${groupId}`],
      ['Remove member from group', `User ${userId}`, `Group ${groupId}`],
      ['Update group', `Group ${groupId}`],
      ['Delete group', `Group ${groupId}`],
    ],
  );
});

test('whoever may change members only can bind members, and nothing else of a group', async () => {
  const limited = await graph.authorization(['GroupMember.ReadWrite.All']);
  const groupId = await createdId(graph, '/v1.0/groups', newGroup());
  const userId = await createdId(graph, '/v1.0/users', newUser());
  const both = await graph.call(
    'PATCH',
    `/v1.0/groups/${groupId}`,
    { ...bind(userId), displayName: 'Taken over' },
    limited,
  );
  assert.equal(both.status, 403);
  assert.deepEqual(await memberIds(groupId), []);
  assert.equal((await graph.call('PATCH', `/v1.0/groups/${groupId}`, bind(userId), limited)).status, 204);
  assert.deepEqual(await memberIds(groupId), [userId]);
});
