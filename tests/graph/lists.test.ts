import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createdId, newGroup, newUser, nextPath, startGraph, textOf, textsOf } from './graph-server.ts';

const graph = await startGraph({ after });
const eventual = { consistencylevel: 'eventual' };

const people = [
  {
    displayName: 'Ann Ax',
    userPrincipalName: 'ann@test.example',
    mail: 'ann@contoso.example',
    department: 'Sales',
    usageLocation: 'US',
    accountEnabled: true,
  },
  {
    displayName: "Bob O'Neil",
    userPrincipalName: 'bob@test.example',
    mail: 'bob@contoso.example',
    department: 'sales',
    usageLocation: 'DE',
    accountEnabled: false,
  },
  {
    displayName: 'Cy 100%_\\',
    userPrincipalName: 'cy@test.example',
    department: 'Legal',
    usageLocation: 'DE',
    companyName: 'Contoso',
    employeeId: '007',
  },
  {
    displayName: 'ann lower',
    userPrincipalName: 'annl@test.example',
    otherMails: ['Home@Mail.example'],
    onPremisesExtensionAttributes: { extensionAttribute7: 'x' },
  },
  {
    displayName: 'Élodie',
    userPrincipalName: 'elodie@test.example',
    userType: 'Guest',
    mail: 'elodie@fabrikam.example',
  },
];
const ids = new Map<string, string>();
for (const person of people) ids.set(person.displayName, await createdId(graph, '/v1.0/users', newUser(person)));

const path = (collection: string, options: Readonly<Record<string, string>>) =>
  `/v1.0/${collection}?${new URLSearchParams(options).toString()}`;

async function names(filter: string, headers = {}, more = {}): Promise<readonly string[]> {
  const { status, body } = await graph.call(
    'GET',
    path('users', { $filter: filter, $select: 'displayName', ...more }),
    undefined,
    headers,
  );
  assert.equal(status, 200, JSON.stringify(body));
  return textsOf(body['value'], 'displayName');
}

const id = ids.get('Ann Ax') ?? '';

const usual: readonly (readonly [string, readonly string[]])[] = [
  ["displayName eq 'ANN AX'", ['Ann Ax']],
  ["displayName eq 'Bob O''Neil'", ["Bob O'Neil"]],
  ["startswith(displayName,'ann')", ['Ann Ax', 'ann lower']],
  ["startsWith(displayName, 'Cy 100%_\\')", ['Cy 100%_\\']],
  ["startsWith(displayName,'%')", []],
  ["startsWith(displayName,'_')", []],
  ["startsWith(displayName,'ann') eq true", ['Ann Ax', 'ann lower']],
  ["userPrincipalName eq 'BOB@test.example'", ["Bob O'Neil"]],
  ["mail eq 'ann@contoso.example' or mail eq 'elodie@fabrikam.example'", ['Ann Ax', 'Élodie']],
  ["department eq 'Sales' AND usageLocation eq 'DE'", ["Bob O'Neil"]],
  ["department eq 'Legal' or (department eq 'Sales' and accountEnabled eq false)", ["Bob O'Neil", 'Cy 100%_\\']],
  ["department in ('legal','Nothing')", ['Cy 100%_\\']],
  ["usageLocation ge 'US'", ['Ann Ax']],
  ['accountEnabled eq false', ["Bob O'Neil"]],
  [`id eq '${id}'`, ['Ann Ax']],
  [`id eq ${id}`, ['Ann Ax']],
  [`id in ('${id}', ${ids.get('Élodie')})`, ['Ann Ax', 'Élodie']],
  ["userType eq 'guest'", ['Élodie']],
  ["'Legal' eq department", ['Cy 100%_\\']],
  ["proxyAddresses/any(p:p eq 'smtp:ANN@contoso.example')", ['Ann Ax']],
  ["proxyAddresses/any(p:startsWith(p,'smtp:b'))", ["Bob O'Neil"]],
  ["otherMails/any(m:m eq 'home@mail.example')", ['ann lower']],
  ['createdDateTime ge 2001-01-01T00:00:00Z', people.map(({ displayName }) => displayName)],
  ['createdDateTime le 2001-01-01', []],
  ["employeeId eq '007'", ['Cy 100%_\\']],
];
for (const [filter, expected] of usual) {
  test(`$filter=${filter} finds ${expected.length}`, async () => {
    assert.deepEqual(await names(filter), expected);
  });
}

