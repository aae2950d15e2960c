import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { e3, setUpOffice } from './office.ts';
import { allotJson, serveTenant } from './served-tenant.ts';

const tenant = await serveTenant({ after });
const office = await setUpOffice(tenant);
// The worker writes entries too.
await tenant.allot(['processing', '--wait']);
const adele = office.userIds.get('adele') ?? '';
const sales = office.groupIds.get('sales') ?? '';

interface Entry {
  readonly activityDateTime: string;
  readonly activity: string;
  readonly targets: readonly string[];
  readonly targetIds: readonly string[];
  readonly result: string;
  readonly reason: string | null;
  readonly correlationId: string;
}

const list = (...args: readonly string[]) => allotJson<readonly Entry[]>(tenant, 'audit', 'list', ...args);
const activities = async (...args: readonly string[]) => (await list(...args)).map(({ activity }) => activity);

test('the audit log is listed newest first, whole or limited', async () => {
  const entries = await list();
  const times = entries.map(({ activityDateTime }) => activityDateTime);
  assert.deepEqual(times, times.toSorted().reverse());
  assert.deepEqual(await list('--limit', '2'), entries.slice(0, 2));
  assert.equal(entries.filter(({ activity }) => activity === 'Add user').length, 4);
});

test('entries about a user or group are found by id, user principal name and display name', async () => {
  const expected = ['Add member to group', 'Add user'];
  for (const target of [adele, `adele@${office.domain}`, 'Adele']) {
    assert.deepEqual(await activities('--target', target), expected);
  }
  assert.deepEqual(await activities('--target', 'Sales Europe', '--activity', 'add group'), ['Add group']);
  const { exitCode, err } = await tenant.allot(['audit', 'list', '--target', `nobody@${office.domain}`]);
  assert.equal(exitCode, 1);
  assert.match(err, /There is no user 'nobody@/);
});

test('a refused assignment is listed with its reason, also as a table and as CSV', async () => {
  const body = { addLicenses: [], removeLicenses: [e3] };
  await assert.rejects(tenant.client.send('POST', `/v1.0/groups/${sales}/assignLicense`, body));
  const [entry] = await list('--target', sales);
  assert.deepEqual([entry?.activity, entry?.result], ['Set group license', 'failure']);
  assert.match(entry?.reason ?? '', /is not assigned to the group/);
  const table = await tenant.allot(['audit', 'list', '--target', sales, '--limit', '1']);
  assert.match(table.out, /Set group license +Sales Europe .*failure .*is not assigned to the group/);
  const csv = await tenant.allot(['audit', 'list', '--target', sales, '--limit', '1', '--csv']);
  assert.match(csv.out, /^activityDateTime,activity,targets,/);
  assert.deepEqual(await list('--correlation', entry?.correlationId ?? ''), [entry]);
});

test('a time cuts the list where it is: since keeps the entry of that very time, until does not', async () => {
  const entries = await list();
  const times = entries.map(({ activityDateTime }) => `${activityDateTime.slice(0, 23)}Z`);
  const middle = times[Math.floor(times.length / 2)] ?? '';
  const [since, until] = [await list('--since', middle), await list('--until', middle)];
  assert.ok(since.length > 0 && until.length > 0);
  assert.deepEqual([...since, ...until], entries);
  assert.deepEqual(await list('--until', '2020-01-01'), []);
  for (const wrong of ['yesterday', '2026-13-01']) {
    assert.equal((await tenant.allot(['audit', 'list', '--since', wrong])).exitCode, 2);
  }
  assert.equal((await tenant.allot(['audit', 'list', '--correlation', 'that'])).exitCode, 2);
});
