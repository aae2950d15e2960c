import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gone, openOffice, rowsLeft, skus, userNoOf, yammer } from './office.ts';

const office = await openOffice({ after });
const { server, ask, user, group, assign, has } = office;
await office.seats(skus.e3, 20);
await office.seats(skus.analytics, 5);
const deleted = '/v1.0/directory/deletedItems';

test('a restored user gets back exactly what it had: direct and inherited licenses, groups, addresses, properties', async () => {
  const ada = await user('ada', { department: 'Sales' });
  const proxyAddresses = ['SMTP:ada@office.example', 'smtp:a.lovelace@office.example'];
  await ask(204, 'PUT', `/allot/v1/users/${ada}/addresses`, { proxyAddresses });
  const licensed = await group('Licensed', [ada], [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  const other = await group('Other', [ada]);
  await server.settled();
  await assign(ada, [{ skuId: skus.e3 }, { skuId: skus.analytics }]);
  const seen = async () => ({
    licenses: await has(ada),
    properties: await ask(200, 'GET', `/v1.0/users/${ada}?$select=department,mail,proxyAddresses,userPrincipalName`),
    groups: (await ask(200, 'GET', `/v1.0/users/${ada}/memberOf?$select=id`)).value.map(({ id }: { id: string }) => id),
    consumed: [await office.consumed(skus.e3), await office.consumed(skus.analytics)],
  });
  const before = await seen();
  assert.equal(before.licenses.length, 3);
  assert.deepEqual(before.groups.toSorted(), [licensed, other].toSorted());

  await ask(204, 'DELETE', `/v1.0/users/${ada}`);
  await server.settled();
  assert.deepEqual([await office.consumed(skus.e3), await office.consumed(skus.analytics)], [0, 0]);
  const members = await ask(200, 'GET', `/v1.0/groups/${licensed}/members`);
  assert.deepEqual(members.value, []);

  const restored = await ask(200, 'POST', `${deleted}/${ada}/restore`);
  assert.deepEqual(
    [restored['@odata.type'], restored.id, restored.userPrincipalName, restored.deletedDateTime],
    ['#microsoft.graph.user', ada, 'ada@office.example', null],
  );
  // Settled in the call.
  assert.deepEqual(await seen(), before);
  await server.settled();
  assert.deepEqual(await seen(), before);
  await ask(404, 'GET', `${deleted}/${ada}`);
  await ask(404, 'POST', `${deleted}/${ada}/restore`);
  assert.deepEqual(await office.audit('Delete user', 'Restore user'), ['Delete user: ada', 'Restore user: ada']);
});

test('a user restored before its deletion was settled, and one deleted and restored again and again, loses nothing', async () => {
  const bob = await user('bob');
  await assign(bob, [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  const before = await has(bob);
  for (let round = 0; round < 5; round += 1) {
    await ask(204, 'DELETE', `/v1.0/users/${bob}`);
    if (round % 2 === 0) await server.settled();
    await ask(200, 'POST', `${deleted}/${bob}/restore`);
    assert.deepEqual(await has(bob), before);
  }
  await server.settled();
  assert.deepEqual(await has(bob), before);
});

test('seats of a deleted user go down the line; restored, it waits, and its direct assignment shows the error (L-14)', async () => {
  const own = await openOffice({ after });
  const subscription = await own.seats(skus.e3, 1);
  const first = await own.user('first');
  await own.assign(first, [{ skuId: skus.e3 }]);
  const second = await own.user('second');
  const sales = await own.group('Sales', [second], [{ skuId: skus.e3 }]);
  await own.server.settled();
  assert.deepEqual(await own.has(second), [`e3 ${sales} Error CountViolation`]);

  await own.ask(204, 'DELETE', `/v1.0/users/${first}`);
  await own.server.settled();
  assert.deepEqual(await own.has(second), [`e3 ${sales} Active None`]);

  await own.ask(200, 'POST', `${deleted}/${first}/restore`);
  assert.deepEqual(await own.has(first), ['e3 direct Error CountViolation']);
  assert.deepEqual(await own.has(second), [`e3 ${sales} Active None`]);
  assert.equal(await own.consumed(skus.e3), 1);
  const line = await own.ask(200, 'GET', `/allot/v1/waiting?skuId=${skus.e3}`);
  assert.deepEqual(
    line.value.map(({ userId }: { userId: string }) => userId),
    [first],
  );
  await own.ask(200, 'PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 2 });
  assert.deepEqual(await own.has(first), ['e3 direct Active None']);
});

test('of two products that exclude each other a restored user has the one it had, and of a bundle the part it had', async () => {
  const own = await openOffice({ after });
  for (const sku of [skus.e1, skus.e3]) await own.seats(sku, 5);
  const analytics = await own.seats(skus.analytics, 1);
  const taker = await own.user('taker');
  await own.assign(taker, [{ skuId: skus.e3 }, { skuId: skus.analytics }]);
  // The group licensed first would have its turn first (L-07), if the other's license were not in force.
  const first = await own.group('First', [], [{ skuId: skus.e3 }]);
  const one = await own.user('one');
  const second = await own.group('Second', [one], [{ skuId: skus.e1 }]);
  await own.server.settled();
  await own.join(first, one);
  const addAnalytics = { addLicenses: [{ skuId: skus.analytics, disabledPlans: [] }], removeLicenses: [] };
  await own.ask(202, 'POST', `/v1.0/groups/${second}/assignLicense`, addAnalytics);
  await own.server.settled();
  const before = await own.has(one);
  const expected = [
    `analytics ${second} Error CountViolation`,
    `e1 ${second} Active None`,
    `e3 ${first} Error MutuallyExclusiveViolation`,
  ];
  assert.deepEqual(before, expected);

  await own.ask(204, 'DELETE', `/v1.0/users/${one}`);
  await own.server.settled();
  await own.ask(200, 'POST', `${deleted}/${one}/restore`);
  assert.deepEqual(await own.has(one), expected);

  // What would not be granted today is not given back: the rules are those of today, and so are the seats.
  await own.ask(204, 'DELETE', `/v1.0/users/${one}`);
  await own.server.settled();
  const [e1] = (await own.ask(200, 'GET', '/allot/v1/subscriptions')).value.filter(
    ({ skuId }: { skuId: string }) => skuId === skus.e1,
  );
  await own.ask(200, 'PATCH', `/allot/v1/subscriptions/${e1.id}`, { units: 0 });
  await own.ask(200, 'PATCH', `/allot/v1/subscriptions/${analytics}`, { units: 2 });
  await own.ask(200, 'POST', `${deleted}/${one}/restore`);
  assert.deepEqual(await own.has(one), [
    `analytics ${second} Error Other`,
    `e1 ${second} Error MutuallyExclusiveViolation`,
    `e3 ${first} Active None`,
  ]);
  assert.equal(await own.consumed(skus.e1), 0);
});

test('an address counts for L-11 while both users exist, and again when the twin is restored', async () => {
  const [one, two] = [await user('twin1'), await user('twin2')];
  const sharing = await group('Mail', [one], [{ skuId: skus.e3 }]);
  await server.settled();
  await assign(two, [{ skuId: skus.e3 }]);
  for (const id of [one, two])
    await ask(204, 'PUT', `/allot/v1/users/${id}/addresses`, { proxyAddresses: ['smtp:twin@office.example'] });
  await server.settled();
  assert.deepEqual(await has(one), [`e3 ${sharing} ActiveWithError UniquenessViolation`]);
  await ask(204, 'DELETE', `/v1.0/users/${two}`);
  await server.settled();
  assert.deepEqual(await has(one), [`e3 ${sharing} Active None`]);
  await ask(200, 'POST', `${deleted}/${two}/restore`);
  // What the twin had directly would not be granted today: it is not given, and the intent is not lost.
  assert.deepEqual(await has(two), ['e3 direct Error UniquenessViolation']);
  await server.settled();
  assert.deepEqual(await has(one), [`e3 ${sharing} ActiveWithError UniquenessViolation`]);
});

test('a name that another user took meanwhile is refused with what to do, and changed nothing; another name restores', async () => {
  const carl = await user('carl');
  await ask(204, 'DELETE', `/v1.0/users/${carl}`);
  const usurper = await user('usurper', { userPrincipalName: 'CARL@office.example' });
  const refused = await ask(400, 'POST', `${deleted}/${carl}/restore`);
  assert.equal(refused.error.code, 'Request_BadRequest');
  assert.match(refused.error.message, /^Another object with the same value for property userPrincipalName already/);
  assert.match(JSON.stringify(refused.error), /newUserPrincipalName/);
  await ask(200, 'GET', `${deleted}/${carl}`);
  await ask(400, 'POST', `${deleted}/${carl}/restore`, { newUserPrincipalName: 'no name' });
  await ask(400, 'POST', `${deleted}/${carl}/restore`, { autoReconcileProxyConflict: true });
  const restored = await ask(200, 'POST', `${deleted}/${carl}/restore`, {
    newUserPrincipalName: 'carl2@office.example',
  });
  assert.equal(restored.userPrincipalName, 'carl2@office.example');
  await ask(204, 'DELETE', `/v1.0/users/${usurper}`);
});

test('a user deleted for good leaves nothing but history and audit, settled or not, and cannot be restored', async () => {
  for (const settled of [true, false]) {
    const dora = await user(`dora${settled}`);
    await ask(204, 'PUT', `/allot/v1/users/${dora}/addresses`, { proxyAddresses: ['smtp:dora@office.example'] });
    const team = await group('Team', [dora], [{ skuId: skus.e3 }]);
    await server.settled();
    await assign(dora, [{ skuId: skus.analytics }]);
    const consumed = await office.consumed(skus.e3);
    const userNo = await userNoOf(office, dora);
    await ask(404, 'DELETE', `${deleted}/${dora}`);
    await ask(204, 'DELETE', `/v1.0/users/${dora}`);
    if (settled) await server.settled();
    await ask(204, 'DELETE', `${deleted}/${dora}`);
    assert.equal(await rowsLeft(office, { userNo }), 0);
    assert.equal(await office.consumed(skus.e3), consumed - 1);
    await server.settled();
    assert.equal(await rowsLeft(office, { userNo }), 0);
    for (const method of ['GET', 'DELETE']) await ask(404, method, `${deleted}/${dora}`);
    await ask(404, 'POST', `${deleted}/${dora}/restore`);
    await ask(202, 'DELETE', `/v1.0/groups/${team}?removeLicenses=true`);
    await gone(office, `/v1.0/groups/${team}`);
  }
  assert.deepEqual(await office.audit('Hard Delete user'), [
    'Hard Delete user: doratrue',
    'Hard Delete user: dorafalse',
  ]);
});

test('deleted users are listed with filter, order, count and pages like users, and users of no list otherwise', async () => {
  const own = await openOffice({ after });
  const ids: string[] = [];
  for (const name of ['eva', 'ed', 'erik', 'otto']) ids.push(await own.user(name));
  for (const id of ids.slice(0, 3)) await own.ask(204, 'DELETE', `/v1.0/users/${id}`);
  const users = `${deleted}/microsoft.graph.user`;
  const names = (body: { value: { displayName: string }[] }) => body.value.map(({ displayName }) => displayName);
  const all = await own.ask(200, 'GET', users);
  assert.deepEqual(names(all), ['eva', 'ed', 'erik']);
  assert.match(all.value[0].deletedDateTime, /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(names(await own.ask(200, 'GET', '/v1.0/users')), ['otto']);
  const first = await own.ask(200, 'GET', `${users}?$top=2&$select=displayName`);
  assert.deepEqual(names(first), ['eva', 'ed']);
  const next = new URL(first['@odata.nextLink']);
  assert.deepEqual(names(await own.ask(200, 'GET', next.pathname + next.search)), ['erik']);
  assert.deepEqual(names(await own.ask(200, 'GET', `${users}?$filter=startsWith(displayName,'er')`)), ['erik']);
  const eventual = { consistencylevel: 'eventual' };
  const latest = await own.server.call(
    'GET',
    `${users}?$orderby=deletedDateTime desc&$count=true`,
    undefined,
    eventual,
  );
  assert.deepEqual([latest.body['@odata.count'], ...names(latest.body)], [3, 'erik', 'ed', 'eva']);
  const count = await own.server.call('GET', `${users}/$count`, undefined, eventual);
  assert.equal(count.body, 3);
  const one = await own.ask(200, 'GET', `${deleted}/${ids[0]}?$select=id,mailNickname`);
  assert.deepEqual(
    [one['@odata.type'], one.id, one.mailNickname, one.displayName],
    ['#microsoft.graph.user', ids[0], 'eva', undefined],
  );
  assert.deepEqual((await own.ask(200, 'GET', `${deleted}/microsoft.graph.group`)).value, []);
});
