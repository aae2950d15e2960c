import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, newGroup, newUser, nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };

/** Names with the department and city that they are ordered by; the last two are alike in everything but their number. */
const people = [
  ['e', 'Sales', 'Berlin'],
  ['d', 'sales', 'Aachen'],
  ['c', 'Legal', 'Berlin'],
  ['b', undefined, 'Zürich'],
  ['a', 'Legal', undefined],
  ['same', 'Sales', 'Berlin'],
  ['same', 'Sales', 'Berlin'],
] as const;
for (const [displayName, department, city] of people)
  await createdId(graph, '/v1.0/users', newUser({ displayName, department, city }));
for (const [displayName, mailNickname] of [
  ['Team', 'b'],
  ['team', 'a'],
  ['Board', 'c'],
] as const)
  await createdId(graph, '/v1.0/groups', newGroup({ displayName, mailNickname }));

const path = (collection: string, options: Readonly<Record<string, string>>) =>
  `/v1.0/${collection}?${new URLSearchParams(options).toString()}`;

/** All names, page by page. */
async function ordered(collection: string, $orderby: string, more: Record<string, string> = {}): Promise<string> {
  const names: string[] = [];
  const options = { $orderby, $count: 'true', $top: '2', $select: 'displayName', ...more };
  for (let at: string | undefined = path(collection, options); at !== undefined; ) {
    const page = await graph.call('GET', at, undefined, eventual);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    names.push(...textsOf(page.body['value'], 'displayName'));
    at = nextPath(page);
  }
  return names.join(' ');
}

test('lists are ordered by several properties, each up or down, page by page, and what is empty comes first', async () => {
  assert.equal(await ordered('users', 'department,city,displayName'), 'b a c d e same same');
  assert.equal(await ordered('users', 'department desc, city asc, displayName desc'), 'd same same e a c b');
  assert.equal(await ordered('users', 'City desc,DEPARTMENT asc,displayName'), 'b c e same same d a');
  assert.equal(
    await ordered('users', 'department asc,city desc', { $filter: 'department ne null' }),
    'c a e same same d',
  );
  assert.equal(await ordered('groups', 'displayName,mailNickname'), 'Board team Team');
  assert.equal(await ordered('groups', 'displayName desc,mailNickname desc'), 'Team team Board');
});

test('every order of every two properties gives every user once', async () => {
  const names = ['displayName', 'department', 'city', 'createdDateTime', 'userPrincipalName'];
  for (const first of names)
    for (const second of names.filter((name) => name !== first))
      for (const direction of ['asc', 'desc'])
        assert.equal(
          (await ordered('users', `${first} ${direction},${second}`)).split(' ').toSorted().join(''),
          'abcdesamesame',
          `${first} ${direction},${second}`,
        );
});

test('names that every query may be ordered by need no advanced query together; one other property needs it for all', async () => {
  const asks = async (collection: string, $orderby: string, more: Record<string, string> = {}) => {
    const { status, body } = await graph.call('GET', path(collection, { $orderby, ...more }));
    return status === 200 ? 'answered' : `${textOf(body['error']?.['code'])} ${textOf(body['error']?.['message'])}`;
  };
  const unsupported = 'Request_UnsupportedQuery Unsupported Query.';
  assert.equal(await asks('users', 'displayName desc,userPrincipalName'), 'answered');
  assert.equal(await asks('users', 'displayName,department'), unsupported);
  assert.equal(await asks('users', 'displayName', { $filter: "startsWith(displayName,'a')" }), unsupported);
  assert.equal(
    await asks('users', 'displayName', { $filter: "startsWith(displayName,'a')", $count: 'true' }),
    unsupported,
  );
  assert.equal(await asks('groups', 'displayName'), 'answered');
  assert.equal(await asks('groups', 'displayName,mailNickname'), unsupported);
  assert.equal(
    await asks('users', 'displayName,DisplayName desc'),
    "BadRequest Invalid orderby clause: 'displayName' is named twice.",
  );
  for (const wrong of [
    '',
    ',',
    'displayName,',
    'displayName up',
    'displayName asc desc',
    'displayName;mail',
    'manager/id',
  ])
    assert.match(await asks('users', wrong), /^BadRequest Invalid orderby clause: Send properties/, wrong);
});

test('$expand does not go with an advanced query', async () => {
  for (const [collection, $expand] of [
    ['users', 'manager'],
    ['groups', 'members'],
  ] as const) {
    for (const options of [{ $count: 'true' }, { $search: '"displayName:a"' }]) {
      const { status, body } = await graph.call('GET', path(collection, { $expand, ...options }), undefined, eventual);
      assert.deepEqual(
        [status, body['error']?.['code'], body['error']?.['message']],
        [400, 'Request_UnsupportedQuery', 'Unsupported Query.'],
      );
    }
    assert.equal((await graph.call('GET', path(collection, { $expand, $count: 'true' }))).status, 200);
  }
});
