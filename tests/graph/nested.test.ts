import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };
let made = 0;

async function createUser(): Promise<string> {
  made += 1;
  const { status, body } = await graph.call('POST', '/v1.0/users', {
    accountEnabled: true,
    displayName: `User ${made}`,
    mailNickname: `n${made}`,
    userPrincipalName: `n${made}@test.example`,
    passwordProfile: { password: 'Not-kept-1' },
  });
  assert.equal(status, 201, JSON.stringify(body));
  return textOf(body['id']);
}

async function createGroup(members: readonly string[], more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  made += 1;
  const { status, body } = await graph.call('POST', '/v1.0/groups', {
    displayName: `Group ${made}`,
    mailEnabled: false,
    mailNickname: `g${made}`,
    securityEnabled: true,
    ...(members.length ? { 'members@odata.bind': members.map((id) => `https://x/v1.0/directoryObjects/${id}`) } : {}),
    ...more,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return textOf(body['id']);
}

const add = (group: string, member: string) =>
  graph.call('POST', `/v1.0/groups/${group}/members/$ref`, {
    '@odata.id': `https://x/v1.0/directoryObjects/${member}`,
  });

const idsOf = async (path: string) => {
  const { status, body } = await graph.call('GET', path, undefined, eventual);
  assert.equal(status, 200, JSON.stringify(body));
  return textsOf(body['value'], 'id');
};

const ask = async (path: string, body: object) => {
  const answer = await graph.call('POST', path, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body['value'];
};

test('members are found through any depth and by several ways, each once; circles end, and a group is not in itself', async () => {
  const [deep, twice, top] = [await createUser(), await createUser(), await createUser()];
  const d = await createGroup([deep, twice]);
  const b = await createGroup([d]);
  const c = await createGroup([d, twice]);
  const a = await createGroup([top, b, c]);
  assert.equal((await add(d, a)).status, 204, 'a circle');

  assert.deepEqual(await idsOf(`/v1.0/groups/${a}/transitiveMembers/microsoft.graph.user`), [deep, twice, top]);
  const groups = [b, c, d].toSorted();
  assert.deepEqual(await idsOf(`/v1.0/groups/${a}/transitiveMembers/microsoft.graph.group`), groups);
  assert.deepEqual(await idsOf(`/v1.0/groups/${a}/transitiveMembers`), [deep, twice, top, ...groups]);
  const { body } = await graph.call('GET', `/v1.0/groups/${a}/transitiveMembers/$count`, undefined, eventual);
  assert.equal(body['text'] ?? body, 6);
  const paged: string[] = [];
  for (let path: string | undefined = `/v1.0/groups/${a}/transitiveMembers?$select=id&$top=2`; path !== undefined; ) {
    const page = await graph.call('GET', path);
    paged.push(...textsOf(page.body['value'], 'id'));
    path = nextPath(page);
  }
  assert.deepEqual(paged, [deep, twice, top, ...groups]);

  const above = [a, b, c, d].toSorted();
  assert.deepEqual(await idsOf(`/v1.0/users/${deep}/transitiveMemberOf`), above);
  assert.deepEqual(await idsOf(`/v1.0/groups/${d}/transitiveMemberOf`), [a, b, c].toSorted());
  assert.deepEqual(await idsOf(`/v1.0/users/${deep}/memberOf`), [d]);
  assert.deepEqual(
    await ask(`/v1.0/users/${deep}/checkMemberGroups`, { groupIds: [a, randomUUID(), d] }),
    [a, d].toSorted(),
  );
  assert.deepEqual(await ask(`/v1.0/directoryObjects/${d}/checkMemberObjects`, { ids: [a, d] }), [a]);
  assert.deepEqual(await ask(`/v1.0/users/${deep}/getMemberGroups`, { securityEnabledOnly: false }), above);
  assert.deepEqual(
    await ask(`/v1.0/groups/${b}/getMemberObjects`, { securityEnabledOnly: true }),
    [a, c, d].toSorted(),
  );
});

test('what is deleted is not shown and passes nothing on; restored, it does again', async () => {
  const user = await createUser();
  const inner = await createGroup([user]);
  const middle = await createGroup([inner]);
  const outer = await createGroup([middle]);
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${middle}`)).status, 204);
  assert.deepEqual(await idsOf(`/v1.0/groups/${outer}/transitiveMembers`), []);
  assert.deepEqual(await idsOf(`/v1.0/users/${user}/transitiveMemberOf`), [inner]);
  assert.equal((await graph.call('POST', `/v1.0/directory/deletedItems/${middle}/restore`)).status, 200);
  assert.deepEqual(await idsOf(`/v1.0/groups/${outer}/transitiveMembers`), [user, ...[inner, middle].toSorted()]);
  assert.deepEqual(await idsOf(`/v1.0/users/${user}/transitiveMemberOf`), [inner, middle, outer].toSorted());
  assert.equal((await graph.call('DELETE', `/v1.0/users/${user}`)).status, 204);
  assert.deepEqual(await idsOf(`/v1.0/groups/${outer}/transitiveMembers/microsoft.graph.user`), []);
});

test('questions about memberships are refused when they ask for too much, or for nothing', async () => {
  const user = await createUser();
  const group = await createGroup([user]);
  const tooMany = Array.from({ length: 21 }, () => randomUUID());
  for (const [path, body] of [
    [`/v1.0/users/${user}/checkMemberGroups`, { groupIds: tooMany }],
    [`/v1.0/users/${user}/checkMemberGroups`, {}],
    [`/v1.0/users/${user}/checkMemberGroups`, { groupIds: ['x'] }],
    [`/v1.0/users/${user}/getMemberGroups`, {}],
    [`/v1.0/users/${user}/getMemberGroups`, { securityEnabledOnly: 'yes' }],
    ['/v1.0/directoryObjects/getByIds', { ids: Array.from({ length: 1_001 }, () => randomUUID()) }],
  ] as const)
    assert.equal((await graph.call('POST', path, body)).status, 400, path);
  assert.equal(
    (await graph.call('POST', `/v1.0/users/${randomUUID()}/getMemberGroups`, { securityEnabledOnly: true })).status,
    404,
  );
  assert.deepEqual(textsOf(await ask('/v1.0/directoryObjects/getByIds', { ids: [group, user, randomUUID()] }), 'id'), [
    user,
    group,
  ]);
  assert.deepEqual(
    textsOf(await ask('/v1.0/directoryObjects/getByIds', { ids: [group, user], types: ['group'] }), '@odata.type'),
    ['#microsoft.graph.group'],
  );
});

test('a chain of a thousand groups is walked from end to end', async () => {
  const user = await createUser();
  const groups: string[] = [];
  for (let i = 0; i < 1_000; i++) groups.push(await createGroup(i === 0 ? [user] : groups.slice(-1)));
  const { body } = await graph.call('GET', `/v1.0/users/${user}/transitiveMemberOf/$count`, undefined, eventual);
  assert.equal(body['text'] ?? body, 1_000);
  assert.deepEqual(await idsOf(`/v1.0/groups/${groups.at(-1) ?? ''}/transitiveMembers/microsoft.graph.user`), [user]);
});
