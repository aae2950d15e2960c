import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, newGroup, newUser, nextPath, startGraph, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };

for (const [displayName, mail] of [
  ['Ann-Marie OneVideo', 'ann@contoso.example'],
  ['Joanna Marie', 'joanna@contoso.example'],
  ["O'Neil, Zoé (Video)", 'zoe@fabrikam.example'],
  ['100% "quoted"', undefined],
] as const)
  await createdId(graph, '/v1.0/users', newUser({ displayName, ...(mail === undefined ? {} : { mail }) }));
await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'License E5', description: 'Everybody in Sales' }));
await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Sales' }));

const search = (
  collection: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
  headers: Record<string, string> = eventual,
) =>
  graph.call(
    'GET',
    `/v1.0/${collection}?${new URLSearchParams({ $search: text, $select: 'displayName', ...more }).toString()}`,
    undefined,
    headers,
  );

const [ann, joanna, zoe, quoted] = ['Ann-Marie OneVideo', 'Joanna Marie', "O'Neil, Zoé (Video)", '100% "quoted"'];
const found: readonly (readonly [text: string, expected: readonly (string | undefined)[]])[] = [
  ['"displayName:ann"', [ann]],
  ['"displayName:MARIE"', [ann, joanna]],
  ['"displayName:marie ann"', [ann]],
  ['"displayName:OneVideo"', [ann]],
  ['"displayName:video"', [ann, zoe]],
  ['"displayName:zoé"', [zoe]],
  ['"displayName:o\'neil"', [zoe]],
  ['"displayName:\\"quoted\\""', [quoted]],
  ['"displayName:%"', []],
  ['"displayName:&|!:*()"', []],
  ['"ann"', [ann]],
  ['"mail:joanna@"', [joanna]],
  ['"mail:contoso"', []],
  ['"displayName:marie" AND "mail:joanna"', [joanna]],
  ['"displayName:zo" or "mail:ann"', [ann, zoe]],
  ['"displayName:zo" OR "displayName:ann" AND "mail:nobody"', [zoe]],
  ['("displayName:zo" OR "displayName:ann") AND "mail:zoe"', [zoe]],
];
for (const [text, expected] of found) {
  test(`$search=${text} finds ${expected.length}`, async () => {
    const { status, body } = await search('users', text);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(textsOf(body['value'], 'displayName'), expected);
  });
}

test('groups are found by the words of their name and description', async () => {
  const names = async (text: string) => textsOf((await search('groups', text)).body['value'], 'displayName').toSorted();
  assert.deepEqual(await names('"description:sales"'), ['License E5']);
  assert.deepEqual(await names('"displayName:sales" OR "description:sales"'), ['License E5', 'Sales']);
});

test('a search goes with a filter, an order, a count and pages', async () => {
  const first = await search('users', '"displayName:marie"', {
    $orderby: 'displayName desc',
    $count: 'true',
    $top: '1',
  });
  assert.deepEqual([textsOf(first.body['value'], 'displayName'), first.body['@odata.count']], [[joanna], 2]);
  const link = nextPath(first) ?? '';
  const second = await graph.call('GET', link, undefined, eventual);
  assert.deepEqual([textsOf(second.body['value'], 'displayName'), second.body['@odata.nextLink']], [[ann], undefined]);
  const filtered = await search('users', '"displayName:marie"', { $filter: "startsWith(mail,'ann')" });
  assert.deepEqual(textsOf(filtered.body['value'], 'displayName'), [ann]);
  const counted = await graph.call('GET', '/v1.0/users/$count?$search="displayName:marie"', undefined, eventual);
  assert.equal(Number(counted.body), 2);
});

test('a search without the header, of what cannot be searched, or that is none is refused with what to do', async () => {
  const plain = await search('users', '"displayName:ann"', {}, {});
  assert.deepEqual(
    [plain.status, plain.body['error']?.['code'], plain.body['error']?.['message']],
    [
      400,
      'Request_UnsupportedQuery',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    ],
  );
  for (const text of [
    'displayName:ann',
    '"displayName:"',
    '"displayName:a',
    '"favoriteColor:a"',
    '"accountEnabled:true"',
    '"displayName:a" NOT "displayName:b"',
    '("displayName:a"',
    '',
  ]) {
    assert.equal((await search('users', text)).status, 400, text);
  }
});
