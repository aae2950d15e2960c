import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { expectStatus, skus, startApi } from '../api/api-server.ts';
import { createGroup, createUser } from '../api/directory.ts';
import { auditPage, entriesWhere, entryWhere } from './entries.ts';

const server = await startApi({ after });
const ann = await createUser(server, { displayName: "Ann O'Hara" });
const bob = await createUser(server, { displayName: 'Bob' });
const sales = await createGroup(server, 'Sales', [ann]);
const correlationId = randomUUID();
await expectStatus(
  204,
  server.call('PATCH', `/v1.0/users/${ann}`, { city: 'Bern' }, { 'client-request-id': correlationId }),
);
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 5 }));
const names = (entries: readonly { readonly activityDisplayName: string }[]) =>
  entries.map(({ activityDisplayName }) => activityDisplayName);

test('an entry says who did what to whom, when, what became of it and what belongs together, in the shape of Graph', async () => {
  const entry = await entryWhere(server, `correlationId eq ${correlationId}`);
  const { id, activityDateTime, initiatedBy, ...rest } = entry;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.match(activityDateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  assert.equal(initiatedBy.user, null);
  assert.equal(initiatedBy.app?.displayName, 'Test');
  assert.deepEqual(rest, {
    category: 'UserManagement',
    correlationId,
    result: 'success',
    resultReason: null,
    activityDisplayName: 'Update user',
    loggedByService: 'Core Directory',
    operationType: 'Update',
    targetResources: [
      {
        id: ann,
        displayName: "Ann O'Hara",
        type: 'User',
        userPrincipalName: null,
        groupType: null,
        modifiedProperties: [{ displayName: 'city', oldValue: 'null', newValue: '"Bern"' }],
      },
    ],
    additionalDetails: [],
  });
  const one = await expectStatus(200, server.call('GET', `/v1.0/auditLogs/directoryAudits/${id}`));
  assert.deepEqual({ ...one, '@odata.context': '' }, { ...entry, '@odata.context': '' });
  await expectStatus(404, server.call('GET', `/v1.0/auditLogs/directoryAudits/${randomUUID()}`));
});

const app = (await auditPage(server, {})).value[0]?.initiatedBy.app;

for (const [filter, found] of [
  ["activityDisplayName eq 'add MEMBER to group'", ['Add member to group']],
  ["activityDisplayName in ('Add group','Update user')", ['Update user', 'Add group']],
  ["startswith(activityDisplayName,'Add u')", ['Add user', 'Add user']],
  ["category eq 'GroupManagement'", ['Add member to group', 'Add group']],
  ["category ne 'UserManagement' and category ne 'GroupManagement'", ['Add subscription']],
  ["result eq 'failure'", []],
  ["loggedByService eq 'Core Directory' and activityDisplayName eq 'Add group'", ['Add group']],
  [`targetResources/any(t:t/id eq '${sales}')`, ['Add member to group', 'Add group']],
  [`targetResources/any(t: t/id eq '${ann}') and category eq 'UserManagement'`, ['Update user', 'Add user']],
  [`targetResources/any(t: t/id eq '${ann}') and targetResources/any(t: t/id eq '${sales}')`, ['Add member to group']],
  [
    `targetResources/any(x: x/id eq '${bob}' or x/displayName eq 'Sales')`,
    ['Add member to group', 'Add group', 'Add user'],
  ],
  ["targetResources/any(t:t/displayName eq 'ann o''hara') and activityDisplayName eq 'Add user'", ['Add user']],
  ["targetResources/any(t: startswith(t/displayName,'Sa'))", ['Add member to group', 'Add group']],
  ["targetResources/any(t: startswith(t/displayName,'%'))", []],
  ["targetResources/any(t: t/type eq 'Other')", ['Add subscription']],
  [`initiatedBy/app/appId eq '${app?.appId}' and activityDisplayName eq 'Add group'`, ['Add group']],
  ["initiatedBy/app/displayName eq 'test' and activityDisplayName eq 'Add group'", ['Add group']],
  ["initiatedBy/user/id eq 'nobody' or initiatedBy/user/userPrincipalName eq 'nobody@test.example'", []],
  ["not (category eq 'UserManagement') and not (category eq 'GroupManagement')", ['Add subscription']],
  ['activityDateTime le 2020-01-01', []],
] as const) {
  test(`entries are found by ${filter.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+/g, 'ID')}`, async () => {
    assert.deepEqual(names(await entriesWhere(server, filter)), found);
  });
}

test('the time of an entry, as answered, finds it exactly, and ge, gt, le and lt cut there', async () => {
  const [newest, second, ...older] = (await auditPage(server, {})).value;
  assert.ok(newest && second);
  const at = second.activityDateTime;
  const ids = async (filter: string) => (await entriesWhere(server, filter)).map(({ id }) => id);
  assert.deepEqual(await ids(`activityDateTime eq ${at}`), [second.id]);
  assert.deepEqual(await ids(`activityDateTime ge ${at}`), [newest.id, second.id]);
  assert.deepEqual(await ids(`activityDateTime gt '${at}'`), [newest.id]);
  assert.deepEqual(
    await ids(`activityDateTime lt ${at}`),
    older.map(({ id }) => id),
  );
  assert.deepEqual(await ids(`activityDateTime le ${at}`), [second.id, ...older.map(({ id }) => id)]);
});

for (const direction of ['desc', 'asc'] as const) {
  test(`pages follow one another in order of time (${direction}), each entry once, while entries are added`, async () => {
    const whole = (await auditPage(server, { $orderby: `activityDateTime ${direction}`, $top: '1000' })).value;
    const seen: string[] = [];
    let path: string | undefined =
      `/v1.0/auditLogs/directoryAudits?$top=2&$orderby=activityDateTime ${direction}&$select=id`;
    while (path !== undefined && seen.length < whole.length) {
      const page = await expectStatus(200, server.call('GET', path));
      // `as`: with $select=id an entry is its id.
      for (const { id } of page['value'] as { readonly id: string }[]) seen.push(id);
      const link: unknown = page['@odata.nextLink'];
      path = typeof link === 'string' ? link.replace(/^http:\/\/[^/]+/, '') : undefined;
      await expectStatus(204, server.call('PATCH', `/v1.0/users/${bob}`, { city: randomUUID() }));
    }
    assert.deepEqual(
      seen.slice(0, whole.length),
      whole.map(({ id }) => id),
    );
  });
}

for (const [options, says] of [
  [{ $top: '1001' }, /between 1 and 1000/],
  [{ $orderby: 'category' }, /activityDateTime/],
  [{ $filter: "shade eq 'red'" }, /shade/],
  [{ $filter: "initiatedBy/user/shade eq 'red'" }, /initiatedBy/],
  [{ $filter: 'targetResources/any()' }, /Unsupported Query/],
  [{ $filter: "targetResources/any(t:t/id eq 'a' and t/displayName eq 'b')" }, /Unsupported Query/],
  [{ $filter: "targetResources/any(t:t/shade eq 'a')" }, /targetResources/],
  [{ $filter: 'activityDateTime ge yesterday' }, /yesterday|compares/],
  [{ $filter: 'activityDateTime ge 0000-01-01' }, /2026-01-31T08:00:00Z/],
  [{ $filter: 'activityDateTime ge 9999-12-31T23:59:59-12:00' }, /2026-01-31T08:00:00Z/],
  [{ $filter: 'correlationId eq 5' }, /GUID/],
  [{ $select: 'shade' }, /shade/],
  [
    { $skiptoken: Buffer.from(JSON.stringify(['2026-99-99T00:00:00.000000Z', ann])).toString('base64url') },
    /page token/,
  ],
  [{ $skiptoken: Buffer.from(JSON.stringify([null, ann])).toString('base64url') }, /page token/],
  [{ $expand: 'x' }, /Unsupported/],
] as const) {
  test(`a list of entries asked with ${Object.keys(options)[0]}=${Object.values(options).join().slice(0, 40)} is refused with what is wrong`, async () => {
    const path = `/v1.0/auditLogs/directoryAudits?${new URLSearchParams({ ...options })}`;
    assert.match(JSON.stringify(await expectStatus(400, server.call('GET', path))), says);
  });
}

test('$select shows the properties that are named, whatever their case', async () => {
  const { value } = await auditPage(server, {
    $top: '1',
    $select: 'ID,activitydisplayname',
    $filter: "category eq 'GroupManagement'",
  });
  assert.deepEqual(Object.keys(value[0] ?? {}), ['id', 'activityDisplayName']);
});
