import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup } from './directory.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const get = (path: string) => expectStatus(200, server.call('GET', `/allot/v1${path}`));
/** Every entry of a list, however many pages it has, with pages of this size. */
async function all(path: string, top: number): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  let next: string | undefined = `/allot/v1${path}${path.includes('?') ? '&' : '?'}$top=${top}`;
  for (; next !== undefined; ) {
    const page: Readonly<Record<string, unknown>> = await expectStatus(200, server.call('GET', next));
    const value = listAt(page, 'value');
    assert.ok(value.length <= top);
    entries.push(...value);
    const link = page['@odata.nextLink'];
    next = typeof link === 'string' ? link.slice(new URL(link).origin.length) : undefined;
  }
  return entries;
}
const ids = (entries: readonly unknown[]) => entries.map((entry) => textAt(entry, 'id'));

await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 1 }));
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: 9 }));
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 9 }));
const [first, second, third, fourth] = [
  await createUser(server, { displayName: 'Ann' }),
  await createUser(server, { displayName: 'Bob' }),
  await createUser(server, { displayName: 'Cyd' }),
  await createUser(server, { displayName: 'Dan' }),
];
const short = await createGroup(server, 'Short', [first, second, third]);
const other = await createGroup(server, 'Other', [fourth]);

test('without errors the lists are empty', async () => {
  assert.deepEqual(await get('/groups/errors'), { value: [] });
  assert.deepEqual(await get('/users/errors'), { value: [] });
  assert.deepEqual(pick(await get('/summary'), 'usersInError', 'groupsInError'), { usersInError: 0, groupsInError: 0 });
});

test('users of one cause come page by page, each with its own sentence and what helps', async () => {
  await licenseGroup(server, short, skus.e3);
  const path = `/groups/${short}/errors/users?error=CountViolation&skuId=${skus.e3}`;
  const users = await all(path, 1);
  assert.deepEqual(ids(users), [second, third]);
  assert.deepEqual(await all(path, 100), users);
  assert.deepEqual(pick(users[0], 'displayName', 'userPrincipalName', 'count', 'error', 'skuPartNumber', 'fixes'), {
    displayName: 'Bob',
    userPrincipalName: at(await expectStatus(200, server.call('GET', `/v1.0/users/${second}`)), 'userPrincipalName'),
    count: 1,
    error: 'CountViolation',
    skuPartNumber: 'ENTERPRISEPACK',
    fixes: [
      { kind: 'buySeats', skuId: skus.e3 },
      { kind: 'removeFromGroup', groupId: short },
    ],
  });
  assert.match(textAt(users[0], 'reason'), /The user is number 1 of 2 in the line/);
  assert.match(textAt(users[1], 'reason'), /The user is number 2 of 2 in the line/);
  // Exactly what the explanation of the user says.
  const [explained] = listAt(await get(`/users/${third}/explanation`), 'value');
  assert.deepEqual(
    [at(explained, 'sentence'), at(explained, 'fixes')],
    [at(users[1], 'reason'), at(users[1], 'fixes')],
  );
  const [cause] = listAt(await get(`/groups/${short}/errors`), 'value');
  assert.deepEqual(at(cause, 'fixes'), at(users[0], 'fixes'));
});

test('a cause that nobody has concerns nobody, and one must be named', async () => {
  const path = `/allot/v1/groups/${short}/errors/users`;
  assert.deepEqual(await get(`/groups/${short}/errors/users?error=Other&skuId=${skus.e3}`), { value: [] });
  for (const query of ['', '?error=CountViolation', '?error=CountViolation&skuId=E3', `?skuId=${skus.e3}`])
    await expectStatus(400, server.call('GET', `${path}${query}`));
  const nobodys = path.replace(short, '00000000-0000-4000-8000-000000000000');
  await expectStatus(404, server.call('GET', `${nobodys}?error=CountViolation&skuId=${skus.e3}`));
});

