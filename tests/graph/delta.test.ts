import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import {
  type Answer,
  type GraphServer,
  itemsOf,
  type Json,
  newGroup,
  newUser,
  startGraph,
  textOf,
  textsOf,
} from './graph-server.ts';
import { addSeats, skus } from '../licensing/tenant.ts';

const server = await startGraph({ after });

/** Without it nobody gets a mailbox, and so no address. */
const exchange = 'efb87545-963c-4e0d-99df-69c6916d9eb0';

const pathOf = (link: Json | undefined): string => textOf(link).replace(/^http:\/\/licenses\.example/, '');

/** Follows pages to the end: every entry, how many pages there were, and the delta link. */
async function follow(graph: GraphServer, path: string, headers: Record<string, string> = {}) {
  const entries: Json[] = [];
  for (let next = path, pages = 1; ; pages += 1) {
    const answer = await graph.call('GET', next, undefined, headers);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    entries.push(...itemsOf(answer.body['value']));
    const more = answer.body['@odata.nextLink'];
    if (more === undefined) return { entries, pages, deltaLink: pathOf(answer.body['@odata.deltaLink']) };
    assert.equal(answer.body['@odata.deltaLink'], undefined);
    next = pathOf(more);
  }
}

async function created(path: '/v1.0/users' | '/v1.0/groups', body: object): Promise<string> {
  const answer: Answer = await server.call('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return textOf(answer.body['id']);
}

const done = async (status: number, answer: Promise<Answer>): Promise<void> => {
  const { status: got, body } = await answer;
  assert.equal(got, status, JSON.stringify(body));
};

const join = (groupId: string, id: string) =>
  done(
    204,
    server.call('POST', `/v1.0/groups/${groupId}/members/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
    }),
  );
const leave = (groupId: string, id: string) =>
  done(204, server.call('DELETE', `/v1.0/groups/${groupId}/members/${id}/$ref`));

test('users: all of them in pages, then only what happened since', async () => {
  const ids = [];
  for (let index = 0; index < 5; index += 1) ids.push(await created('/v1.0/users', newUser()));
  const [first = '', second = '', third = '', fourth = ''] = ids;
  const all = await follow(server, '/v1.0/users/delta?$select=displayName', { prefer: 'odata.maxpagesize=2' });
  assert.ok(all.pages >= 3);
  for (const id of ids) assert.equal(all.entries.filter((entry) => textOf(entry['id']) === id).length, 1);
  assert.deepEqual(Object.keys(all.entries[0] ?? {}).toSorted(), ['displayName', 'id']);

  const nothing = await follow(server, all.deltaLink);
  assert.deepEqual(nothing.entries, []);
  await done(204, server.call('PATCH', `/v1.0/users/${first}`, { displayName: 'Renamed' }));
  await done(204, server.call('DELETE', `/v1.0/users/${second}`));
  await done(204, server.call('DELETE', `/v1.0/users/${third}`));
  await done(204, server.call('DELETE', `/v1.0/directory/deletedItems/${third}`));
  const newcomer = await created('/v1.0/users', newUser({ displayName: 'New' }));
  const since = await follow(server, nothing.deltaLink, { prefer: 'odata.maxpagesize=1' });
  assert.equal(since.pages, 4);
  assert.deepEqual(since.entries, [
    { displayName: 'Renamed', id: first },
    { id: second, '@removed': { reason: 'changed' } },
    { id: third, '@removed': { reason: 'deleted' } },
    { displayName: 'New', id: newcomer },
  ]);

  await done(200, server.call('POST', `/v1.0/directory/deletedItems/${second}/restore`));
  const restored = await follow(server, since.deltaLink);
  assert.deepEqual(textsOf(restored.entries as unknown as Json, 'id'), [second]);
  assert.equal(restored.entries[0]?.['@removed'], undefined);

  const one = await follow(server, `/v1.0/users/delta?$filter=id eq '${fourth}' or id eq '${first}'&$select=manager`);
  assert.deepEqual(one.entries, [
    { id: first, 'manager@delta': [] },
    { id: fourth, 'manager@delta': [] },
  ]);
  await done(
    204,
    server.call('PUT', `/v1.0/users/${fourth}/manager/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/users/${first}`,
    }),
  );
  await done(204, server.call('PATCH', `/v1.0/users/${newcomer}`, { displayName: 'Not asked for' }));
  assert.deepEqual((await follow(server, one.deltaLink)).entries, [
    { id: fourth, 'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: first }] },
  ]);
});

test('a token of the latest state tells nothing of what there is, under every name of the function', async () => {
  const id = await created('/v1.0/users', newUser());
  for (const path of [
    '/v1.0/users/delta?$deltatoken=latest',
    '/v1.0/users/delta()?$deltaToken=latest',
    '/beta/users/microsoft.graph.delta()?deltatoken=latest',
  ]) {
    const latest = await follow(server, path);
    assert.deepEqual(latest.entries, []);
    await done(204, server.call('PATCH', `/v1.0/users/${id}`, { jobTitle: path.slice(0, 20) }));
    assert.deepEqual(textsOf((await follow(server, latest.deltaLink)).entries as unknown as Json, 'id'), [id]);
  }
  const groups = await follow(server, '/v1.0/groups/delta?$deltatoken=latest');
  assert.deepEqual(groups.entries, []);
});

test('changes of licenses are told to whom they concern, however they come about', async () => {
  const select = '$select=assignedLicenses,assignedPlans';
  const [member, outsider] = [
    await created('/v1.0/users', newUser({ usageLocation: 'CH' })),
    await created('/v1.0/users', newUser({ usageLocation: 'CH' })),
  ];
  const group = await created('/v1.0/groups', newGroup());
  await join(group, member);
  await server.settle();
  await addSeats(server.ctx, skus.e3, 10);
  let { deltaLink } = await follow(server, `/v1.0/users/delta?${select}&$filter=id eq ${member} or id eq ${outsider}`);
  const plain = await follow(server, `/v1.0/users/delta?$select=displayName&$deltatoken=latest`);

  const changed = async (act: () => Promise<unknown>) => {
    await act();
    await server.settle();
    const answer = await follow(server, deltaLink);
    ({ deltaLink } = answer);
    return answer.entries.map((entry) => [textOf(entry['id']), itemsOf(entry['assignedLicenses']).length]);
  };
  const license = (path: string, add: readonly object[], remove: readonly string[] = []) =>
    server.call('POST', `/v1.0/${path}/assignLicense`, { addLicenses: add, removeLicenses: remove });
  const e3 = { skuId: skus.e3, disabledPlans: [exchange] };

  assert.deepEqual(await changed(() => license(`groups/${group}`, [e3])), [[member, 1]]);
  assert.deepEqual(await changed(() => license(`users/${outsider}`, [e3])), [[outsider, 1]]);
  assert.deepEqual(await changed(() => join(group, outsider)), [[outsider, 1]]);
  assert.deepEqual(await changed(() => leave(group, member)), [[member, 0]]);
  assert.deepEqual(await changed(() => license(`users/${outsider}`, [], [skus.e3])), [[outsider, 1]]);
  assert.deepEqual(await changed(() => license(`groups/${group}`, [], [skus.e3])), [[outsider, 0]]);
  assert.deepEqual(await changed(async () => undefined), []);
  assert.deepEqual(
    (await follow(server, plain.deltaLink)).entries,
    [],
    'who asks for names only hears nothing of licenses',
  );
});

test('groups: who came and who went, over as many pages as they need', async () => {
  const users = [];
  for (let index = 0; index < 7; index += 1) users.push(await created('/v1.0/users', newUser()));
  const [group, inner] = [
    await created('/v1.0/groups', newGroup({ displayName: 'Outer' })),
    await created('/v1.0/groups', newGroup({ displayName: 'Inner' })),
  ];
  for (const user of users) await join(group, user);
  await join(group, inner);
  const filter = `$filter=id eq '${group}' or id eq '${inner}'`;
  const all = await follow(server, `/v1.0/groups/delta?${filter}`, { prefer: 'odata.maxpagesize=3' });
  assert.ok(all.pages > 3);
  assert.deepEqual(membersOf(all.entries, group), new Set([...users, inner]));
  assert.equal(all.entries.find((entry) => textOf(entry['id']) === group)?.['displayName'], 'Outer');

  const [gone = '', deleted = '', hard = ''] = users;
  await leave(group, gone);
  await leave(group, inner);
  await done(204, server.call('DELETE', `/v1.0/users/${deleted}`));
  await done(204, server.call('DELETE', `/v1.0/users/${hard}`));
  await done(204, server.call('DELETE', `/v1.0/directory/deletedItems/${hard}`));
  const since = await follow(server, all.deltaLink);
  assert.deepEqual(
    since.entries.map((entry) => [textOf(entry['id']), itemsOf(entry['members@delta'])]),
    [
      [
        group,
        [
          { '@odata.type': '#microsoft.graph.user', id: gone, '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.user', id: hard, '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.group', id: inner, '@removed': { reason: 'deleted' } },
        ],
      ],
    ],
    'a deleted user stays a member until it is deleted for good',
  );

  const names = await follow(server, `/v1.0/groups/delta?$select=displayName,assignedLicenses&${filter}`);
  assert.ok(names.entries.every((entry) => entry['members@delta'] === undefined));
  await join(group, gone);
  assert.deepEqual((await follow(server, names.deltaLink)).entries, [], 'members were not selected');
  await addSeats(server.ctx, skus.e3, 10);
  const e3 = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };
  await done(202, server.call('POST', `/v1.0/groups/${group}/assignLicense`, e3));
  await server.settle();
  const licensed = await follow(server, names.deltaLink);
  assert.deepEqual(
    licensed.entries.map((entry) => [textOf(entry['id']), itemsOf(entry['assignedLicenses']).length]),
    [[group, 1]],
  );
  await done(204, server.call('DELETE', `/v1.0/groups/${inner}`));
  assert.deepEqual((await follow(server, licensed.deltaLink)).entries, [
    { id: inner, '@removed': { reason: 'changed' } },
  ]);
  await done(204, server.call('DELETE', `/v1.0/directory/deletedItems/${inner}`));
  assert.deepEqual((await follow(server, licensed.deltaLink)).entries, [
    { id: inner, '@removed': { reason: 'deleted' } },
  ]);
});

/** Members as a client knows them that applied the entries in their order. */
function membersOf(entries: readonly Json[], groupId: string): ReadonlySet<string> {
  const members = new Set<string>();
  for (const entry of entries) {
    if (textOf(entry['id']) !== groupId || entry['members@delta'] === undefined) continue;
    for (const member of itemsOf(entry['members@delta']))
      if (member['@removed'] === undefined) members.add(textOf(member['id']));
      else members.delete(textOf(member['id']));
  }
  return members;
}

test('what a transaction writes that ends after the token was given is told with the next', async () => {
  const id = await created('/v1.0/users', newUser());
  const { promise: looked, resolve: goOn } = Promise.withResolvers<undefined>();
  const { promise: wrote, resolve: written } = Promise.withResolvers<undefined>();
  const slow = server.ctx.db.transaction().execute(async (trx) => {
    await sql`
      update allot.directory_user set city = 'Bern' where tenant_id = ${server.ctx.tenantId} and id = ${id}
    `.execute(trx);
    written(undefined);
    await looked;
  });
  await wrote;
  const latest = await follow(server, '/v1.0/users/delta?$select=city&$deltatoken=latest');
  goOn(undefined);
  await slow;
  assert.deepEqual((await follow(server, latest.deltaLink)).entries, [{ city: 'Bern', id }]);
});

test('a token that is too old, of another server or none is refused with what to do', async () => {
  const { deltaLink } = await follow(server, '/v1.0/users/delta?$deltatoken=latest');
  const token = deltaLink.split('$deltatoken=')[1] ?? '';
  const state = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
  const [cluster, snapshot, changeNo, at] = state[3] as [string, string, number, number];
  const link = (since: unknown, kind = state[0]) =>
    `/v1.0/users/delta?$deltatoken=${Buffer.from(JSON.stringify([kind, null, null, since, null, null])).toString('base64url')}`;
  assert.equal((await server.call('GET', link([cluster, snapshot, changeNo, at]))).status, 200);
  for (const since of [
    [cluster, snapshot, changeNo, at - 8 * 86_400_000],
    [`1${cluster}`.slice(0, 20), snapshot, changeNo, at],
    [cluster, '9223372036854775806:9223372036854775807:', changeNo, at],
    [cluster, snapshot, changeNo + 1_000_000, at],
  ]) {
    const answer = await server.call('GET', link(since));
    assert.equal(answer.status, 410);
    assert.equal(answer.headers['location'], 'http://licenses.example/v1.0/users/delta');
    assert.equal(answer.body['error']?.['code'], 'syncStateNotFound');
  }
  for (const path of [
    link([cluster, snapshot, changeNo, at], 'groups'),
    link([cluster, 'x', changeNo, at]),
    link([cluster, '5:4:', changeNo, at]),
    link([cluster, '5:9:8,7', changeNo, at]),
    link([cluster, '99999999999999999999:99999999999999999999:', changeNo, at]),
    '/v1.0/users/delta?$deltatoken=abc',
    '/v1.0/users/delta?$skiptoken=',
    "/v1.0/users/delta?$filter=displayName eq 'a'",
    '/v1.0/users/delta?$top=5',
    '/v1.0/users/delta?$orderby=displayName',
    '/v1.0/users/delta?$select=nothing',
  ]) {
    assert.equal((await server.call('GET', path)).status, 400, path);
  }
});
