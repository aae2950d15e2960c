import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { createUsers } from '../../packages/server/src/operations/directory/create-users.ts';
import { createdId, newUser, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });

test('a created user is answered with the default properties, in the order of Graph, and found by id and by name', async () => {
  const body = newUser({
    displayName: 'Adele Vance',
    userPrincipalName: 'AdeleV@test.example',
    jobTitle: 'Manager',
    usageLocation: 'us',
  });
  const created = await graph.call('POST', '/v1.0/users', body);
  assert.equal(created.status, 201);
  const id = textOf(created.body['id']);
  assert.deepEqual(created.body, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#users/$entity',
    businessPhones: [],
    displayName: 'Adele Vance',
    givenName: null,
    jobTitle: 'Manager',
    mail: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: 'AdeleV@test.example',
    id,
  });
  assert.equal(Object.keys(created.body).at(-1), 'id');
  for (const path of [
    `/v1.0/users/${id}`,
    '/V1.0/Users/adelev@TEST.example',
    `/v1.0/users('${id}')`,
    "/v1.0/users('AdeleV%40test.example')",
    `/v1.0/users(%27${id}%27)`,
  ]) {
    const found = await graph.call('GET', path);
    assert.equal(found.status, 200, path);
    assert.deepEqual(found.body, created.body, path);
  }
});

test('$select answers those properties and no others, whatever their case', async () => {
  const id = await createdId(
    graph,
    '/v1.0/users',
    newUser({ usageLocation: 'DE', onPremisesExtensionAttributes: { extensionAttribute3: 'x' } }),
  );
  const { body } = await graph.call(
    'GET',
    `/v1.0/users/${id}?select=Id,USAGELOCATION,licenseAssignmentStates,assignedLicenses,onPremisesExtensionAttributes,ageGroup,aboutMe`,
  );
  assert.deepEqual(Object.keys(body), [
    '@odata.context',
    'ageGroup',
    'assignedLicenses',
    'licenseAssignmentStates',
    'onPremisesExtensionAttributes',
    'usageLocation',
    'aboutMe',
    'id',
  ]);
  assert.equal(body['usageLocation'], 'DE');
  assert.deepEqual(body['licenseAssignmentStates'], []);
  assert.equal(body['onPremisesExtensionAttributes']?.['extensionAttribute3'], 'x');
  assert.equal(body['onPremisesExtensionAttributes']?.['extensionAttribute15'], null);
  assert.equal(body['aboutMe'], null);
});

test('a list refuses with 501 the properties that stand outside the directory', async () => {
  const { status, body } = await graph.call('GET', '/v1.0/users?$select=id,aboutMe');
  assert.equal(status, 501);
  assert.equal(body['error']?.['code'], 'NotImplemented');
  assert.equal(body['error']?.['message'], 'This operation target is not yet supported.');
});

test('an update changes what it names and leaves the rest', async () => {
  const id = await createdId(
    graph,
    '/v1.0/users',
    newUser({ department: 'Sales', city: 'Oslo', onPremisesExtensionAttributes: { extensionAttribute1: 'a' } }),
  );
  const patched = await graph.call('PATCH', `/v1.0/users/${id}`, {
    Department: null,
    jobTitle: 'Clerk',
    onPremisesExtensionAttributes: { extensionAttribute2: 'b' },
  });
  assert.equal(patched.status, 204);
  const { body } = await graph.call(
    'GET',
    `/v1.0/users/${id}?$select=department,city,jobTitle,onPremisesExtensionAttributes`,
  );
  assert.deepEqual([body['department'], body['city'], body['jobTitle']], [null, 'Oslo', 'Clerk']);
  assert.deepEqual(
    [
      body['onPremisesExtensionAttributes']?.['extensionAttribute1'],
      body['onPremisesExtensionAttributes']?.['extensionAttribute2'],
    ],
    ['a', 'b'],
  );
});

