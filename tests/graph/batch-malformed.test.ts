import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { adding, batchServer, json, reading } from './batch-server.ts';

const server = await batchServer({ after });
const ada = await server.created('/users');
const group = await server.created('/groups');
const good = adding('good', group, ada);
const format = 'Invalid batch payload format.';
const many = Array.from({ length: 21 }, (_, at) => reading(at, '/users'));
const write = { id: 'w', method: 'PATCH', url: `/users/${ada}`, body: { city: 'Ulm' } };
const deep = `{"requests":[{"id":1,"method":"POST","url":"/users","headers":{"Content-Type":"application/json"},"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`;

/** What is wrong, the body, the message, and what the advice speaks of. */
const cases: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['no requests', {}, format, /array 'requests'/],
  ['a list', [good], format, /array 'requests'/],
  ['requests that are no list', { requests: good }, format, /array 'requests'/],
  ['no request', { requests: [] }, format, /at least one/],
  ['21 requests', { requests: many }, 'Number of requests inside batch exceeds the limit.', /at most 20/],
  ['a request that is none', { requests: [good, null] }, format, /JSON object/],
  ['no id', { requests: [good, { method: 'GET', url: '/users' }] }, format, /'id'/],
  ['an empty id', { requests: [good, reading('', '/users')] }, format, /'id'/],
  ['a long id', { requests: [good, reading('x'.repeat(257), '/users')] }, format, /'id'/],
  ['an id of another kind', { requests: [good, { ...good, id: { id: 1 } }] }, format, /'id'/],
  ['two equal ids', { requests: [good, good] }, 'Request Id good has to be unique in a batch.', /its own id/],
  [
    'a number and a text that are equal',
    { requests: [reading(1, '/users'), reading('1', '/users')] },
    'Request Id 1 has to be unique in a batch.',
    /its own id/,
  ],
  ['no method', { requests: [good, { id: 1, url: '/users' }] }, format, /'method': GET, POST, PUT, PATCH, DELETE/],
  ['another method', { requests: [good, { id: 1, method: 'HEAD', url: '/users' }] }, format, /'method'/],
  ['no address', { requests: [good, { id: 1, method: 'GET' }] }, format, /'url' relative to \/v1\.0/],
  ['an absolute address', { requests: [good, reading(1, `${server.baseUrl}/v1.0/users`)] }, format, /relative/],
  ['an address that leads out', { requests: [good, reading(1, '/../allot/v1/summary')] }, format, /relative/],
  ['one that leads out in disguise', { requests: [good, reading(1, 'a/%2e%2e/.%2E/health')] }, format, /relative/],
  ['a line break in an address', { requests: [good, reading(1, '/us\ners')] }, format, /relative/],
  ['a long address', { requests: [good, reading(1, `/users?${'x'.repeat(17_000)}`)] }, format, /16384 characters/],
  [
    'NUL in an id',
    { requests: [good, reading('\0', '/users')] },
    'The request body contains a character that is not allowed.',
    /NUL/,
  ],
  ['headers that are none', { requests: [good, { ...reading(1, '/users'), headers: ['x'] }] }, format, /'headers'/],
  [
    'a header that is no text',
    { requests: [good, { ...reading(1, '/users'), headers: { a: {} } }] },
    format,
    /Header 'a'/,
  ],
  ['a line break in a header', { requests: [good, reading(1, '/users', { a: 'b\r\nc: d' })] }, format, /Header 'a'/],
  ['a header name that is none', { requests: [good, reading(1, '/users', { 'a b': 'c' })] }, format, /Header 'a b'/],
  ['a header twice', { requests: [good, reading(1, '/users', { A: 'b', a: 'c' })] }, format, /twice/],
  [
    'too many headers',
    {
      requests: [
        good,
        reading(1, '/users', Object.fromEntries(many.concat(many, many, many, many).map((_, at) => [`x${at}`, '']))),
      ],
    },
    format,
    /at most 100/,
  ],
  [
    'a body without its type',
    { requests: [good, write] },
    "Write request with id 'w' does not contain a Content-Type header.",
    /Content-Type/,
  ],
  [
    'dependsOn that is no list',
    { requests: [good, { ...reading(1, '/users'), dependsOn: 'good' }] },
    format,
    /array of ids/,
  ],
  ['dependsOn of no ids', { requests: [good, { ...reading(1, '/users'), dependsOn: [null] }] }, format, /array of ids/],
  [
    'dependsOn of what is not there',
    { requests: [good, { ...reading(1, '/users'), dependsOn: ['bad'] }] },
    "Invalid dependency for request Id '1'.",
    /no request 'bad'/,
  ],
  [
    'dependsOn in a circle',
    {
      requests: [
        { ...good, dependsOn: [1] },
        { ...reading(1, '/users'), dependsOn: ['good'] },
      ],
    },
    "Invalid dependency for request Id '1'.",
    /circle/,
  ],
  ['a body without end', deep, 'The request body is nested too deeply.', /request '1' less deep/],
];

for (const [what, body, message, advice] of cases) {
  test(`a batch with ${what} is refused with 400, says what to do, and nothing of it is done`, async () => {
    const answer = await fetch(`${server.baseUrl}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await server.token()}`, ...json },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { error } = JSON.parse(await answer.text());
    assert.deepEqual([answer.status, error.message], [400, message]);
    assert.match(error.innerError.advice, advice);
    assert.deepEqual(await server.memberIds(group), []);
  });
}

test('text that is no JSON, and bodies that are too large, are refused as everywhere', async () => {
  const send = async (body: string) =>
    fetch(`${server.baseUrl}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await server.token()}`, ...json },
      body,
    });
  assert.equal((await send('{"requests":')).status, 400);
  assert.equal((await send('')).status, 400);
  assert.equal((await send(JSON.stringify({ requests: [{ ...good, body: 'x'.repeat(9_000_000) }] }))).status, 413);
  assert.equal((await server.call('GET', '/v1.0/$batch')).status, 405);
});
