import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { expectStatus, plans, skus, startApi } from './api-server.ts';
import { listAt, pick, textAt } from './json.ts';
import { createGroup, createUser, seatsOf, statesOf } from './directory.ts';

const server = await startApi({ after });
const { db } = server.database;
const groups = '/allot/v1/imports/groups';

for (const name of ['ann', 'bob', 'cid', 'dan'])
  await createUser(server, { userPrincipalName: `${name}@test.example`, displayName: name });
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 10 }));
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.ems, units: 10 }));
await server.settle();

const header = 'displayName,description,members,licenses,priority';
const file = (...rows: readonly string[]) => [header, ...rows, ''].join('\r\n');
const members = (...names: readonly string[]) => names.map((name) => `${name}@test.example`).join(';');
const counts = (result: unknown) => pick(result, 'read', 'created', 'updated', 'unchanged', 'skipped');

interface GroupRow {
  readonly description: string | null;
  readonly members: readonly string[];
  readonly licenses: readonly string[];
}

/** What the directory has of a group. */
async function groupNamed(displayName: string): Promise<GroupRow | undefined> {
  const { rows } = await sql<GroupRow>`
    select description,
           array(select user_principal_name from allot.membership m join allot.directory_user u using (tenant_id, user_no)
                 where m.group_id = g.id order by 1) as members,
           array(select sku_part_number || '-' || cardinality(disabled_plans) from allot.group_license l
                 join allot.product p using (tenant_id, product_id) where l.group_id = g.id order by 1) as licenses
    from allot.directory_group g where display_name = ${displayName} and deleted_at is null
  `.execute(db);
  assert.ok(rows.length <= 1);
  return rows[0];
}

test('groups are created with their members and licenses, and the licenses take effect', async () => {
  const text = file(
    `Desk,Everybody at a desk,${members('ann', 'BOB')},"ENTERPRISEPACK[-YAMMER_ENTERPRISE,-${plans.sway}];ems",7`,
    `Floor,,${members('cid')},,`,
  );
  assert.deepEqual(counts(await expectStatus(200, server.upload(groups, text))), {
    read: 2,
    created: 2,
    updated: 0,
    unchanged: 0,
    skipped: 0,
  });
  assert.deepEqual(await groupNamed('Desk'), {
    description: 'Everybody at a desk',
    members: ['ann@test.example', 'bob@test.example'],
    licenses: ['EMS-0', 'ENTERPRISEPACK-2'],
  });
  assert.deepEqual(await groupNamed('Floor'), { description: null, members: ['cid@test.example'], licenses: [] });
  await server.settle();
  for (const name of ['ann', 'bob']) {
    assert.deepEqual(await statesOf(server, `${name}@test.example`), {
      'EMS Desk': 'Active None',
      'ENTERPRISEPACK Desk': 'Active None',
    });
  }
  assert.deepEqual(await statesOf(server, 'cid@test.example'), {});
  assert.deepEqual(counts(await expectStatus(200, server.upload(groups, text))), {
    read: 2,
    created: 0,
    updated: 0,
    unchanged: 2,
    skipped: 0,
  });
  const processing = await expectStatus(200, server.call('GET', '/allot/v1/processing'));
  assert.equal(processing['pending'], 0);
  assert.equal(listAt(processing, 'groups').length, 1);
});

test('the file states the members and licenses of a group that exists: only the difference is applied', async () => {
  await expectStatus(200, server.upload(groups, file(`Team,old,${members('ann', 'bob')},ENTERPRISEPACK,`)));
  await server.settle();
  const text = file(`team,new,${members('bob', 'cid', 'dan')},EMS,`);
  assert.deepEqual(counts(await expectStatus(200, server.upload(groups, text))), {
    read: 1,
    created: 0,
    updated: 1,
    unchanged: 0,
    skipped: 0,
  });
  await server.settle();
  assert.deepEqual(await groupNamed('Team'), {
    description: 'new',
    members: ['bob@test.example', 'cid@test.example', 'dan@test.example'],
    licenses: ['EMS-0'],
  });
  assert.deepEqual(await statesOf(server, 'dan@test.example'), { 'EMS Team': 'Active None' });
  assert.deepEqual(await seatsOf(server, skus.ems), { usable: 10, consumed: 4, free: 6, waiting: 0 });
});