test('a deleted user is gone, its name is free again, and deleting it twice is 404', async () => {
  const body = newUser();
  const id = await createdId(graph, '/v1.0/users', body);
  assert.equal((await graph.call('DELETE', `/v1.0/users/${id}`)).status, 204);
  for (const method of ['GET', 'DELETE'] as const) {
    const gone = await graph.call(method, `/v1.0/users/${id}`);
    assert.equal(gone.status, 404);
    assert.equal(gone.body['error']?.['code'], 'Request_ResourceNotFound');
    assert.equal(
      gone.body['error']?.['message'],
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  await createdId(graph, '/v1.0/users', body);
});

test('no two users have the same userPrincipalName, in whatever case', async () => {
  await createdId(graph, '/v1.0/users', newUser({ userPrincipalName: 'taken@test.example' }));
  const other = await createdId(graph, '/v1.0/users', newUser());
  const answers = [
    await graph.call('POST', '/v1.0/users', newUser({ userPrincipalName: 'TAKEN@test.example' })),
    await graph.call('PATCH', `/v1.0/users/${other}`, { userPrincipalName: 'Taken@test.example' }),
  ];
  for (const { status, body } of answers) {
    assert.equal(status, 400);
    assert.equal(body['error']?.['code'], 'Request_BadRequest');
    assert.equal(
      body['error']?.['message'],
      'Another object with the same value for property userPrincipalName already exists.',
    );
  }
});

test('each required property that is missing is named', async () => {
  for (const name of ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName', 'passwordProfile']) {
    const { [name]: _, ...rest } = newUser();
    const { status, body } = await graph.call('POST', '/v1.0/users', rest);
    assert.equal(status, 400);
    assert.equal(body['error']?.['message'], `A value is required for property '${name}' of resource 'User'.`);
  }
});

const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
  ['usageLocation', { usageLocation: 'XX' }, /invalid/],
  ['usageLocation', { usageLocation: 'UK' }, /invalid/],
  ['usageLocation', { usageLocation: 'Germany' }, /invalid/],
  ['displayName', { displayName: '' }, /invalid/],
  ['displayName', { displayName: 'x'.repeat(257) }, /invalid/],
  ['displayName', { displayName: ['a'] }, /invalid/],
  ['displayName', { displayName: null }, /invalid/],
  ['accountEnabled', { accountEnabled: 'true' }, /invalid/],
  ['mail', { mail: 'nobody' }, /invalid/],
  ['userPrincipalName', { userPrincipalName: 'a b@c' }, /invalid/],
  ['otherMails', { otherMails: 'a@b.c' }, /invalid/],
  ['businessPhones', { businessPhones: [1] }, /invalid/],
  ['employeeHireDate', { employeeHireDate: 'soon' }, /invalid/],
  ['userType', { userType: 'Robot' }, /invalid/],
  ['identities', { identities: [{ signInType: 'x' }] }, /invalid/],
];
for (const [property, values, message] of refused) {
  test(`${JSON.stringify(values).slice(0, 60)} is refused, names ${property} and creates nothing`, async () => {
    const before = await graph.call('GET', '/v1.0/users/$count', undefined, { consistencylevel: 'eventual' });
    const { status, body } = await graph.call('POST', '/v1.0/users', newUser(values));
    assert.equal(status, 400);
    assert.match(textOf(body['error']?.['message']), message);
    assert.equal(body['error']?.['details']?.[0]?.['target'], property);
    assert.match(textOf(body['error']?.['innerError']?.['advice']), new RegExp(`^${property}: `));
    const now = await graph.call('GET', '/v1.0/users/$count', undefined, { consistencylevel: 'eventual' });
    assert.deepEqual(now.body, before.body);
  });
}

test('read-only and unknown properties are refused by name', async () => {
  const id = await createdId(graph, '/v1.0/users', newUser());
  const fixed = await graph.call('PATCH', `/v1.0/users/${id}`, { proxyAddresses: [] });
  assert.equal(fixed.body['error']?.['message'], "Property 'proxyAddresses' is read-only and cannot be set.");
  const unknown = await graph.call('PATCH', `/v1.0/users/${id}`, { favoriteColor: 'red' });
  assert.equal(unknown.body['error']?.['message'], "Invalid property 'favoriteColor'.");
});

test('setting mail makes it the primary address and keeps the earlier one as an alias', async () => {
  const id = await createdId(graph, '/v1.0/users', newUser({ mail: 'First@test.example' }));
  await graph.call('PATCH', `/v1.0/users/${id}`, { mail: 'second@test.example' });
  const { body } = await graph.call('GET', `/v1.0/users/${id}?$select=mail,proxyAddresses`);
  assert.equal(body['mail'], 'second@test.example');
  assert.deepEqual(body['proxyAddresses'], ['SMTP:second@test.example', 'smtp:First@test.example']);
});

test('two users may have the same address, and everybody concerned is settled again (L-11)', async () => {
  const [one, two] = [
    await createdId(graph, '/v1.0/users', newUser({ mail: 'shared@test.example' })),
    await createdId(graph, '/v1.0/users', newUser()),
  ];
  await graph.settle();
  await graph.call('PATCH', `/v1.0/users/${two}`, { mail: 'SHARED@test.example' });
  assert.deepEqual(new Set(await pendingUserIds()), new Set([one, two]));
  await graph.settle();
  await graph.call('PATCH', `/v1.0/users/${two}`, { usageLocation: 'NO' });
  assert.deepEqual(await pendingUserIds(), [two]);
  await graph.settle();
  await graph.call('DELETE', `/v1.0/users/${two}`);
  assert.deepEqual(new Set(await pendingUserIds()), new Set([one, two]));
});

test('a change that changes nothing writes no audit entry and settles nobody', async () => {
  const id = await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'FR', mail: 'same@test.example' }));
  await graph.settle();
  const before = await activitiesOf(id);
  assert.equal(
    (await graph.call('PATCH', `/v1.0/users/${id}`, { usageLocation: 'FR', mail: 'same@test.example' })).status,
    204,
  );
  assert.deepEqual(await activitiesOf(id), before);
  assert.deepEqual(await pendingUserIds(), []);
});

