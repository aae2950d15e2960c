import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { expectStatus, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup, statesOf } from './directory.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const e3 = 'ENTERPRISEPACK';
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 100 }));

const read = async (id: string) => {
  const path = `/v1.0/users/${id}?$select=mail,proxyAddresses`;
  return pick(await expectStatus(200, server.call('GET', path)), 'mail', 'proxyAddresses');
};
const assign = async (id: string, disabledPlans: readonly string[] = []) => {
  const body = { addLicenses: [{ skuId: skus.e3, disabledPlans }], removeLicenses: [] };
  await expectStatus(200, server.call('POST', `/v1.0/users/${id}/assignLicense`, body));
};
/** Entries about mail attributes: how many users, who is named, and how their mail changed. */
const audited = async (userId: string) => {
  const { rows } = await sql<{ users: string; targets: readonly unknown[] }>`
    select jsonb_path_query_first(details, '$[*] ? (@.key == "users").value') #>> '{}' as users, targets
    from allot.audit where activity = 'Update user' and details <> '[]' and targets @> ${JSON.stringify([{ id: userId }])}
  `.execute(server.database.db);
  return rows.map(({ users, targets }) => ({
    users,
    named: targets.length,
    changes: listAt(
      targets.find((target) => at(target, 'id') === userId),
      'modifiedProperties',
    ),
  }));
};

test('a mailbox gives a user without mail the principal name as primary address, and an alias (L-30)', async () => {
  const id = await createUser(server, { userPrincipalName: 'Ada@contoso.example', mailNickname: 'ada' });
  assert.deepEqual(await read(id), { mail: null, proxyAddresses: [] });
  await assign(id);
  const proxyAddresses = ['SMTP:Ada@contoso.example', 'smtp:ada@test.example'];
  assert.deepEqual(await read(id), { mail: 'Ada@contoso.example', proxyAddresses });
  assert.deepEqual(await audited(id), [
    {
      users: '1',
      named: 1,
      changes: [
        { displayName: 'mail', oldValue: 'null', newValue: '"Ada@contoso.example"' },
        { displayName: 'proxyAddresses', oldValue: '[]', newValue: JSON.stringify(proxyAddresses) },
      ],
    },
  ]);
  await server.settle();
  assert.deepEqual(await statesOf(server, id), { [`${e3} Direct`]: 'Active None' });
});

test('addresses that are there stay, and an alias that is the principal name is one address (L-30)', async () => {
  const id = await createUser(server, { userPrincipalName: 'bob@test.example', mailNickname: 'Bob' });
  await expectStatus(
    204,
    server.call('PUT', `/allot/v1/users/${id}/addresses`, {
      proxyAddresses: ['smtp:robert@contoso.example', 'smtp:BOB@test.example', 'x500:/o=Contoso/cn=bob'],
    }),
  );
  await server.settle();
  await assign(id);
  assert.deepEqual(await read(id), {
    mail: 'bob@test.example',
    proxyAddresses: ['SMTP:bob@test.example', 'smtp:robert@contoso.example', 'x500:/o=Contoso/cn=bob'],
  });
});

test('who has mail, or gets no mailbox, keeps the addresses as they are', async () => {
  const mailed = await createUser(server, { mail: 'carol@elsewhere.example' });
  await assign(mailed);
  assert.deepEqual(await read(mailed), {
    mail: 'carol@elsewhere.example',
    proxyAddresses: ['SMTP:carol@elsewhere.example'],
  });
  const { rows } = await sql<{ id: string }>`
    select p.plan_id as id from allot.product_plan pp join allot.plan p using (tenant_id, plan_id)
    where pp.product_id = ${skus.e3} and p.mailbox
  `.execute(server.database.db);
  const without = await createUser(server);
  await assign(
    without,
    rows.map(({ id }) => id),
  );
  assert.deepEqual(await read(without), { mail: null, proxyAddresses: [] });
  await assign(without);
  assert.match(String((await read(without))['mail']), /^person\d+@test.example$/);
});

