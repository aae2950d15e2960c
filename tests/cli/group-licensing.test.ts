import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { e3, setUpOffice } from './office.ts';
import type { Office } from './office.ts';
import { allotJson, serveTenant } from './served-tenant.ts';
import type { ServedTenant } from './served-tenant.ts';

// A group of three and two seats: one member waits. The tests look at that from all sides, and change it at the end.
const tenant: ServedTenant = await serveTenant({ after });
let office: Office;

before(async () => {
  office = await setUpOffice(tenant);
  const args = [
    'group',
    'assign',
    'sales europe',
    '--add',
    'office 365 e3',
    '--disable',
    'YAMMER_ENTERPRISE,SWAY',
    '--wait',
  ];
  const { exitCode, out, err } = await tenant.allot(args);
  assert.equal(exitCode, 0, err);
  assert.match(out, /^Sales Europe: all members are processed, 1 assignment is in error/);
});

interface Row {
  readonly [key: string]: unknown;
}

const namesOf = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ displayName }) => String(displayName)).toSorted();

test('a product list says how many seats there are, are used, are free, and are waited for', async () => {
  const rows = await allotJson<readonly Row[]>(tenant, 'product', 'list');
  const row = rows.find(({ skuPartNumber }) => skuPartNumber === 'ENTERPRISEPACK');
  assert.deepEqual(row, {
    displayName: 'Office 365 E3',
    skuPartNumber: 'ENTERPRISEPACK',
    skuId: e3,
    status: 'Enabled',
    total: 2,
    consumed: 2,
    free: 0,
    waiting: 1,
  });
});

test('who waits for a seat is listed with the position and the group that asks', async () => {
  const rows = await allotJson<readonly Row[]>(tenant, 'waiting');
  assert.equal(rows.length, 1);
  const { skuPartNumber, position, userId, group, groupId, priority } = rows[0] ?? {};
  assert.deepEqual(
    { skuPartNumber, position, userId, group, groupId, priority },
    {
      skuPartNumber: 'ENTERPRISEPACK',
      position: 1,
      userId: office.userIds.get('christie'),
      group: 'Sales Europe',
      groupId: office.groupIds.get('sales'),
      priority: 100,
    },
  );
  assert.deepEqual(await allotJson(tenant, 'waiting', '--product', 'STANDARDPACK'), []);
});

test('errors are folded by cause, for a group and for all groups', async () => {
  const [cause, ...others] = await allotJson<readonly Row[]>(tenant, 'errors');
  assert.deepEqual(others, []);
  assert.equal(cause?.['count'], 1);
  assert.equal(cause['error'], 'CountViolation');
  assert.deepEqual(cause['groups'], ['Sales Europe']);
  assert.deepEqual(cause['sampleUsers'], [`christie@${office.domain}`]);

  const [ofGroup] = await allotJson<readonly Row[]>(tenant, 'group', 'errors', 'Sales Europe');
  assert.equal(ofGroup?.['reason'], cause['reason']);
  assert.match((await tenant.allot(['group', 'errors', 'Twins'])).err, /^2 groups are called 'Twins':\n/);
});

test('a user is shown with where each license comes from, and what is switched off', async () => {
  const user = await allotJson<Row & { licenses: readonly Row[] }>(tenant, 'user', 'show', `ADELE@${office.domain}`);
  assert.equal(user['id'], office.userIds.get('adele'));
  assert.equal(user.licenses.length, 1);
  const { skuPartNumber, assignedFrom, state, error, disabledPlans } = user.licenses[0] ?? {};
  assert.deepEqual(
    { skuPartNumber, assignedFrom, state, error },
    { skuPartNumber: 'ENTERPRISEPACK', assignedFrom: 'Sales Europe', state: 'Active', error: null },
  );
  assert.deepEqual(new Set(Array.isArray(disabledPlans) ? disabledPlans : []), new Set(['YAMMER_ENTERPRISE', 'SWAY']));
});

test('an explanation says in a sentence why a user does not have a product', async () => {
  const { out, exitCode } = await tenant.allot(['user', 'explain', `christie@${office.domain}`]);
  assert.equal(exitCode, 0);
  assert.match(out, /ENTERPRISEPACK +group Sales Europe +Error +CountViolation +\S/);
});

test('the report of assignments has a row for each user and product, with the groups that assign it', async () => {
  const { exitCode, out } = await tenant.allot(['report', 'assignments', '--csv']);
  assert.equal(exitCode, 0);
  const [header, ...rows] = out.trimEnd().split('\r\n');
  assert.equal(
    header,
    'userPrincipalName,userId,displayName,skuPartNumber,skuId,assignedDirectly,assignedFromGroup,groups,groupIds,inForce,errors',
  );
  const sales = office.groupIds.get('sales');
  const expected = (name: string, inForce: boolean, error: string) =>
    `${name.toLowerCase()}@${office.domain},${office.userIds.get(name.toLowerCase())},${name},ENTERPRISEPACK,${e3},` +
    `false,true,Sales Europe,${sales},${inForce},${error}`;
  assert.deepEqual(rows.toSorted(), [
    expected('Adele', true, ''),
    expected('Alex', true, ''),
    expected('Christie', false, 'CountViolation'),
  ]);
  assert.deepEqual(await allotJson(tenant, 'report', 'assignments', '--direct'), []);
});

