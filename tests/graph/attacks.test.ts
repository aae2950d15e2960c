import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { userAttributes } from '../../packages/store/src/directory/user-attributes.ts';
import { groupAttributes } from '../../packages/store/src/directory/group-attributes.ts';
import { createdId, itemsOf, newGroup, newUser, startGraph, textOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };
const victim = await createdId(graph, '/v1.0/users', newUser({ displayName: 'Victim', department: 'Kept' }));
const group = await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Kept' }));

/** What ends a text, a condition or a statement somewhere, and what means something to a pattern, a search or an array. */
const hostile = [
  "'; drop table allot.directory_user; --",
  "' or '1'='1",
  "') or true --",
  "x'' or ''1''=''1",
  '"; select pg_sleep(10); --',
  '\\',
  "\\'",
  '%',
  '_',
  '${tenantId}',
  '$1',
  ':name',
  '{a,b}',
  '{"a":1}',
  '[1]',
  '&|!:*()<->',
  '*)(uid=*',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
  '\u2028\u202e𝒳',
  'ı',
  `${'a'.repeat(4_000)}`,
];
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** An answer that an attacker may have: what was asked, or that it is refused; never a failure of the server. */
async function harmless(path: string, headers = eventual): Promise<void> {
  const { status, body } = await graph.call('GET', path, undefined, headers);
  assert.ok([200, 400, 404, 414, 431].includes(status), `${path} ${status} ${JSON.stringify(body)}`);
  if (status !== 200) return;
  const found = body['value'] === undefined ? [] : itemsOf(body['value']);
  for (const item of found) assert.ok([victim, group].includes(textOf(item['id'])));
}

async function nothingIsLost(): Promise<void> {
  const { rows } = await sql<{ users: number; department: string }>`
    select count(*) as users, min(department) as department from allot.directory_user where tenant_id = ${graph.ctx.tenantId}
  `.execute(graph.ctx.db);
  assert.deepEqual(rows, [{ users: 1, department: 'Kept' }]);
}

for (const [collection, attributes] of [
  ['users', userAttributes],
  ['groups', groupAttributes],
] as const) {
  test(`no text in a filter of ${collection} is anything but a text`, async () => {
    const names = [...attributes.values()].map(({ name }) => name);
    for (const name of [...names, 'onPremisesExtensionAttributes/extensionAttribute1']) {
      for (const text of hostile) {
        for (const condition of [
          `${name} eq ${quoted(text)}`,
          `${name} in (${quoted(text)},'b')`,
          `startsWith(${name},${quoted(text)})`,
          `${name}/any(x:x eq ${quoted(text)})`,
        ])
          await harmless(`/v1.0/${collection}?$count=true&$select=id&$filter=${encodeURIComponent(condition)}`);
      }
    }
    await nothingIsLost();
  });
}

test('no text in a search, an order, a selection, an expansion, a token or a path is anything but a text', async () => {
  for (const text of hostile) {
    const encoded = encodeURIComponent(text);
    for (const option of [
      `$search=${encodeURIComponent(`"displayName:${text.replaceAll(/["\\]/g, '\\$&')}"`)}`,
      `$search=${encoded}`,
      `$orderby=${encoded}`,
      `$orderby=displayName ${encoded}`,
      `$orderby=displayName,${encoded}`,
      `$orderby=displayName,mail&$skiptoken=${Buffer.from(JSON.stringify([[text, text], 1])).toString('base64url')}`,
      `$select=${encoded}`,
      `$expand=${encoded}`,
      `$expand=manager($select=${encoded})`,
      `$skiptoken=${encoded}`,
      `$top=${encoded}`,
      `$filter=${encoded}`,
      `$filter=${encoded} eq 'a'`,
    ])
      await harmless(`/v1.0/users?$count=true&${option}`);
    await harmless(`/v1.0/users/delta?$deltatoken=${encoded}`);
    for (const path of [
      `users/${encoded}`,
      `groups/${encoded}`,
      `users('${encoded}')/memberOf`,
      `directoryObjects/${encoded}`,
    ])
      await harmless(`/v1.0/${path}`);
  }
  await nothingIsLost();
});