test('every change of a user is in the audit log with old and new values and the id the client gave', async () => {
  const correlation = '11111111-2222-4333-8444-555555555555';
  const id = await createdId(graph, '/v1.0/users', newUser({ city: 'Rome' }));
  await graph.call(
    'PATCH',
    `/v1.0/users/${id}`,
    { city: 'Bonn', accountEnabled: false },
    { 'client-request-id': correlation },
  );
  await graph.call('DELETE', `/v1.0/users/${id}`);
  assert.deepEqual(await activitiesOf(id), ['Add user', 'Update user', 'Disable account', 'Delete user']);
  const { rows } = await sql<{ targets: object[] }>`
    select targets from allot.audit where tenant_id = ${graph.ctx.tenantId} and correlation_id = ${correlation} and activity = 'Update user'
  `.execute(graph.database.db);
  const { displayName } =
    (
      await sql<{
        displayName: string;
      }>`select display_name as "displayName" from allot.directory_user where id = ${id}`.execute(graph.database.db)
    ).rows[0] ?? {};
  assert.deepEqual(rows[0]?.targets, [
    {
      id,
      displayName,
      type: 'User',
      modifiedProperties: [
        { displayName: 'city', oldValue: '"Rome"', newValue: '"Bonn"' },
        { displayName: 'accountEnabled', oldValue: 'true', newValue: 'false' },
      ],
    },
  ]);
});

test('numbers are the order of creation: users created at the same time have times and numbers in the same order', async () => {
  await Promise.all(Array.from({ length: 30 }, () => createdId(graph, '/v1.0/users', newUser())));
  const { rows } = await sql<{ byNumber: string; byCreation: string }>`
    select string_agg(id::text, ',' order by user_no) as "byNumber",
           string_agg(id::text, ',' order by date_trunc('milliseconds', created_at), id) as "byCreation"
    from allot.directory_user where tenant_id = ${graph.ctx.tenantId}
  `.execute(graph.database.db);
  assert.equal(rows[0]?.byNumber, rows[0]?.byCreation);
  const distinct = await sql<{ n: number }>`
    select count(*) - count(distinct created_at) as n from allot.directory_user where tenant_id = ${graph.ctx.tenantId}
  `.execute(graph.database.db);
  assert.equal(distinct.rows[0]?.n, 0);
});

test('users created together are numbered by their own times, then ids, and never before those who are there', async () => {
  const last = await createdId(graph, '/v1.0/users', newUser());
  const old = new Date('2020-01-01T00:00:00.000Z');
  const ids = [
    '30000000-0000-4000-8000-000000000000',
    '10000000-0000-4000-8000-000000000000',
    '20000000-0000-4000-8000-000000000000',
  ];
  const users = ids.map((id) => ({
    id,
    createdAt: old,
    proxyAddresses: [],
    values: { displayName: id, userPrincipalName: `${id}@test.example`, mailNickname: id },
  }));
  const created = await createUsers(graph.ctx, users);
  assert.deepEqual(
    created.map(({ id }) => id),
    ids,
  );
  const byNumber = created.toSorted((a, b) => a.userNo - b.userNo).map(({ id }) => id);
  assert.deepEqual(byNumber, ids.toSorted());
  const { body } = await graph.call(
    'GET',
    `/v1.0/users?$select=id,createdDateTime&$filter=id in ('${[last, ...ids].join("','")}')`.replaceAll(' ', '+'),
  );
  assert.deepEqual(textsOf(body['value'], 'id'), [last, ...ids.toSorted()]);
  const [before, ...times] = textsOf(body['value'], 'createdDateTime');
  assert.equal(new Set(times).size, 1);
  assert.ok((before ?? '') < (times[0] ?? ''));
});

async function pendingUserIds(): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct u.id from allot.pending_user p
    join allot.directory_user u on u.tenant_id = p.tenant_id and u.user_no = p.user_no
    where p.tenant_id = ${graph.ctx.tenantId}
  `.execute(graph.database.db);
  return rows.map(({ id }) => id);
}

async function activitiesOf(id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ activity: string }>`
    select activity from allot.audit where tenant_id = ${graph.ctx.tenantId} and targets -> 0 ->> 'id' = ${id} order by activity_at, activity desc
  `.execute(graph.database.db);
  return rows.map(({ activity }) => activity);
}
