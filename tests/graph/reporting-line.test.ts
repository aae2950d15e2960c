import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { itemsOf, type Json, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
let users = 0;

async function createUser(values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  users += 1;
  const { status, body } = await graph.call('POST', '/v1.0/users', {
    accountEnabled: true,
    displayName: `User ${users}`,
    mailNickname: `m${users}`,
    userPrincipalName: `m${users}@test.example`,
    passwordProfile: { password: 'Not-kept-1' },
    ...values,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return textOf(body['id']);
}

const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });

test('a user has one manager, who is set, read, replaced and taken away, and whose reports are listed', async () => {
  const [boss, other, one, two] = [await createUser(), await createUser(), await createUser(), await createUser()];
  assert.equal((await graph.call('GET', `/v1.0/users/${one}/manager`)).status, 404);
  for (const id of [one, two])
    assert.equal((await graph.call('PUT', `/v1.0/users/${id}/manager/$ref`, reference(boss))).status, 204);
  const manager = await graph.call('GET', `/v1.0/users/${one}/manager?$select=id,displayName`);
  assert.deepEqual(manager.body, {
    '@odata.context': 'http://licenses.example/v1.0/$metadata#directoryObjects(id,displayName)/$entity',
    '@odata.type': '#microsoft.graph.user',
    displayName: 'User 1',
    id: boss,
  });
  const { body } = await graph.call('GET', `/v1.0/users/${one}/manager/$ref`);
  assert.equal(body['@odata.id'], `http://licenses.example/v1.0/directoryObjects/${boss}`);
  const reports = await graph.call('GET', `/v1.0/users/${boss}/directReports?$select=id&$count=true`, undefined, {
    consistencylevel: 'eventual',
  });
  assert.deepEqual(textsOf(reports.body['value'], 'id'), [one, two]);
  assert.equal(reports.body['@odata.count'], 2);
  const page = await graph.call('GET', `/v1.0/users/${boss}/directReports?$select=id&$top=1`);
  assert.equal(itemsOf(page.body['value']).length, 1);
  assert.ok(page.body['@odata.nextLink']);

  await graph.call('PUT', `/v1.0/users/${two}/manager/$ref`, reference(other));
  assert.equal((await graph.call('DELETE', `/v1.0/users/${boss}`)).status, 204);
  assert.equal((await graph.call('GET', `/v1.0/users/${one}/manager`)).status, 404, 'a deleted manager is not shown');
  assert.equal((await graph.call('POST', `/v1.0/directory/deletedItems/${boss}/restore`)).status, 200);
  assert.equal((await graph.call('GET', `/v1.0/users/${one}/manager`)).status, 200);
  assert.equal((await graph.call('DELETE', `/v1.0/users/${one}/manager/$ref`)).status, 204);
  assert.equal((await graph.call('DELETE', `/v1.0/users/${one}/manager/$ref`)).status, 404);
  assert.equal((await graph.call('PUT', `/v1.0/users/${one}/manager/$ref`, reference(one))).status, 400);
  const nobody = '99999999-9999-4999-8999-999999999999';
  assert.equal((await graph.call('PUT', `/v1.0/users/${one}/manager/$ref`, reference(nobody))).status, 404);
});

test('directory extensions are kept by their names in any case, shown when selected, changed and taken away', async () => {
  const app = 'extension_0123456789abcdef0123456789abcdef';
  const user = await createUser({ [`${app}_costCenter`]: 'A1', [`${app}_floor`]: 3, [`${app}_badge`]: true });
  const shown = () =>
    graph.call('GET', `/v1.0/users/${user}?$select=id,${app}_costcenter,${app}_floor,${app}_badge,${app}_none`);
  const { body } = await shown();
  assert.deepEqual(
    [body[`${app}_costcenter`], body[`${app}_floor`], body[`${app}_badge`], body[`${app}_none`]],
    ['A1', 3, true, null],
  );
  const changed = await graph.call('PATCH', `/v1.0/users/${user}`, {
    [`${app}_COSTCENTER`]: 'B2',
    [`${app}_floor`]: null,
  });
  assert.equal(changed.status, 204, JSON.stringify(changed.body));
  const after2 = (await shown()).body;
  assert.deepEqual([after2[`${app}_costcenter`], after2[`${app}_floor`]], ['B2', null]);
  for (const value of [['a'], { a: 1 }, 'x'.repeat(257)]) {
    const { status } = await graph.call('PATCH', `/v1.0/users/${user}`, { [`${app}_floor`]: value });
    assert.equal(status, 400);
  }
});

test('directory extensions with names longer than a column of the database may have are told apart and read back', async () => {
  const long = `extension_0123456789abcdef0123456789abcdef_aNameOfMoreThanTwentyCharacters`;
  const user = await createUser({ [`${long}1`]: 'one', [`${long}2`]: 'two' });
  const select = `$select=${long}1,${long.toUpperCase().replace('EXTENSION', 'extension')}2`;
  const one = (await graph.call('GET', `/v1.0/users/${user}?${select}`)).body;
  assert.deepEqual(valuesOf(one), ['one', 'two']);
  const listed = await graph.call('GET', `/v1.0/users?${select}&$filter=id eq '${user}'`);
  assert.deepEqual(itemsOf(listed.body['value']).map(valuesOf), [['one', 'two']]);
  const group = await graph.call('POST', '/v1.0/groups', {
    displayName: 'With extensions',
    mailEnabled: false,
    mailNickname: 'with-extensions',
    securityEnabled: true,
    'members@odata.bind': [reference(user)['@odata.id']],
  });
  assert.equal(group.status, 201, JSON.stringify(group.body));
  for (const cast of ['', '/microsoft.graph.user']) {
    const members = await graph.call('GET', `/v1.0/groups/${textOf(group.body['id'])}/members${cast}?${select}`);
    assert.deepEqual(itemsOf(members.body['value']).map(valuesOf), [['one', 'two']], cast);
  }
});

test('a directory extension is sent once in a request, and only users have some', async () => {
  const name = 'extension_0123456789abcdef0123456789abcdef_floor';
  const user = await createUser({ [name]: 1 });
  const twice = await graph.call('PATCH', `/v1.0/users/${user}`, { [name]: 2, [name.toUpperCase()]: 3 });
  assert.equal(twice.status, 400);
  assert.deepEqual(valuesOf((await graph.call('GET', `/v1.0/users/${user}?$select=${name}`)).body), [1]);
  for (const path of ['groups', 'subscribedSkus', 'auditLogs/directoryAudits'])
    assert.equal((await graph.call('GET', `/v1.0/${path}?$select=${name}`)).status, 400, path);
});

test('whoever was managed by a user who is deleted for good has no manager, not even in the database', async () => {
  const [boss, report] = [await createUser(), await createUser()];
  assert.equal((await graph.call('PUT', `/v1.0/users/${report}/manager/$ref`, reference(boss))).status, 204);
  assert.equal((await graph.call('DELETE', `/v1.0/users/${boss}`)).status, 204);
  assert.equal((await graph.call('DELETE', `/v1.0/directory/deletedItems/${boss}`)).status, 204);
  assert.equal((await graph.call('GET', `/v1.0/users/${report}/manager`)).status, 404);
  const { rows } = await sql`select manager_no from allot.directory_user where id = ${report}`.execute(graph.ctx.db);
  assert.deepEqual(rows, [{ manager_no: null }]);
});

/** What an object of an answer says, without what Graph says of it. */
const valuesOf = (object: Json): readonly unknown[] =>
  Object.entries(object).flatMap(([name, value]) => (name.startsWith('@') ? [] : [value]));
