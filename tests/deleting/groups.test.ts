import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gone, openOffice, rowsLeft, skus, yammer } from './office.ts';

const office = await openOffice({ after });
const { server, ask, user, group, assign, has } = office;
await office.seats(skus.e1, 50);
await office.seats(skus.e3, 50);
await office.seats(skus.analytics, 50);
const deleted = '/v1.0/directory/deletedItems';
const bundle = async (id: string) =>
  (await ask(200, 'GET', `/v1.0/groups/${id}?$select=assignedLicenses`)).assignedLicenses as readonly object[]; // Graph's type
const remove = (id: string) => ask(202, 'DELETE', `/v1.0/groups/${id}?removeLicenses=true`);
const onGroupDelete = (value: 'convert' | 'error') => ask(200, 'PATCH', '/allot/v1/settings', { onGroupDelete: value });

test('a licensed group is not deleted, unless its licenses may be removed; then members lose them and it goes (L-25)', async () => {
  const [one, two] = [await user('one'), await user('two')];
  const sales = await group('Sales', [one, two], [{ skuId: skus.e3 }]);
  await server.settled();
  await assign(two, [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  const consumed = await office.consumed(skus.e3);
  const refused = await ask(400, 'DELETE', `/v1.0/groups/${sales}`);
  assert.equal(refused.error.message, 'A group with active licenses assigned cannot be deleted.');
  assert.match(JSON.stringify(refused.error), /removeLicenses=true/);
  await ask(400, 'DELETE', `/v1.0/groups/${sales}?removeLicenses=perhaps`);
  assert.equal((await bundle(sales)).length, 1);

  await remove(sales);
  await gone(office, `/v1.0/groups/${sales}`);
  assert.deepEqual(await has(one), []);
  assert.deepEqual(await has(two), [`e3 direct Active None ${yammer}`]);
  assert.equal(await office.consumed(skus.e3), consumed - 1);
  assert.deepEqual((await office.audit('Set group license', 'Delete group')).slice(-2), [
    'Set group license: Sales',
    'Delete group: Sales',
  ]);
  await ask(404, 'DELETE', `/v1.0/groups/${sales}?removeLicenses=true`);
});

test('what a plan in force needs becomes direct, with the same disabled plans and the same seats, when its group goes', async () => {
  const users = [await user('conv1'), await user('conv2'), await user('conv3')];
  const [needy = '', needier = '', plain = ''] = users;
  const e3Group = await group('E3 people', [needy, plain], [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  const e1Group = await group('E1 people', [needier], [{ skuId: skus.e1 }]);
  await server.settled();
  for (const id of [needy, needier]) await assign(id, [{ skuId: skus.analytics }]);
  const seats = async () => [await office.consumed(skus.e1), await office.consumed(skus.e3)];
  const [e1 = 0, e3 = 0] = await seats();

  await remove(e3Group);
  await remove(e1Group);
  for (const id of [e3Group, e1Group]) await gone(office, `/v1.0/groups/${id}`);
  assert.deepEqual(await has(needy), ['analytics direct Active None', `e3 direct Active None ${yammer}`]);
  assert.deepEqual(await has(needier), ['analytics direct Active None', 'e1 direct Active None']);
  assert.deepEqual(await has(plain), []);
  assert.deepEqual(await seats(), [e1, e3 - 1]);

  // Direct now in every respect: it can be taken away once nothing needs it, and survives deletion and restoration.
  await ask(204, 'DELETE', `/v1.0/users/${needy}`);
  await ask(200, 'POST', `${deleted}/${needy}/restore`);
  await assign(needy, [], [skus.analytics, skus.e3]);
  assert.deepEqual(await has(needy), []);
});

test('what is kept joins a direct assignment of the same product: the plans of both are on', async () => {
  const id = await user('joined');
  const exchange2 = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
  const teams = await group('Joined', [id], [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  await server.settled();
  await assign(id, [{ skuId: skus.e3, disabledPlans: [exchange2] }, { skuId: skus.analytics }]);
  await remove(teams);
  await gone(office, `/v1.0/groups/${teams}`);
  assert.deepEqual(await has(id), ['analytics direct Active None', 'e3 direct Active None']);
});

test('a mailbox that cannot go because its address is shared becomes direct, with the error, when its group goes', async () => {
  const [one, two] = [await user('mail1'), await user('mail2')];
  const mail = await group('Mail', [one], [{ skuId: skus.e1 }]);
  await server.settled();
  for (const id of [one, two])
    await ask(204, 'PUT', `/allot/v1/users/${id}/addresses`, { proxyAddresses: ['smtp:both@office.example'] });
  await server.settled();
  await remove(mail);
  await gone(office, `/v1.0/groups/${mail}`);
  assert.deepEqual(await has(one), ['e1 direct ActiveWithError UniquenessViolation']);
});

test('with onGroupDelete "error" the group stays until the errors are solved, and then goes by itself', async () => {
  await onGroupDelete('error');
  const [needy, plain] = [await user('err1'), await user('err2')];
  const id = await group('Stays', [needy, plain], [{ skuId: skus.e1 }]);
  await server.settled();
  await assign(needy, [{ skuId: skus.analytics }]);
  await remove(id);
  await server.settled();
  assert.deepEqual(await bundle(id), []);
  assert.deepEqual(await has(plain), []);
  assert.deepEqual(await has(needy), ['analytics direct Active None', `e1 ${id} ActiveWithError DependencyViolation`]);
  const inError = await ask(200, 'GET', `/v1.0/groups/${id}/membersWithLicenseErrors?$select=id`);
  assert.deepEqual(inError.value, [{ id: needy }]);
  const { deletionRequestedDateTime } = await ask(200, 'GET', `/allot/v1/groups/${id}/licensing`);
  assert.match(deletionRequestedDateTime, /^\d{4}-\d\d-\d\dT/);
  // Asked for again without removeLicenses: members have active licenses of it.
  const refused = await ask(400, 'DELETE', `/v1.0/groups/${id}`);
  assert.equal(refused.error.message, 'A group with active licenses assigned cannot be deleted.');
  await assign(needy, [], [skus.analytics]);
  await gone(office, `/v1.0/groups/${id}`);
  assert.deepEqual(await has(needy), []);
  await onGroupDelete('convert');
});

test('a group that waits for its errors stays when it is licensed again, and goes when the setting becomes "convert"', async () => {
  await onGroupDelete('error');
  const needy = await user('wait1');
  const waits = await group('Waits', [needy], [{ skuId: skus.e1 }]);
  await server.settled();
  await assign(needy, [{ skuId: skus.analytics }]);
  await remove(waits);
  await server.settled();
  const change = (addLicenses: readonly object[], removeLicenses: readonly string[]) =>
    ask(202, 'POST', `/v1.0/groups/${waits}/assignLicense`, { addLicenses, removeLicenses });
  await change([{ skuId: skus.e1, disabledPlans: [] }], []);
  await change([], [skus.e1]);
  await onGroupDelete('convert');
  await server.settled();
  const kept = ['analytics direct Active None', `e1 ${waits} ActiveWithError DependencyViolation`];
  assert.deepEqual(await has(needy), kept);

  await onGroupDelete('error');
  await remove(waits);
  await server.settled();
  assert.deepEqual(await has(needy), kept);
  await ask(200, 'GET', `/v1.0/groups/${waits}`);
  await onGroupDelete('convert');
  await gone(office, `/v1.0/groups/${waits}`);
  assert.deepEqual(await has(needy), ['analytics direct Active None', 'e1 direct Active None']);
});

test('a license that waits to be replaced keeps its group until it is, and is never made direct (L-09)', async () => {
  await ask(200, 'PATCH', '/allot/v1/settings', { keepUntilReplaced: true });
  const id = await user('replaced');
  const old = await group('Old suite', [id], [{ skuId: skus.e1 }]);
  await server.settled();
  const free = 50 - (await office.consumed(skus.e3));
  const fill: string[] = [];
  for (let no = 0; no < free; no += 1) fill.push(await user(`fill${no}`));
  const filled = await group('Fill', fill, [{ skuId: skus.e3 }]);
  await server.settled();
  const next = await group('New suite', [id], [{ skuId: skus.e3 }]);
  await remove(old);
  await server.settled();
  assert.deepEqual(await has(id), [`e1 ${old} ActiveWithError Other`, `e3 ${next} Error CountViolation`]);
  await ask(200, 'GET', `/v1.0/groups/${old}`);
  await remove(filled);
  await gone(office, `/v1.0/groups/${old}`);
  assert.deepEqual(await has(id), [`e3 ${next} Active None`]);
  await ask(200, 'PATCH', '/allot/v1/settings', { keepUntilReplaced: false });
});

test('a group without licenses of which a member still keeps one is deleted as Graph does it, and what is kept becomes direct', async () => {
  const needy = await user('keeps');
  const id = await group('Kept', [needy], [{ skuId: skus.e1 }]);
  await server.settled();
  await assign(needy, [{ skuId: skus.analytics }]);
  await ask(202, 'POST', `/v1.0/groups/${id}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e1] });
  await server.settled();
  await ask(204, 'DELETE', `/v1.0/groups/${id}`);
  await server.settled();
  await ask(404, 'GET', `/v1.0/groups/${id}`);
  assert.deepEqual(await has(needy), ['analytics direct Active None', 'e1 direct Active None']);
});

test('a group whose licenses were removed a moment ago is deleted as Graph does it, and not before its members lost them', async () => {
  const id = await user('moment');
  const brief = await group('Brief', [id], [{ skuId: skus.e3 }]);
  await server.settled();
  await ask(202, 'POST', `/v1.0/groups/${brief}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e3] });
  await ask(204, 'DELETE', `/v1.0/groups/${brief}`);
  await gone(office, `/v1.0/groups/${brief}`);
  assert.deepEqual(await has(id), []);
});

test('a restored group has its members and settings, no licenses, and licenses its members again when asked', async () => {
  const [one, two] = [await user('back1'), await user('back2')];
  const inner = await group('Inner');
  const outer = await group('Outer', [one, two, inner], [{ skuId: skus.e3 }]);
  await ask(200, 'PATCH', `/allot/v1/groups/${outer}/licensing`, { priority: 7 });
  await server.settled();
  await remove(outer);
  await gone(office, `/v1.0/groups/${outer}`);
  const listed = await ask(200, 'GET', `${deleted}/microsoft.graph.group?$filter=displayName eq 'Outer'`);
  assert.deepEqual(
    listed.value.map(({ id }: { id: string }) => id),
    [outer],
  );
  assert.deepEqual((await ask(200, 'GET', `/v1.0/groups/${inner}/memberOf`)).value, []);

  const restored = await ask(200, 'POST', `${deleted}/${outer}/restore`);
  assert.deepEqual(
    [restored['@odata.type'], restored.id, restored.displayName, restored.deletedDateTime],
    ['#microsoft.graph.group', outer, 'Outer', null],
  );
  const members = await ask(200, 'GET', `/v1.0/groups/${outer}/members?$select=id`);
  assert.deepEqual(
    members.value.map(({ id }: { id: string }) => id),
    [one, two, inner],
  );
  assert.deepEqual(await bundle(outer), []);
  assert.deepEqual(await has(one), []);
  assert.equal((await ask(200, 'GET', `/allot/v1/groups/${outer}/licensing`)).priority, 7);
  await ask(202, 'POST', `/v1.0/groups/${outer}/assignLicense`, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await server.settled();
  for (const id of [one, two]) assert.deepEqual(await has(id), [`e3 ${outer} Active None`]);
});

test('a group that is a member of another leaves its list, comes back when restored, and is forgotten when deleted for good', async () => {
  const inner = await group('Nested');
  const outer = await group('Around', [inner]);
  const members = async () => (await ask(200, 'GET', `/v1.0/groups/${outer}/members?$select=id`)).value.length;
  await ask(204, 'DELETE', `/v1.0/groups/${inner}`);
  assert.equal(await members(), 0);
  await ask(200, 'POST', `${deleted}/${inner}/restore`);
  assert.equal(await members(), 1);
  await ask(404, 'DELETE', `${deleted}/${inner}`);
  await ask(204, 'DELETE', `/v1.0/groups/${inner}`);
  await ask(204, 'DELETE', `${deleted}/${inner}`);
  assert.equal(await members(), 0);
  assert.equal(await rowsLeft(office, { groupId: inner }), 0);
  await ask(404, 'POST', `${deleted}/${inner}/restore`);
  assert.deepEqual(await office.audit('Hard Delete group'), ['Hard Delete group: Nested']);
});

test('a group of 10,000 goes with its licenses, those of a thousand members become direct, and no other seat moves', async () => {
  const { pool } = server.database;
  const { rows } = await pool.query<{ id: string }>(
    `insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname, usage_location)
     select $1, 1000000 + n, gen_random_uuid(), now(), 'mass' || n || '@office.example', 'Mass ' || n, 'mass' || n, 'US'
     from generate_series(1, 10000) as n returning id`,
    [server.tenantId],
  );
  const many = await group('Many', [], [{ skuId: skus.e3 }]);
  const some = await group('Some');
  await ask(200, 'PATCH', `/allot/v1/groups/${some}/licensing`, { prerequisites: 'user' });
  await office.seats(skus.e3, 10_000);
  await office.seats(skus.analytics, 1_000);
  for (const [groupId, count] of [
    [many, 10_000],
    [some, 1_000],
  ] as const)
    await pool.query(
      `insert into allot.membership (tenant_id, group_id, user_no) select $1, $2, 1000000 + n from generate_series(1, $3::int) as n`,
      [server.tenantId, groupId, count],
    );
  await ask(202, 'POST', `/v1.0/groups/${some}/assignLicense`, {
    addLicenses: [{ skuId: skus.analytics, disabledPlans: [] }],
    removeLicenses: [],
  });
  await pool.query(
    `insert into allot.pending_user (tenant_id, user_no) select $1, 1000000 + n from generate_series(1, 10000) as n`,
    [server.tenantId],
  );
  await ask(202, 'POST', `/allot/v1/groups/${many}/reprocess`);
  await server.settled();
  const before = await office.consumed(skus.e3);
  assert.ok(before >= 10_000);
  await remove(many);
  await gone(office, `/v1.0/groups/${many}`);
  assert.equal(await office.consumed(skus.e3), before - 9_000);
  assert.deepEqual(await has(rows[0]?.id ?? ''), [`analytics ${some} Active None`, 'e3 direct Active None'].toSorted());
  const { rows: details } = await pool.query(
    `select details from allot.audit where tenant_id = $1 and activity = 'Delete group' and targets->0->>'id' = $2`,
    [server.tenantId, many],
  );
  assert.deepEqual(details, [{ details: [{ key: 'Users whose licenses became direct', value: '1000' }] }]);
});
