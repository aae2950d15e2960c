import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, itemsOf, newGroup, newUser, startGraph, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const person = (displayName: string) => createdId(graph, '/v1.0/users', newUser({ displayName }));
const [top, middle, low, alone] = [
  await person('Top'),
  await person('Middle'),
  await person('Low'),
  await person('Alone'),
];
const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
for (const [report, manager] of [
  [low, middle],
  [middle, top],
] as const)
  assert.equal((await graph.call('PUT', `/v1.0/users/${report}/manager/$ref`, reference(manager))).status, 204);
const outer = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Outer' }));
const inner = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Inner' }));
for (const [group, member] of [
  [outer, inner],
  [inner, low],
  [outer, alone],
] as const)
  assert.equal((await graph.call('POST', `/v1.0/groups/${group}/members/$ref`, reference(member))).status, 204);

const get = async (path: string) => {
  const { status, body } = await graph.call('GET', path);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};

test('a user with the manager, whoever is above, reports and groups', async () => {
  const user = await get(
    `/v1.0/users/${low}?$select=displayName&$expand=manager($levels=max;$select=displayName),transitiveMemberOf($select=displayName)`,
  );
  const type = '#microsoft.graph.user';
  assert.deepEqual(user['manager'], {
    '@odata.type': type,
    displayName: 'Middle',
    manager: { '@odata.type': type, displayName: 'Top' },
  });
  assert.deepEqual(textsOf(user['transitiveMemberOf'], 'displayName').toSorted(), ['Inner', 'Outer']);
  const one = await get(`/v1.0/users/${low}?expand=Manager(select=id),memberof`);
  assert.deepEqual(one['manager'], { '@odata.type': type, id: middle });
  assert.deepEqual(textsOf(one['memberOf'], 'id'), [inner]);
  assert.equal((await get(`/v1.0/users/${top}?$expand=manager`))['manager'], undefined);
  const reports = await get(`/v1.0/users/${top}?$expand=directReports($select=id)`);
  assert.deepEqual(textsOf(reports['directReports'], 'id'), [middle]);
});

test('each user of a list, and each group', async () => {
  const users = await get('/v1.0/users?$select=id&$expand=manager($select=id)');
  assert.deepEqual(
    itemsOf(users['value']).map((user) => user['manager']?.['id']),
    [undefined, top, middle, undefined],
  );
  const groups = await get(
    '/v1.0/groups?$orderby=displayName&$select=displayName&$expand=members($select=id),memberOf',
  );
  assert.deepEqual(
    itemsOf(groups['value']).map((group) => [
      textsOf(group['members'], 'id'),
      textsOf(group['memberOf'], 'displayName'),
    ]),
    [
      [[low], ['Outer']],
      [[alone, inner], []],
    ],
  );
  const group = await get(`/v1.0/groups/${outer}?$expand=transitiveMembers`);
  assert.deepEqual(textsOf(group['transitiveMembers'], 'displayName').toSorted(), ['Alone', 'Inner', 'Low']);
});

test('a reporting line that ends in a circle ends after a hundred managers', async () => {
  assert.equal((await graph.call('PUT', `/v1.0/users/${top}/manager/$ref`, reference(low))).status, 204);
  let count = 0;
  for (let user = await get(`/v1.0/users/${low}?$expand=manager($levels=max;$select=id)`); user['manager']; count += 1)
    user = user['manager'];
  assert.equal(count, 100);
});

test('of a group with many members twenty are shown', async () => {
  const many = await createdId(graph, '/v1.0/groups', newGroup());
  const ids = [];
  for (let index = 0; index < 22; index += 1) ids.push(await person(`Member ${index}`));
  for (const id of ids) await graph.call('POST', `/v1.0/groups/${many}/members/$ref`, reference(id));
  assert.deepEqual(textsOf((await get(`/v1.0/groups/${many}?$expand=members`))['members'], 'id'), ids.slice(0, 20));
});

test('what cannot be expanded is refused, and so is what the caller may not read', async () => {
  for (const expand of [
    'nothing',
    'manager(',
    'manager($top=1)',
    'manager($levels=0)',
    'manager($select=nothing)',
    'manager,manager',
    'members',
  ]) {
    const { status } = await graph.call('GET', `/v1.0/users/${low}?$expand=${expand}`);
    assert.equal(status, 400, expand);
  }
  const usersOnly = await graph.authorization(['User.Read.All']);
  for (const [expand, status] of [
    ['manager', 200],
    ['memberOf', 403],
  ] as const)
    assert.equal(
      (await graph.call('GET', `/v1.0/users/${low}?$expand=${expand}`, undefined, usersOnly)).status,
      status,
    );
});