const advanced: readonly (readonly [string, readonly string[]])[] = [
  ["department ne 'Sales'", ['Cy 100%_\\', 'ann lower', 'Élodie']],
  ["not(department eq 'Sales')", ['Cy 100%_\\', 'ann lower', 'Élodie']],
  ["NOT startsWith(displayName,'ann')", ["Bob O'Neil", 'Cy 100%_\\', 'Élodie']],
  ['department eq null', ['ann lower', 'Élodie']],
  ['department ne null', ['Ann Ax', "Bob O'Neil", 'Cy 100%_\\']],
  ["endsWith(mail,'@CONTOSO.example')", ['Ann Ax', "Bob O'Neil"]],
  ["companyName eq 'contoso'", ['Cy 100%_\\']],
  ["onPremisesExtensionAttributes/extensionAttribute7 eq 'X'", ['ann lower']],
  ['assignedLicenses/$count eq 0', people.map(({ displayName }) => displayName)],
  ['assignedLicenses/$count ne 0', []],
  ['otherMails/$count eq 1', ['ann lower']],
];
for (const [filter, expected] of advanced) {
  test(`$filter=${filter} finds ${expected.length} in an advanced query, and is refused without`, async () => {
    assert.deepEqual(await names(filter, eventual, { $count: 'true' }), expected);
    for (const [headers, more] of [
      [{}, { $count: 'true' }],
      [eventual, {}],
    ] as const) {
      const { status, body } = await graph.call('GET', path('users', { $filter: filter, ...more }), undefined, headers);
      assert.deepEqual(
        [status, body['error']?.['code'], body['error']?.['message']],
        [400, 'Request_UnsupportedQuery', 'Unsupported Query.'],
      );
    }
  });
}

const refused: readonly (readonly [string, string, RegExp])[] = [
  [
    "favoriteColor eq 'red'",
    'BadRequest',
    /^Invalid filter clause: Could not find a property named 'favoriteColor' on type 'microsoft.graph.user'\.$/,
  ],
  ["displayName eq 'abc", 'BadRequest', /unterminated string literal at position 15/],
  [
    'displayName eq',
    'BadRequest',
    /^Invalid filter clause: Syntax error: expected .* at position 14 in 'displayName eq'\.$/,
  ],
  ['displayName eq 5', 'BadRequest', /^Invalid filter clause: A value of another type was compared with 'displayName'/],
  ["id eq 'abc'", 'BadRequest', /GUID/],
  ["accountEnabled eq 'yes'", 'BadRequest', /true or false/],
  ['createdDateTime ge 2001-13-01', 'BadRequest', /time such as/],
  ["passwordPolicies eq 'x'", 'Request_UnsupportedQuery', /^The request uses a filter property that is not indexed$/],
  ["contains(displayName,'x')", 'Request_UnsupportedQuery', /^Unsupported Query\.$/],
  ["displayName gt 'x'", 'Request_UnsupportedQuery', /^Unsupported Query\.$/],
  ["proxyAddresses eq 'x'", 'Request_UnsupportedQuery', /^Unsupported Query\.$/],
  ['hasMembersWithLicenseErrors eq true', 'BadRequest', /Could not find a property/],
  ["assignedLicenses/any(x:x/other eq 'y')", 'BadRequest', /Could not find a property named 'other'/],
  ["assignedLicenses/any(x:y/skuId eq 'y')", 'BadRequest', /Inside any\(\), write 'x\/' and one property/],
  ["assignedLicenses/all(x:x/skuId eq 'y')", 'Request_UnsupportedQuery', /^Unsupported Query\.$/],
  ["assignedLicenses/any(x:x/skuId eq 'y')", 'BadRequest', /GUID/],
  ['not '.repeat(100) + 'accountEnabled', 'BadRequest', /nested more than 64 deep/],
  ["__proto__ eq 'x'", 'BadRequest', /__proto__/],
  ["constructor eq 'x'", 'BadRequest', /constructor/],
  ["displayName eq 'x'; drop table allot.tenant", 'BadRequest', /character ';' is not valid at position 18/],
];
for (const [filter, code, message] of refused) {
  test(`$filter=${filter.slice(0, 50)} is refused with ${code}`, async () => {
    const { status, body } = await graph.call('GET', path('users', { $filter: filter }));
    assert.deepEqual([status, body['error']?.['code']], [400, code]);
    assert.match(textOf(body['error']?.['message']), message);
    assert.ok(body['error']?.['innerError']?.['advice']);
  });
}