test('no text in a membership rule is anything but a text', async () => {
  for (const text of hostile) {
    const value = `"${text.replaceAll('"', '`"')}"`;
    for (const operator of ['eq', 'contains', 'startsWith', 'match']) {
      const membershipRule = `user.department -${operator} ${value}`;
      const answer = await graph.call('POST', '/beta/groups/evaluateDynamicMembership', {
        memberId: victim,
        membershipRule,
      });
      assert.ok([200, 400].includes(answer.status), `${membershipRule} ${JSON.stringify(answer.body)}`);
    }
  }
  await nothingIsLost();
});

test('texts are kept as they came, and say nothing else anywhere', async () => {
  for (const text of hostile.filter((one) => one.length <= 256 && !/[\r\n]/.test(one))) {
    const id = await createdId(graph, '/v1.0/groups', newGroup({ displayName: text, description: text }));
    const read = await graph.call('GET', `/v1.0/groups/${id}?$select=displayName,description`);
    assert.deepEqual([read.body['displayName'], read.body['description']], [text, text]);
    const found = await graph.call(
      'GET',
      `/v1.0/groups?$select=id&$filter=${encodeURIComponent(`displayName eq ${quoted(text)}`)}`,
    );
    assert.deepEqual(
      itemsOf(found.body['value']).map((one) => one['id']),
      [id],
    );
    assert.equal((await graph.call('DELETE', `/v1.0/groups/${id}`)).status, 204);
  }
});

test('paths lead nowhere but where they say', async () => {
  for (const path of [
    '/v1.0/../allot/v1/settings',
    '/v1.0/users/../../allot/v1/settings',
    '/v1.0/users/%2e%2e/%2e%2e/etc/passwd',
    '/v1.0/users/..%2f..%2fetc%2fpasswd',
    '/v1.0/users/%00',
    '/v1.0/users/%ff%fe',
    '/v1.0/users/%',
    `/v1.0/users/${'a'.repeat(5_000)}`,
    '/v1.0/users/%E2%80%AE',
    '/v1.0//etc/passwd',
    '/v1.0/$metadata/../users/x',
  ]) {
    const { status } = await graph.call('GET', path);
    assert.ok([400, 404, 414].includes(status), `${path} ${status}`);
  }
});

test('a body that is huge, deep, or holds what no text may is refused and nothing is done', async () => {
  const deep = (open: string, close: string) => `{"displayName":${open.repeat(200_000)}1${close.repeat(200_000)}}`;
  for (const [body, statuses] of [
    [`{"displayName":"${'a'.repeat(9_000_000)}"}`, [413]],
    [deep('[', ']'), [400, 413]],
    [deep('{"a":', '}'), [400, 413]],
    ['{"displayName":"a\\u0000b"}', [400]],
    ['{"displayName":"\\ud800"}', [400]],
    ['{"__proto__":{"isAdmin":true},"displayName":"Proto"}', [400]],
    ['{"constructor":{"prototype":{"x":1}},"displayName":"Proto"}', [400]],
    ['[]', [400]],
    ['"text"', [400]],
    ['{', [400]],
  ] as const) {
    const { status } = await graph.call('POST', '/v1.0/groups', body, { 'content-type': 'application/json' });
    assert.ok(
      statuses.some((one) => one === status),
      `${body.slice(0, 60)} ${status}`,
    );
  }
  assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false);
  const { body } = await graph.call('GET', '/v1.0/groups?$select=id');
  assert.deepEqual(
    itemsOf(body['value']).map(({ id }) => id),
    [group],
  );
});

test('what a client sends in headers comes back in none but as an id', async () => {
  for (const sent of ['a\tb', 'x'.repeat(2_000), '"><script>', 'not-a-uuid'])
    for (const name of ['client-request-id', 'prefer', 'accept-language']) {
      const { status, headers, body } = await graph.call('GET', '/v1.0/groups?$top=1', undefined, { [name]: sent });
      assert.equal(status, 200);
      assert.doesNotMatch(JSON.stringify(headers), /<script|xxx|a\\tb|not-a-uuid/, name);
      assert.doesNotMatch(JSON.stringify(body), /<script|xxxx/, name);
    }
});

test('every answer forbids browsers what they might do with it', async () => {
  for (const path of ['/v1.0/users', '/v1.0/nothing', '/health', '/v1.0/$metadata']) {
    const { headers } = await graph.call('GET', path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.match(textOf(headers['content-security-policy']), /default-src/, path);
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers['server'], undefined);
  }
});