test('what the file has no column for stays as it is, and an empty cell of a column means none', async () => {
  await expectStatus(200, server.upload(groups, file(`Parts,told,${members('ann')},EMS,3`)));
  await expectStatus(200, server.upload(groups, 'displayName\r\nParts\r\n'));
  assert.deepEqual(await groupNamed('Parts'), {
    description: 'told',
    members: ['ann@test.example'],
    licenses: ['EMS-0'],
  });
  await expectStatus(200, server.upload(groups, 'displayName;licenses\r\nParts;\r\n'));
  assert.deepEqual(await groupNamed('Parts'), { description: 'told', members: ['ann@test.example'], licenses: [] });
  await expectStatus(200, server.upload(groups, file('Parts,,,,')));
  assert.deepEqual(await groupNamed('Parts'), { description: null, members: [], licenses: [] });
  const { rows } =
    await sql`select priority from allot.group_licensing l join allot.directory_group g on g.id = l.group_id where display_name = 'Parts'`.execute(
      db,
    );
  assert.deepEqual(rows, [{ priority: 3 }], 'an empty priority leaves it');
  await server.settle();
});

test('the members of a group that is licensed already get their licenses when they come by a file, and lose them with it', async () => {
  await expectStatus(
    200,
    server.upload(groups, file(`Moving,,${members('ann')},EMS,`, `Resting,,${members('bob')},EMS,`)),
  );
  await server.settle();
  await expectStatus(
    200,
    server.upload(groups, `displayName,members\r\nMoving,${members('dan')}\r\nResting,${members('ann', 'bob')}\r\n`),
  );
  assert.equal(
    (await expectStatus(200, server.call('GET', '/allot/v1/processing')))['pending'],
    2,
    'one who moves is settled once',
  );
  await server.settle();
  const sourcesOf = async (name: string) =>
    Object.keys(await statesOf(server, `${name}@test.example`)).filter((key) => /Moving|Resting/.test(key));
  assert.deepEqual(
    [await sourcesOf('ann'), await sourcesOf('bob'), await sourcesOf('dan')],
    [['EMS Resting'], ['EMS Resting'], ['EMS Moving']],
  );
});

test('every bad row is told by line, column and what to do, and nothing is written', async () => {
  await createGroup(server, 'Twin');
  await createGroup(server, 'Twin');
  const rule = { displayName: 'Ruled', mailEnabled: false, mailNickname: 'ruled', securityEnabled: true };
  const ruled = textAt(await expectStatus(201, server.call('POST', '/v1.0/groups', rule)), 'id');
  await sql`update allot.directory_group set group_types = '{DynamicMembership}' where id = ${ruled}`.execute(db);
  const text = file(
    'Fine,,ann@test.example,,',
    'Lost,,ann@test.example;nobody@test.example;none@test.example,,',
    'Twin,,,,',
    'Fine,,,,',
    'Ruled,,ann@test.example,,',
    'Unknown,,,NO_SUCH_PRODUCT,',
    'Plan,,,EMS[-SWAY],',
    'Unowned,,,STANDARDPACK,',
    'Company,,,SHAREPOINTSTORAGE,',
    'Clash,,,ENTERPRISEPACK[-EXCHANGE_S_ENTERPRISE];EXCHANGESTANDARD;EXCHANGEENTERPRISE,',
  );
  for (const skuId of [
    '99049c9c-6011-4908-bf17-15f496e6519d',
    '4b9405b0-7788-4568-add1-99614e613b69',
    '19ec0d23-8335-4cbd-94ac-6050e30712fa',
  ]) {
    await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId, units: 1 }));
  }
  const { error } = await expectStatus(400, server.upload(groups, text));
  const details = listAt(error, 'details').map((one) => `${textAt(one, 'target')} ${textAt(one, 'message')}`);
  const expected = [
    /^3:members nobody@test\.example is no user: import the users first/,
    /^3:members none@test\.example is no user/,
    /^4:displayName is the name of 2 groups: rename/,
    /^5:displayName is also the name of line 2/,
    /^6:members follow the rule of the group/,
    /^7:licenses NO_SUCH_PRODUCT is no product of the catalogue/,
    /^8:licenses EMS has no service plan SWAY/,
    /^9:licenses License 18181a46-.* does not correspond to a valid company License/,
    /^10:licenses License SHAREPOINTSTORAGE cannot be assigned to a user/,
    /^11:licenses License assignment failed because service plans .* are mutually exclusive/,
  ];
  assert.equal(details.length, expected.length, details.join('\n'));
  for (const [at, pattern] of expected.entries()) assert.match(details[at] ?? '', pattern);
  assert.equal(await groupNamed('Fine'), undefined);

  const result = await expectStatus(200, server.upload(`${groups}?skipBad=true`, text));
  assert.deepEqual(counts(result), { read: 10, created: 1, updated: 0, unchanged: 0, skipped: 9 });
  assert.deepEqual((await groupNamed('Fine'))?.members, ['ann@test.example']);
  assert.equal(await groupNamed('Lost'), undefined);
});