test('pages follow one another without gap or repetition, and every link carries the options of the first', async () => {
  const seen: string[] = [];
  let at = '/v1.0/users?$top=2&$select=displayName&filter=createdDateTime+ge+2001-01-01T00:00:00Z&$count=true';
  for (;;) {
    const { body } = await graph.call('GET', at, undefined, eventual);
    assert.equal(body['@odata.count'], at.includes('skiptoken') ? undefined : people.length);
    seen.push(...textsOf(body['value'], 'displayName'));
    if (body['@odata.nextLink'] === undefined) break;
    const next = textOf(body['@odata.nextLink']);
    const url = new URL(next);
    assert.equal(url.origin, 'http://licenses.example');
    assert.equal(url.searchParams.get('$top'), '2');
    assert.equal(url.searchParams.get('filter'), 'createdDateTime ge 2001-01-01T00:00:00Z');
    at = next.slice(url.origin.length);
  }
  assert.deepEqual(
    seen,
    people.map(({ displayName }) => displayName),
  );
});

test('links stay on the host that was asked, also behind a proxy, and never on one that is no host', async () => {
  const nextOf = async (headers: Readonly<Record<string, string>>): Promise<string> =>
    textOf((await graph.call('GET', '/v1.0/users?$top=1', undefined, headers)).body['@odata.nextLink']);
  assert.match(
    await nextOf({ host: 'other.example:8443' }),
    /^http:\/\/other\.example:8443\/v1\.0\/users\?\$top=1&\$skiptoken=/,
  );
  assert.match(
    await nextOf({ forwarded: 'for=1.2.3.4;host="graph.example";proto=https, for=5.6.7.8' }),
    /^https:\/\/graph\.example\/v1\.0/,
  );
  assert.match(
    await nextOf({ 'x-forwarded-host': 'graph.example', 'x-forwarded-proto': 'https' }),
    /^https:\/\/graph\.example\/v1\.0/,
  );
  assert.match(await nextOf({ 'x-forwarded-host': 'evil.example/"><script>' }), /^http:\/\/licenses\.example\/v1\.0/);
});

test('$top is a page size from 1 to 999', async () => {
  for (const top of ['0', '1000', '99999']) {
    const { status, body } = await graph.call('GET', `/v1.0/users?$top=${top}`);
    assert.deepEqual(
      [status, body['error']?.['message']],
      [400, `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`],
    );
  }
  for (const top of ['-1', 'ten', '1.5', ''])
    assert.equal((await graph.call('GET', `/v1.0/users?$top=${top}`)).status, 400, top);
  assert.equal((await graph.call('GET', '/v1.0/users?$top=999')).status, 200);
});

test('$orderby sorts by name in both directions, page by page', async () => {
  const sorted = async (order: string): Promise<readonly string[]> => {
    const seen: string[] = [];
    let at: string | undefined = path('users', { $orderby: order, $top: '2', $select: 'displayName' });
    while (at !== undefined) {
      const page = await graph.call('GET', at);
      assert.equal(page.status, 200, JSON.stringify(page.body));
      seen.push(...textsOf(page.body['value'], 'displayName'));
      at = nextPath(page);
    }
    return seen;
  };
  const ascending = await sorted('displayName');
  assert.deepEqual(ascending, ['Ann Ax', 'ann lower', "Bob O'Neil", 'Cy 100%_\\', 'Élodie']);
  assert.deepEqual(await sorted('displayname DESC'), ascending.toReversed());
  const advancedOnly = await graph.call('GET', path('users', { $orderby: 'city' }));
  assert.equal(advancedOnly.body['error']?.['message'], 'Unsupported Query.');
  const both = path('users', { $orderby: 'department', $filter: "startsWith(displayName,'ann')", $count: 'true' });
  assert.equal((await graph.call('GET', both)).status, 400);
  assert.equal((await graph.call('GET', both, undefined, eventual)).status, 200);
});

test('a page token that we did not write is refused', async () => {
  const tokens = [
    'x',
    '',
    btoa('[null,"1"]'),
    btoa('[null,-1]'),
    btoa('[1,2]'),
    btoa('{}'),
    btoa('[null,1,2]'),
    btoa('[null,1e300]'),
    btoa('[[1],1]'),
    btoa('[[null],1]'),
    btoa('[["a\\u0000"],1]'),
    btoa('[{},1]'),
    '%00',
  ];
  for (const token of tokens) {
    const { status, body } = await graph.call('GET', `/v1.0/users?$skiptoken=${token}`);
    assert.equal(status, 400, token);
    if (token !== '%00') assert.equal(body['error']?.['code'], 'Directory_ExpiredPageToken');
  }
});