test('members of a group are listed, and those in error alone', async () => {
  const members = await allotJson<readonly Row[]>(tenant, 'group', 'members', 'Sales Europe');
  assert.deepEqual(namesOf(members), ['Adele', 'Alex', 'Christie']);
  const inError = await allotJson<readonly Row[]>(tenant, 'group', 'members', 'Sales Europe', '--errors');
  assert.deepEqual(
    inError.map(({ id }) => id),
    [office.userIds.get('christie')],
  );
});

test('groups are listed by what they license, and shown with the plans that are on', async () => {
  const licensed = await allotJson<readonly Row[]>(tenant, 'group', 'list', '--licensed');
  assert.deepEqual(licensed, [
    { displayName: 'Sales Europe', id: office.groupIds.get('sales'), kind: 'security', products: ['ENTERPRISEPACK'] },
  ]);
  assert.deepEqual(await allotJson(tenant, 'group', 'list', '--errors'), licensed);

  const shown = await allotJson<Row & { licenses: readonly Row[] }>(tenant, 'group', 'show', 'Sales Europe');
  assert.equal(shown['members'], 3);
  assert.equal(shown['membersInError'], 1);
  assert.deepEqual(
    new Set(shown.licenses[0]?.['disabledPlans'] as readonly string[]),
    new Set(['YAMMER_ENTERPRISE', 'SWAY']),
  );
});

test('users are listed by product, and their number can be limited', async () => {
  const holders = await allotJson<readonly Row[]>(tenant, 'user', 'list', '--product', 'ENTERPRISEPACK');
  assert.deepEqual(namesOf(holders), ['Adele', 'Alex']);
  assert.equal((await allotJson<readonly Row[]>(tenant, 'user', 'list', '--limit', '1')).length, 1);
  const found = await allotJson<readonly Row[]>(tenant, 'user', 'list', '--search', 'chris');
  assert.deepEqual(namesOf(found), ['Christie']);
  const german = await allotJson<readonly Row[]>(tenant, 'user', 'list', '--filter', "usageLocation eq 'DE'");
  assert.equal(german.length, 4);
});

test('a name that a spreadsheet would run as a formula gets an apostrophe in CSV only', async () => {
  const { out } = await tenant.allot(['user', 'list', '--csv', '--filter', "mailNickname eq 'diego'"]);
  assert.match(out, /,'=Diego,/);
  const [diego] = await allotJson<readonly Row[]>(tenant, 'user', 'list', '--filter', "mailNickname eq 'diego'");
  assert.equal(diego?.['displayName'], '=Diego');
});

test('the summary tells of seats and errors in words, and where to look', async () => {
  const { exitCode, out } = await tenant.allot(['summary']);
  assert.equal(exitCode, 0);
  assert.match(out, /^4 users, 2 licenses granted; everything is settled$/m);
  assert.match(out, /^Office 365 E3 +ENTERPRISEPACK +2 +2 +0 +1$/m);
  assert.match(out, /^ +1 {2}CountViolation in 1 group: no seat is free$/m);
  assert.match(out, /^ {2}allot waiting /m);
});

test('on a narrow terminal no line is longer than the terminal', async () => {
  for (const args of [['product', 'list'], ['errors'], ['waiting'], ['user', 'list'], ['report', 'assignments']]) {
    const { out } = await tenant.allot(args, 80);
    const lines = out.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '').split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
      args.join(' '),
    );
  }
});

test('when nothing is under way, processing says so at once, waiting or not', async () => {
  for (const args of [['processing'], ['processing', '--wait']]) {
    const { exitCode, out } = await tenant.allot(args);
    assert.deepEqual({ exitCode, out }, { exitCode: 0, out: 'Everything accepted so far is settled.\n' });
  }
});

test('reprocessing a group changes nothing that is in force, and a seat that comes free goes to who waits', async () => {
  const reprocessed = await tenant.allot(['group', 'reprocess', 'Sales Europe', '--wait']);
  assert.deepEqual([reprocessed.exitCode, reprocessed.err], [0, '']);
  assert.match(reprocessed.out, /1 assignment is in error/);

  await tenant.client.send('POST', '/allot/v1/subscriptions', { skuId: e3, units: 1, status: 'Enabled' });
  assert.equal((await tenant.allot(['processing', '--wait'])).exitCode, 0);
  assert.equal((await tenant.allot(['errors'])).out, 'No user is in error because of a group.\n');
});
