import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { addressOf, furnish, reference } from './furnished.ts';
import { type Answer, createdId, type Json, newGroup, newUser, startGraph, textOf } from './graph-server.ts';

/** What real clients do that a server must accept, of every route of the table. */
const graph = await startGraph({ after });
const furniture = await furnish(graph);
const eventual = { consistencylevel: 'eventual' };
const nobody = Object.fromEntries(Object.keys(furniture).map((key) => [key, '99999999-9999-4999-8999-999999999999']));

/** Routes that change something are asked about what is not there: their answer is an error that says which route it was. */
/** What is under /me is what is under /users, of the person who is signed in. */
const rows = graphRoutes
  .filter(({ path }) => !/^\/[^/]+\/me(?:\/|$)/.test(path))
  .map((route) => ({ ...route, ids: route.method === 'GET' ? furniture : nobody }));
const gets = rows.filter(({ method }) => method === 'GET');
type Row = (typeof rows)[number];

const ask = ({ method }: Pick<Row, 'method'>, path: string, headers: Readonly<Record<string, string>> = {}) =>
  graph.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {}, { ...eventual, ...headers });

/** Without what differs from call to call. */
function comparable({ status, body, headers }: Answer): unknown {
  const { error, '@odata.deltaLink': __, ...rest } = body;
  const { innerError: _, ...told } = error ?? {};
  return { status, allow: headers['allow'], rest, told };
}

async function sameAs(row: Row, path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const plain = await ask(row, addressOf(row, row.ids));
  const other = await ask(row, path, headers);
  assert.deepEqual(comparable(other), comparable(plain), `${row.method} ${path}`);
}

test('every GET of the table of routes answers 200 where there is something to answer', async () => {
  for (const row of gets) {
    const { status, body } = await ask(row, addressOf(row, furniture));
    assert.equal(status, 200, `${row.path} ${JSON.stringify(body)}`);
  }
});

