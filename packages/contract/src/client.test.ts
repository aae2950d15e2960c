import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { ApiError } from './errors.ts';
import { createClient, errorFrom, pathOfLink, secondsToWait } from './client.ts';

test('a busy server is obeyed: seconds, or an HTTP date', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  assert.equal(secondsToWait('7', 1, now), 7);
  assert.equal(secondsToWait('Fri, 20 Nov 2026 10:00:30 GMT', 1, now), 30);
  assert.equal(secondsToWait('Fri, 20 Nov 2026 09:00:00 GMT', 1, now), 0);
});

test('a busy server that names no time is asked ever less often', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((attempt) => secondsToWait(null, attempt, 0)),
    [1, 2, 4, 8],
  );
  assert.equal(secondsToWait('soon', 2, 0), 2);
});

test('the next page is asked for where the first was, whatever host the link names', () => {
  const path = '/v1.0/users?$top=2&$skiptoken=a%2Fb';
  for (const base of ['https://licenses.example.com', 'http://127.0.0.1:4000', 'https://example.com/some/path']) {
    assert.equal(pathOfLink(base + path), path);
  }
  assert.equal(pathOfLink('https://example.com/p/allot/v1/waiting?skuId=x'), '/allot/v1/waiting?skuId=x');
});

test('Graph’s error body becomes the error the server threw, with its advice and details', () => {
  const details = [{ target: '3:usageLocation', code: 'BadRow', message: 'is no country' }];
  const body = { error: { code: 'Request_BadRequest', message: 'No.', details, innerError: { advice: 'Do this.' } } };
  const response = new Response(null, { status: 400, headers: { 'request-id': 'r1' } });
  const error = errorFrom(response, JSON.stringify(body));
  assert.ok(error instanceof ApiError);
  const { status, code, message, advice, headers } = error;
  assert.deepEqual(
    { status, code, message, advice, headers },
    { status: 400, code: 'Request_BadRequest', message: 'No.', advice: 'Do this.', headers: { 'request-id': 'r1' } },
  );
  assert.deepEqual(error.details, details);
});

test('an error that is not Graph’s (a proxy’s page) is told by its status', () => {
  const error = errorFrom(new Response(null, { status: 502, statusText: 'Bad Gateway' }), '<html>');
  assert.equal(error.message, 'The server answered 502 Bad Gateway');
  assert.equal(error.code, 'Http502');
});

const answering = async (answer: RequestListener, run: (baseUrl: string) => Promise<void>): Promise<void> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    // `as`: what listens on a port has one.
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

test('a request whose answer nobody needs any more is broken off, and the server learns of it', async () => {
  const seen = new EventEmitter();
  await answering(
    (_, response) => {
      response.on('close', () => seen.emit('left'));
      seen.emit('asked');
    },
    async (baseUrl) => {
      const superseded = new AbortController();
      const client = createClient(baseUrl, async () => 'token');
      const [isAsked, hasLeft] = [once(seen, 'asked'), once(seen, 'left')];
      const answer = client.get('/v1.0/users', {}, superseded.signal);
      await isAsked;
      superseded.abort(new Error('Something else is asked now.'));
      await assert.rejects(answer, { message: 'Something else is asked now.' });
      await hasLeft;
    },
  );
});

test('nobody waits for a busy server with a request that nobody needs any more', async () => {
  const superseded = new AbortController();
  await answering(
    (_, response) => response.writeHead(429, { 'retry-after': '50' }).end(),
    async (baseUrl) => {
      const onWait = () => setImmediate(() => superseded.abort(new Error('Something else is asked now.')));
      const client = createClient(baseUrl, async () => 'token', { onWait });
      const preview = client.send('POST', '/allot/v1/rules/preview', {}, superseded.signal);
      await assert.rejects(preview, { message: 'Something else is asked now.' });
    },
  );
});