test('options that are not available are refused by name, and unknown ones without $ are left alone', async () => {
  const refusedOptions = [
    ['$skip=1', "'$skip' is not supported by the service."],
    [
      '$search="displayName:ann"',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    ],
    ['$deltatoken=latest', 'Unsupported Query.'],
    ['$nothing=1', "The query parameter '$nothing' is not supported."],
    ['$top=1&top=2', "Query option 'top' was specified more than once, but it must be specified at most once."],
    [
      '$select=id&$select=mail',
      "Query option '$select' was specified more than once, but it must be specified at most once.",
    ],
    [
      '$select=id,hue',
      "Parsing OData Select and Expand failed: Could not find a property named 'hue' on type 'microsoft.graph.user'.",
    ],
    ['$orderby=hue', "Invalid orderby clause: Could not find a property named 'hue' on type 'microsoft.graph.user'."],
    ['$orderby=userType', 'Unsupported Query.'],
    ['$count=maybe', "Invalid value 'maybe' for $count query option found."],
  ] as const;
  for (const [option, message] of refusedOptions) {
    const { status, body } = await graph.call(
      'GET',
      `/v1.0/users?${encodeURI(option)}`,
      undefined,
      option.startsWith('$count') ? eventual : {},
    );
    assert.deepEqual([status, body['error']?.['message']], [400, message]);
  }
  assert.equal((await graph.call('GET', '/v1.0/users?api-version=1&__proto__=x')).status, 200);
});

test('/$count counts what a filter finds and needs the header', async () => {
  const counted = await graph.call(
    'GET',
    `/v1.0/users/$count?$filter=${encodeURIComponent("startsWith(displayName,'ann')")}`,
    undefined,
    eventual,
  );
  assert.deepEqual([counted.status, textOf(counted.body)], [200, '2']);
  const refusedCount = await graph.call('GET', '/v1.0/users/$count');
  assert.deepEqual(
    [refusedCount.status, refusedCount.body['error']?.['message']],
    [400, '$count is not currently supported.'],
  );
});

test('$count=true without the header is ignored, as in Graph', async () => {
  const { status, body } = await graph.call('GET', '/v1.0/users?$count=true');
  assert.deepEqual([status, body['@odata.count']], [200, undefined]);
});

test('whoever prefers a count up to a number is told the count, or that there are more', async () => {
  const filter = encodeURIComponent("startsWith(displayName,'ann')");
  const users = `/v1.0/users?$count=true&$top=1&$filter=${filter}`;
  const counts = async (prefer: string) => {
    const { status, body } = await graph.call('GET', users, undefined, { ...eventual, prefer });
    assert.equal(status, 200);
    return [body['@odata.count'], body['@allot.countMin']];
  };
  assert.deepEqual(await counts('allot.count=2'), [2, undefined]);
  assert.deepEqual(await counts('return=minimal, allot.count=1'), [undefined, 2]);
  assert.deepEqual(await counts('allot.count=none'), [undefined, undefined]);
  assert.deepEqual(await counts('allot.count=many'), [2, undefined]);
});

test('groups are filtered and sorted like users', async () => {
  for (const displayName of ['Zeta', 'alpha', 'Beta'])
    await createdId(graph, '/v1.0/groups', newGroup({ displayName, mailNickname: displayName }));
  await createdId(graph, '/v1.0/groups', newGroup({ displayName: 'Team', mailEnabled: true, groupTypes: ['Unified'] }));
  const list = async (options: Readonly<Record<string, string>>) => {
    const { status, body } = await graph.call('GET', path('groups', { $select: 'displayName', ...options }));
    assert.equal(status, 200, JSON.stringify(body));
    return textsOf(body['value'], 'displayName');
  };
  assert.deepEqual(await list({ $orderby: 'displayName' }), ['alpha', 'Beta', 'Team', 'Zeta']);
  assert.deepEqual(await list({ $filter: "groupTypes/any(c:c eq 'Unified')" }), ['Team']);
  assert.equal(
    (await graph.call('GET', path('groups', { $filter: 'mailEnabled eq false', $orderby: 'displayName' }))).status,
    400,
  );
  assert.deepEqual(await list({ $filter: "mailNickname eq 'ALPHA'" }), ['alpha']);
  assert.deepEqual(await list({ $filter: 'hasMembersWithLicenseErrors eq true' }), []);
  assert.deepEqual(await list({ $filter: 'assignedLicenses/any()' }), []);
  assert.equal(
    (await graph.call('GET', path('groups', { $filter: 'hasMembersWithLicenseErrors eq false' }))).status,
    400,
  );
});

test('clients that want no metadata get none', async () => {
  const { body } = await graph.call('GET', '/v1.0/users?$top=1&$select=id', undefined, {
    accept: 'application/json;odata.metadata=none',
  });
  assert.deepEqual(Object.keys(body), ['@odata.nextLink', 'value']);
});