const upper = (path: string): string =>
  path.replaceAll(/(?<=\/)(?![0-9a-f]{8}-)[a-z$][\w.$]*(?=\/|$|\()/gi, (segment) => segment.toUpperCase());

const forms: readonly (readonly [string, (row: Row) => string])[] = [
  ['in capital letters', (row) => upper(addressOf(row, row.ids))],
  ['with keys in parentheses', (row) => addressOf(row, row.ids, (key) => `('${key}')`)],
  ['with keys in parentheses after a slash', (row) => addressOf(row, row.ids, (key) => `/('${key}')`)],
  ['with named keys in parentheses', (row) => addressOf(row, row.ids, (key) => `(id='${key}')`)],
  ['with encoded parentheses and quotes', (row) => addressOf(row, row.ids, (key) => `%28%27${key}%27%29`)],
  [
    'with ids in capital letters',
    (row) => addressOf(row, row.ids, (key) => (/^[\da-f-]{36}$/.test(key) ? `/${key.toUpperCase()}` : `/${key}`)),
  ],
  ['with a slash at the end', (row) => `${addressOf(row, row.ids)}/`],
  ['with a slash too many', (row) => addressOf(row, row.ids).replace('/', '//').replace('v1.0/', 'v1.0//')],
  ['with an encoded dollar sign', (row) => addressOf(row, row.ids).replaceAll('$', '%24')],
  ['with types qualified by graph alone', (row) => addressOf(row, row.ids).replaceAll('/microsoft.graph.', '/graph.')],
  ['with an option that OData does not know', (row) => `${addressOf(row, row.ids)}?api-version=1`],
];
for (const [form, write] of forms) {
  test(`every route answers the same ${form}`, async () => {
    // An id that is repeated in an error is repeated as it was sent.
    const compared = form === 'with ids in capital letters' ? gets : rows;
    for (const row of compared) await sameAs(row, write(row));
  });
}

for (const metadata of ['minimal', 'full']) {
  test(`every GET accepts odata.metadata=${metadata}`, async () => {
    for (const row of gets) {
      const accept = `application/json;odata.metadata=${metadata};odata.streaming=true;charset=utf-8`;
      await sameAs(row, addressOf(row, furniture), { accept });
    }
  });
}

test('with odata.metadata=none an answer has no context and no types', async () => {
  for (const row of gets) {
    const { status, body } = await ask(row, addressOf(row, furniture), {
      accept: 'application/json;odata.metadata=none',
    });
    assert.equal(status, 200, row.path);
    assert.doesNotMatch(JSON.stringify(body), /@odata\.(?:context|type)/, row.path);
  }
});

test('query options are taken with and without $, in any case', async () => {
  const values: Readonly<Record<string, string>> = {
    $select: 'ID',
    $top: '1',
    $count: 'true',
    $filter: 'id eq ',
    $orderby: '',
  };
  for (const row of gets) {
    const options = (row.describe.query ?? []).filter((option) => ['$select', '$top', '$count'].includes(option));
    if (options.length === 0 || row.path.endsWith('$count')) continue;
    const path = addressOf(row, furniture);
    const query = (write: (option: string) => string) =>
      options.map((option) => `${write(option)}=${values[option]}`).join('&');
    const plain = await ask(row, `${path}?${query((option) => option)}`);
    assert.equal(plain.status, 200, `${row.path} ${JSON.stringify(plain.body)}`);
    for (const write of [
      (option: string) => option.slice(1),
      (option: string) => option.toUpperCase(),
      (option: string) => option.replace('$', '%24'),
    ]) {
      const other = await ask(row, `${path}?${query(write)}`);
      const { '@odata.nextLink': link, '@odata.deltaLink': _, ...shown } = plain.body;
      const { '@odata.nextLink': otherLink, '@odata.deltaLink': __, ...otherShown } = other.body;
      assert.deepEqual(otherShown, shown, `${path}?${query(write)}`);
      assert.equal(otherLink === undefined, link === undefined);
    }
  }
});

test('behind a proxy, links to the next page are on the host that the client asked, and lead there', async () => {
  let followed = 0;
  for (const row of gets.filter(({ describe }) => describe.query?.includes('$skiptoken'))) {
    const path = `${addressOf(row, furniture)}?$top=1`;
    for (const headers of [
      { forwarded: 'for=10.0.0.1;host="outer.example:8443";proto=https' },
      { 'x-forwarded-host': 'outer.example:8443', 'x-forwarded-proto': 'https' },
    ]) {
      const { body } = await ask(row, path, headers);
      const link = body['@odata.nextLink'];
      if (link === undefined) continue;
      followed += 1;
      assert.match(textOf(link), /^https:\/\/outer\.example:8443\//, row.path);
      const next = await ask(row, textOf(link).replace('https://outer.example:8443', ''), headers);
      assert.equal(next.status, 200, row.path);
      assert.notDeepEqual(next.body['value'], body['value'], row.path);
    }
  }
  // Lists of one are few: those of licenses in error, of one tenant, and of one kind.
  assert.ok(followed > 60, String(followed));
});

test('HEAD answers what GET answers, without the body', async () => {
  for (const row of gets) {
    const path = addressOf(row, furniture);
    const { status, body, headers } = await graph.call('HEAD', path, undefined, eventual);
    assert.deepEqual([status, body], [200, { text: '' }], path);
    assert.match(textOf(headers['content-type']), /^(?:application\/json|text\/plain)/);
    assert.equal((await graph.call('HEAD', path, undefined, { authorization: '' })).status, 401, path);
  }
  const changing = rows.filter(({ path }) => !gets.some((row) => row.path === path));
  for (const row of changing) assert.equal((await graph.call('HEAD', addressOf(row, nobody))).status, 405, row.path);
});

test('references are read whatever host, version and form they name', async () => {
  const taking = rows.filter(({ describe }) => describe.body === 'reference');
  assert.ok(taking.length >= 6);
  for (const row of taking) {
    const references = [
      (id: string) => reference(id),
      (id: string) => reference(id, 'http://localhost:1'),
      (id: string) => ({ '@odata.id': `https://other.example/beta/Users('${id}')` }),
      (id: string) => ({ '@odata.id': `/users/${id}/` }),
      (id: string) => ({
        '@odata.type': '#microsoft.graph.user',
        '@odata.id': `https://graph.microsoft.com/v1.0/users(id='${id}')`,
      }),
      (id: string) => ({ '@odata.id': `users(%27${id}%27)` }),
      (id: string) => ({
        '@odata.id': `https://graph.microsoft.com/v2/${graph.ctx.tenantId}/directoryObjects/${id}/Microsoft.DirectoryServices.User`,
      }),
      (id: string): object => ({ '@ODATA.ID': `https://graph.microsoft.com/v1.0/users/${id}` }),
    ];
    for (const write of references) {
      const of = {
        users: await createdId(graph, '/v1.0/users', newUser()),
        groups: await createdId(graph, '/v1.0/groups', newGroup()),
      };
      const body: Json = JSON.parse(JSON.stringify(write(furniture['users'] ?? '')));
      const answer = await graph.call(row.method, addressOf(row, of), body);
      assert.equal(answer.status, 204, `${row.path} ${JSON.stringify(body)} ${JSON.stringify(answer.body)}`);
    }
  }
});

test('names of properties are read in any case, in bodies and in $select', async () => {
  const created = await graph.call('POST', '/v1.0/groups', {
    DisplayName: 'A',
    mailenabled: false,
    mailNickName: 'a',
    SECURITYENABLED: true,
    'MEMBERS@odata.bind': [`https://graph.microsoft.com/v1.0/users('${furniture['users'] ?? ''}')`],
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const read = await graph.call('GET', `/v1.0/groups/${textOf(created.body['id'])}?$select=DISPLAYNAME,MailNickName`);
  assert.deepEqual([read.body['displayName'], read.body['mailNickname']], ['A', 'a']);
});
