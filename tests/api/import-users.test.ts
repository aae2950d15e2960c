import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { expectStatus, startApi } from './api-server.ts';
import { at, listAt, pick, textAt } from './json.ts';
import { createUser } from './directory.ts';

const server = await startApi({ after });
const { db } = server.database;

const header = 'User principal name,Display name,Usage location,Proxy addresses,Department';
const file = (...rows: readonly string[]) => [header, ...rows, ''].join('\r\n');
const users = '/allot/v1/imports/users';

const counts = (result: unknown) => pick(result, 'read', 'created', 'updated', 'unchanged', 'skipped');

/** What the directory has of users with this at the end of their name, in the order of their numbers. */
async function directory(suffix: string) {
  const { rows } = await sql<{ name: string; location: string | null; department: string | null; addresses: string[] }>`
    select user_principal_name as name, usage_location as location, department,
           array(select address from allot.user_address a where a.user_no = u.user_no order by address) as addresses
    from allot.directory_user u where user_principal_name like ${`%${suffix}`} order by user_no
  `.execute(db);
  return rows;
}

const pendingNames = async () => {
  const { rows } = await sql<{ name: string }>`
    select distinct user_principal_name as name from allot.pending_user join allot.directory_user using (tenant_id, user_no) order by 1
  `.execute(db);
  return rows.map(({ name }) => name);
};

test('users are created, and the same file again changes nothing and wakes nobody', async () => {
  const text = file('ann@one.example,Ann,DE,SMTP:ann@one.example+smtp:A@one.example,Sales', 'bob@one.example,Bob,,,');
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, text))), {
    read: 2,
    created: 2,
    updated: 0,
    unchanged: 0,
    skipped: 0,
  });
  assert.deepEqual(
    (await directory('@one.example')).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    [
      { name: 'ann@one.example', location: 'DE', department: 'Sales', addresses: ['a@one.example', 'ann@one.example'] },
      { name: 'bob@one.example', location: null, department: null, addresses: [] },
    ],
  );
  assert.deepEqual(await pendingNames(), ['ann@one.example', 'bob@one.example']);
  await server.settle();
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, text))), {
    read: 2,
    created: 0,
    updated: 0,
    unchanged: 2,
    skipped: 0,
  });
  assert.deepEqual(await pendingNames(), []);
});

test('a user who exists gets what the row says and keeps what it leaves empty', async () => {
  await expectStatus(
    200,
    server.upload(users, file('cid@two.example,Cid,FR,SMTP:cid@two.example,Legal', 'dan@two.example,Dan,FR,,Legal')),
  );
  await server.settle();
  const text = file('CID@two.example,Cid,,SMTP:new@two.example,', 'dan@two.example,Dan,,,Sales');
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, text))), {
    read: 2,
    created: 0,
    updated: 2,
    unchanged: 0,
    skipped: 0,
  });
  assert.deepEqual(
    (await directory('@two.example')).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    [
      { name: 'cid@two.example', location: 'FR', department: 'Legal', addresses: ['new@two.example'] },
      { name: 'dan@two.example', location: 'FR', department: 'Sales', addresses: [] },
    ],
  );
  assert.deepEqual(await pendingNames(), ['cid@two.example'], 'a department decides about no license');
  await server.settle();
});

test('a file without a column for it leaves alone whether users may sign in, their type and their mail nickname', async () => {
  const flags = 'User principal name,Display name,Block credential,User type,Alias\r\n';
  await expectStatus(200, server.upload(users, `${flags}eve@three.example,Eve,True,Guest,evelyn\r\n`));
  await expectStatus(200, server.upload(users, file('eve@three.example,Eve,DE,,')));
  const read = async () => {
    const { rows } =
      await sql`select account_enabled, user_type, mail_nickname from allot.directory_user where user_principal_name = 'eve@three.example'`.execute(
        db,
      );
    return rows;
  };
  assert.deepEqual(await read(), [{ account_enabled: false, user_type: 'Guest', mail_nickname: 'evelyn' }]);
  await expectStatus(200, server.upload(users, `${flags}eve@three.example,Eve,False,Member,eve\r\n`));
  assert.deepEqual(await read(), [{ account_enabled: true, user_type: 'Member', mail_nickname: 'eve' }]);
});