test('of many members that nobody knows the first are told and the others counted', async () => {
  const strangers = Array.from({ length: 500 }, (_, no) => `s${no}@nowhere.example`);
  const { error } = await expectStatus(400, server.upload(groups, file(`Strangers,,${strangers.join(';')},,`)));
  assert.equal(listAt(error, 'details').length, 21);
  assert.match(textAt(error, 'details', 20, 'message'), /^and 480 more are no users/);
});

test('a dry run says what an import would do, and does nothing', async () => {
  const text = file(`Dry,,${members('ann')},EMS,`);
  const result = counts(await expectStatus(200, server.upload(`${groups}?dryRun=true`, text)));
  assert.deepEqual(result, { read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0 });
  assert.equal(await groupNamed('Dry'), undefined);
  assert.equal((await expectStatus(200, server.call('GET', '/allot/v1/processing')))['pending'], 0);
});

test('a changed bundle is in the audit log like one that was changed by hand', async () => {
  await expectStatus(200, server.upload(groups, file('Logged,,,EMS,')));
  const { rows } = await sql<{
    targets: readonly { readonly displayName: string; readonly modifiedProperties: readonly unknown[] }[];
  }>`
    select targets from allot.audit where activity = 'Set group license' order by activity_at desc limit 1
  `.execute(db);
  assert.equal(rows[0]?.targets[0]?.displayName, 'Logged');
  assert.deepEqual(rows[0]?.targets[0]?.modifiedProperties, [
    {
      displayName: 'AssignedLicense',
      oldValue: '[]',
      newValue: JSON.stringify([{ productId: skus.ems, disabledPlans: [] }]),
    },
  ]);
  await server.settle();
});

test('a group of 20,000 members comes as one row, and all of them are licensed', async () => {
  const size = 20_000;
  const names = Array.from({ length: size }, (_, no) => `m${no}@crowd.example`);
  const users = ['User principal name,Display name', ...names.map((name) => `${name},${name}`), ''].join('\n');
  await expectStatus(200, server.upload('/allot/v1/imports/users', users));
  await server.settle();
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: size }));
  await expectStatus(200, server.upload(groups, file(`Crowd,,${names.slice(1).join(';')},STANDARDPACK,`)));
  await server.settle();
  assert.deepEqual(await seatsOf(server, skus.e1), { usable: size, consumed: size - 1, free: 1, waiting: 0 });
  await expectStatus(200, server.upload(groups, `displayName,members\nCrowd,${names.slice(0, 100).join(';')}\n`));
  const { rows } = await sql`select reason from allot.pending_group`.execute(db);
  assert.deepEqual(rows, [{ reason: 'members' }], 'many members are noted as a group, not one by one');
  await server.settle();
  assert.deepEqual(await seatsOf(server, skus.e1), { usable: size, consumed: 100, free: size - 100, waiting: 0 });
});