test('groups in error come with the most users first and their most frequent cause, and who has errors is counted once', async () => {
  // An E1 that the user has directly excludes the E3 of the group.
  const license = { addLicenses: [{ skuId: skus.e1, disabledPlans: [] }], removeLicenses: [] };
  await expectStatus(200, server.call('POST', `/v1.0/users/${fourth}/assignLicense`, license));
  await licenseGroup(server, other, skus.e3);
  const groups = await all('/groups/errors', 1);
  assert.deepEqual(
    groups.map((group) => pick(group, 'id', 'displayName', 'users')),
    [
      { id: short, displayName: 'Short', users: 2 },
      { id: other, displayName: 'Other', users: 1 },
    ],
  );
  assert.deepEqual(await all('/groups/errors', 100), groups);
  const most = at(groups[1], 'mostFrequent');
  assert.deepEqual(most, listAt(await get(`/groups/${other}/errors`), 'value')[0]);
  assert.equal(at(most, 'error'), 'MutuallyExclusiveViolation');
  assert.match(textAt(most, 'reason'), /cannot be assigned together/);
  const fixes = listAt(most, 'fixes');
  assert.deepEqual(
    fixes.map((fix) => pick(fix, 'kind', 'skuId', 'groupId')),
    [
      { kind: 'disablePlans', skuId: skus.e3, groupId: other },
      { kind: 'disablePlans', skuId: skus.e1, groupId: null },
      { kind: 'removeDirectLicense', skuId: skus.e1, groupId: undefined },
      { kind: 'removeFromGroup', skuId: undefined, groupId: other },
    ],
  );
  assert.deepEqual(pick(await get('/summary'), 'usersInError', 'groupsInError'), { usersInError: 3, groupsInError: 2 });
  await expectStatus(400, server.call('GET', '/allot/v1/groups/errors?$skiptoken=second'));
});

test('a proposed fix, done as it says, helps', async () => {
  const [cause] = listAt(await get(`/groups/${other}/errors`), 'value');
  const [, fix] = listAt(cause, 'fixes');
  const disabledPlans = listAt(fix, 'disabledPlans');
  const license = { addLicenses: [{ skuId: skus.e1, disabledPlans }], removeLicenses: [] };
  await expectStatus(200, server.call('POST', `/v1.0/users/${fourth}/assignLicense`, license));
  await server.settle();
  // What was in the way is out of it: now the user waits for a seat.
  assert.deepEqual(
    listAt(await get(`/groups/${other}/errors`), 'value').map((one) => at(one, 'error')),
    ['CountViolation'],
  );
});

test('members by rule are not told to leave their group', async () => {
  const group = {
    displayName: 'By rule',
    mailEnabled: false,
    mailNickname: 'rule',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.displayName -eq "Bob"',
    membershipRuleProcessingState: 'On',
  };
  const id = textAt(await expectStatus(201, server.call('POST', '/v1.0/groups', group)), 'id');
  await licenseGroup(server, id, skus.e3);
  const [cause] = listAt(await get(`/groups/${id}/errors`), 'value');
  assert.deepEqual(at(cause, 'fixes'), [{ kind: 'buySeats', skuId: skus.e3 }]);
  const [user] = await all(`/groups/${id}/errors/users?error=CountViolation&skuId=${skus.e3}`, 10);
  assert.deepEqual(pick(user, 'id', 'fixes'), { id: second, fixes: [{ kind: 'buySeats', skuId: skus.e3 }] });
});

test('users whose own licenses are in error are listed with the first of them, and whose address is whose', async () => {
  const proxyAddresses = ['smtp:shared@test.example'];
  const [eve, fay] = [await createUser(server, { displayName: 'Eve' }), await createUser(server)];
  const license = { addLicenses: [{ skuId: skus.e1, disabledPlans: [] }], removeLicenses: [] };
  await expectStatus(200, server.call('POST', `/v1.0/users/${eve}/assignLicense`, license));
  for (const id of [eve, fay])
    await expectStatus(204, server.call('PUT', `/allot/v1/users/${id}/addresses`, { proxyAddresses }));
  await server.settle();
  const users = await all('/users/errors', 1);
  assert.deepEqual(ids(users), [eve]);
  // From any source there are also those whom a group could not license, and Eve among them.
  const anywhere = ids(await all('/users/errors?source=any', 2));
  assert.ok(anywhere.length > 1 && anywhere.includes(eve), anywhere.join());
  assert.equal(new Set(anywhere).size, anywhere.length);
  await expectStatus(400, server.call('GET', '/allot/v1/users/errors?source=none'));
  assert.equal(at(users[0], 'error'), 'UniquenessViolation');
  assert.match(textAt(users[0], 'reason'), /shared@test\.example is also an address of/);
  // The mailbox is in force: it would be kept, whoever no longer wants it (L-08).
  const [fix, ...others] = listAt(users[0], 'fixes');
  assert.deepEqual(others, []);
  assert.equal(at(fix, 'kind'), 'fixAddress');
  assert.deepEqual(pick(at(fix, 'addresses', 0), 'address', 'userId'), {
    address: 'shared@test.example',
    userId: fay,
  });
});