test('one bad row stops the import: every problem is told by line and column, and nothing is written', async () => {
  const text = file(
    'fay@four.example,Fay,DE,,',
    'nobody,Bad,DE,,',
    'gus@four.example,,Nowhere,,',
    'fay@four.example,Fay again,DE,,',
  );
  const { error } = await expectStatus(400, server.upload(users, text));
  assert.equal(at(error, 'message'), 'The file has 4 problems. Nothing was imported.');
  assert.deepEqual(
    listAt(error, 'details').map((one) => [at(one, 'target'), at(one, 'code')]),
    ['3:User principal name', '4:Display name', '4:Usage location', '5:User principal name'].map((target) => [
      target,
      'BadRow',
    ]),
  );
  assert.deepEqual(await directory('@four.example'), []);
});

test('with skipBad the other rows are imported and the bad ones are told', async () => {
  const text = file('hal@five.example,Hal,DE,,', 'nobody,Bad,DE,,');
  const result = await expectStatus(200, server.upload(`${users}?skipBad=true`, text));
  assert.deepEqual(counts(result), { read: 2, created: 1, updated: 0, unchanged: 0, skipped: 1 });
  assert.deepEqual(
    listAt(result, 'problems').map((one) => at(one, 'line')),
    [3],
  );
  assert.deepEqual(
    (await directory('@five.example')).map(({ name }) => name),
    ['hal@five.example'],
  );
});

test('a dry run says what an import would do, and does nothing', async () => {
  const text = file('ida@six.example,Ida,DE,,', 'hal@five.example,Hal,AT,,');
  const result = counts(await expectStatus(200, server.upload(`${users}?dryRun=true`, text)));
  assert.deepEqual(await directory('@six.example'), []);
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, text))), result);
  assert.deepEqual(result, { read: 2, created: 1, updated: 1, unchanged: 0, skipped: 0 });
});

test('an id belongs to one user: of the file, of the directory, or deleted', async () => {
  const [taken, gone] = [
    await createUser(server, { userPrincipalName: 'taken@seven.example' }),
    await createUser(server, { userPrincipalName: 'gone@seven.example' }),
  ];
  await expectStatus(204, server.call('DELETE', `/v1.0/users/${gone}`));
  const twice = '11111111-2222-4333-8444-555555555555';
  const rows = [
    `jan@seven.example,Jan,${taken}`,
    `kim@seven.example,Kim,${twice}`,
    `leo@seven.example,Leo,${twice}`,
    `max@seven.example,Max,${gone}`,
  ];
  const text = ['User principal name,Display name,Object Id', ...rows, ''].join('\n');
  const { error } = await expectStatus(400, server.upload(users, text));
  const details = listAt(error, 'details').map((one) => `${textAt(one, 'target')} ${textAt(one, 'message')}`);
  assert.equal(details.length, 3);
  assert.match(details[0] ?? '', /^2:Object Id is the id of taken@seven\.example/);
  assert.match(details[1] ?? '', /^4:Object Id is also the id of line 3/);
  assert.match(details[2] ?? '', /^5:Object Id is the id of the deleted user gone@seven\.example/);
  const result = await expectStatus(200, server.upload(`${users}?skipBad=true`, text));
  assert.deepEqual(counts(result), { read: 4, created: 1, updated: 0, unchanged: 0, skipped: 3 });
  const { rows: kim } =
    await sql`select id from allot.directory_user where user_principal_name = 'kim@seven.example'`.execute(db);
  assert.deepEqual(kim, [{ id: twice }]);
});