test('a group that gives mailboxes writes one entry for all its members, which names some of them', async () => {
  const members: string[] = [];
  for (let i = 0; i < 25; i++) members.push(await createUser(server));
  members.push(await createUser(server, { mail: 'has@mail.example' }));
  await server.settle();
  await licenseGroup(server, await createGroup(server, 'Many', members), skus.e3);
  const mails = await Promise.all(members.map(async (id) => (await read(id))['mail']));
  assert.equal(mails.filter((mail) => /^person\d+@test.example$/.test(String(mail))).length, 25);
  const [entry] = await audited(members[0] ?? '');
  assert.deepEqual(pick(entry, 'users', 'named'), { users: '25', named: 20 });
  assert.equal(at(await expectStatus(200, server.call('GET', '/allot/v1/processing')), 'pending'), 0);
});

test('an address that somebody has already makes both users share it (L-30, L-11)', async () => {
  const holder = await createUser(server, { mail: 'dora@contoso.example' });
  await assign(holder);
  const other = await createUser(server, { userPrincipalName: 'dora@contoso.example', mailNickname: 'dora' });
  await server.settle();
  await assign(other);
  await server.settle();
  const shared = { [`${e3} Direct`]: 'ActiveWithError UniquenessViolation' };
  assert.deepEqual([await statesOf(server, holder), await statesOf(server, other)], [shared, shared]);
});

test('users who get the same alias by one change share it (L-30, L-11)', async () => {
  const [first, second] = [
    await createUser(server, { mailNickname: 'twin' }),
    await createUser(server, { mailNickname: 'twin' }),
  ];
  await licenseGroup(server, await createGroup(server, 'Twins', [first, second]), skus.e3);
  const shared = { [`${e3} Twins`]: 'ActiveWithError UniquenessViolation' };
  assert.deepEqual([await statesOf(server, first), await statesOf(server, second)], [shared, shared]);
});

test('errors of shared addresses come and go with the addresses, on both sides (L-11, L-16)', async () => {
  const [one, two] = [
    await createUser(server, { mail: 'erin@contoso.example' }),
    await createUser(server, { mail: 'frank@contoso.example' }),
  ];
  await licenseGroup(server, await createGroup(server, 'Addresses', [one, two]), skus.e3);
  const fine = { [`${e3} Addresses`]: 'Active None' };
  const shared = { [`${e3} Addresses`]: 'ActiveWithError UniquenessViolation' };
  const both = async () => {
    await server.settle();
    return [await statesOf(server, one), await statesOf(server, two)];
  };
  const setAddresses = (id: string, ...proxyAddresses: string[]) =>
    expectStatus(204, server.call('PUT', `/allot/v1/users/${id}/addresses`, { proxyAddresses }));
  assert.deepEqual(await both(), [fine, fine]);

  await expectStatus(204, server.call('PATCH', `/v1.0/users/${one}`, { mail: 'FRANK@contoso.example' }));
  assert.deepEqual(await both(), [shared, shared]);
  const explained = await expectStatus(200, server.call('GET', `/allot/v1/users/${one}/explanation`));
  assert.match(
    textAt(explained, 'value', 0, 'sentence'),
    /frank@contoso.example is also an address of person\d+@test.example/,
  );

  // The address moves: it vanishes here, and stays there.
  await setAddresses(two, 'SMTP:frank2@contoso.example');
  assert.deepEqual(await both(), [fine, fine]);
  await setAddresses(two, 'SMTP:frank2@contoso.example', 'smtp:erin@contoso.example');
  assert.deepEqual(await both(), [shared, shared]);
  await setAddresses(one);
  assert.deepEqual(await both(), [fine, fine]);
  await setAddresses(one, 'SMTP:erin@contoso.example');
  assert.deepEqual(await both(), [shared, shared]);

  await expectStatus(204, server.call('DELETE', `/v1.0/users/${two}`));
  await server.settle();
  assert.deepEqual(await statesOf(server, one), fine);
});