test('new users are numbered by the times of the file and then by id, and after everybody who is there (L-14)', async () => {
  const id = (no: number) => `${no}0000000-0000-4000-8000-000000000000`;
  const rows = [
    `n3@eight.example,N3,${id(3)},2999-01-01T00:00:00Z`,
    `n2@eight.example,N2,${id(2)},`,
    `n1@eight.example,N1,${id(1)},`,
    `n0@eight.example,N0,${id(9)},2001-01-01T00:00:00Z`,
  ];
  const text = ['User principal name,Display name,Object Id,When created', ...rows, ''].join('\n');
  const result = await expectStatus(200, server.upload(users, text));
  assert.equal(listAt(result, 'notes').length, 1);
  assert.match(textAt(result, 'notes', 0, 'text'), /^1 user .* created later than the file says/);
  assert.deepEqual(
    (await directory('@eight.example')).map(({ name }) => name),
    ['n0', 'n1', 'n2', 'n3'].map((name) => `${name}@eight.example`),
  );
  const { rows: order } = await sql<{ kept: boolean; behind: boolean }>`
    select array_agg(user_no order by created_at, id) = array_agg(user_no order by user_no) as kept,
           (select user_no_last = max(user_no) and user_created_at_last = max(created_at) from allot.user_counter) as behind
    from allot.directory_user
  `.execute(db);
  assert.deepEqual(order, [{ kept: true, behind: true }]);
});

test('who shares an address that an import brings or takes is settled again too (L-11)', async () => {
  await expectStatus(
    200,
    server.upload(
      users,
      file('ona@nine.example,Ona,DE,smtp:shared@nine.example,', 'pat@nine.example,Pat,DE,smtp:pat@nine.example,'),
    ),
  );
  await server.settle();
  await expectStatus(200, server.upload(users, file('quin@nine.example,Quin,DE,SMTP:Shared@nine.example,')));
  assert.deepEqual(await pendingNames(), ['ona@nine.example', 'quin@nine.example']);
  await server.settle();
  await expectStatus(200, server.upload(users, file('pat@nine.example,Pat,DE,smtp:SHARED@nine.example,')));
  assert.deepEqual(await pendingNames(), ['ona@nine.example', 'pat@nine.example', 'quin@nine.example']);
  await server.settle();
  await expectStatus(200, server.upload(users, file('quin@nine.example,Quin,DE,smtp:own@nine.example,')));
  assert.deepEqual(await pendingNames(), ['ona@nine.example', 'pat@nine.example', 'quin@nine.example']);
  await server.settle();
});

test('columns of other names go where the query maps them', async () => {
  const text = 'User principal name,Display name,Cost center,Team\nrob@ten.example,Rob,4711,Red\n';
  const map = encodeURIComponent(JSON.stringify({ 'Cost center': 'extensionAttribute1', Team: 'extensionAttribute3' }));
  await expectStatus(200, server.upload(`${users}?map=${map}`, text));
  await expectStatus(
    200,
    server.upload(`${users}?map=${encodeURIComponent('{"Team":"extensionAttribute1"}')}`, text.replace('Red', 'Blue')),
  );
  const { rows } =
    await sql`select extension_attributes[1:4] as first from allot.directory_user where user_principal_name = 'rob@ten.example'`.execute(
      db,
    );
  assert.deepEqual(rows, [{ first: ['Blue', null, 'Red', null] }]);
  await expectStatus(400, server.upload(`${users}?map=Team`, text));
  await expectStatus(400, server.upload(`${users}?skipBad=perhaps`, text));
});

test('a file without the columns it needs is refused, even with skipBad', async () => {
  const { error } = await expectStatus(400, server.upload(`${users}?skipBad=true`, 'Name,Mail\nAnn,ann@x.example\n'));
  assert.match(JSON.stringify(error), /1:User principal name/);
  await expectStatus(400, server.upload(users, ''));
});

test('an import that breaks off leaves nothing behind, and the next one works', async () => {
  async function* broken() {
    yield Buffer.from(`${header}\r\nsue@eleven.example,Sue,DE,,\r\n`);
    throw new Error('the line is dead');
  }
  await assert.rejects(server.upload(users, broken()));
  await expectStatus(200, server.upload(users, file('tom@eleven.example,Tom,DE,,')));
  assert.deepEqual(
    (await directory('@eleven.example')).map(({ name }) => name),
    ['tom@eleven.example'],
  );
});

test('two files are imported at a time; a third is asked to come again, and can', async () => {
  const gate = Promise.withResolvers<null>();
  async function* slow(name: string) {
    yield Buffer.from(file(`${name}@twelve.example,${name},DE,,`));
    await gate.promise;
  }
  const under = [server.upload(users, slow('una')), server.upload(users, slow('vic'))];
  const third = async () => server.upload(`${users}?dryRun=true`, file('wim@twelve.example,Wim,DE,,'));
  let answer = await third();
  for (let tries = 0; answer.status === 200 && tries < 200; tries += 1) answer = await third();
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
  gate.resolve(null);
  for (const one of under) await expectStatus(200, one);
  await expectStatus(200, third());
});

test('100,000 users come as a stream, all of them', async () => {
  const size = 100_000;
  async function* stream() {
    yield Buffer.from(`${header}\r\n`);
    for (let first = 0; first < size; first += 1_000) {
      const rows = Array.from(
        { length: 1_000 },
        (_, k) =>
          `u${first + k}@big.example,"User, ${first + k}",CH,SMTP:u${first + k}@big.example+smtp:x${first + k}@big.example,Ops`,
      );
      yield Buffer.from(`${rows.join('\r\n')}\r\n`);
    }
  }
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, stream()))), {
    read: size,
    created: size,
    updated: 0,
    unchanged: 0,
    skipped: 0,
  });
  const { rows } = await sql`
    select count(*) as users, count(distinct user_no) as numbers, min(proxy_addresses[1]) as first,
           (select count(*) from allot.user_address where address like '%@big.example') as addresses
    from allot.directory_user where user_principal_name like '%@big.example' and display_name like 'User, %' and usage_location = 'CH'
  `.execute(db);
  assert.deepEqual(rows, [{ users: size, numbers: size, first: 'SMTP:u0@big.example', addresses: 2 * size }]);
  assert.deepEqual(counts(await expectStatus(200, server.upload(users, stream()))), {
    read: size,
    created: 0,
    updated: 0,
    unchanged: size,
    skipped: 0,
  });
});

test('what synchronization sets is imported and read back through Graph, and an empty cell leaves it as it is', async () => {
  const columns = [
    'Directory synced',
    'onPremisesDistinguishedName',
    'onPremisesSecurityIdentifier',
    'sipProxyAddress',
    'Hire date',
  ];
  const head = ['User principal name', 'Display name', ...columns].join(',');
  const shown = async () => {
    const names =
      'employeeHireDate,imAddresses,onPremisesDistinguishedName,onPremisesSecurityIdentifier,onPremisesSyncEnabled';
    const { body } = await server.call('GET', `/v1.0/users/sync@nine.example?$select=${names}`);
    return pick(body, ...names.split(','));
  };
  const row = 'sync@nine.example,Sync,Yes,"CN=Sync,DC=nine",S-1-5-21-9,sync@nine.example,2026-03-01';
  await expectStatus(200, server.upload(users, [head, row].join('\n')));
  const values = {
    employeeHireDate: '2026-03-01T00:00:00.000Z',
    imAddresses: ['sync@nine.example'],
    onPremisesDistinguishedName: 'CN=Sync,DC=nine',
    onPremisesSecurityIdentifier: 'S-1-5-21-9',
    onPremisesSyncEnabled: true,
  };
  assert.deepEqual(await shown(), values);
  await expectStatus(200, server.upload(users, [head, 'sync@nine.example,Sync,,,,,'].join('\n')));
  assert.deepEqual(await shown(), values);
  await expectStatus(200, server.upload(users, [head, 'sync@nine.example,Sync,No,,,,'].join('\n')));
  assert.deepEqual(await shown(), { ...values, onPremisesSyncEnabled: false });
  const bad = await server.upload(users, [head, 'sync@nine.example,Sync,perhaps,,,,soon'].join('\n'));
  assert.equal(bad.status, 400);
  assert.deepEqual(await shown(), { ...values, onPremisesSyncEnabled: false });
});
