import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { pino } from 'pino';
import { createApp } from './create-app.ts';
import { defaultLimits } from './limits.ts';
import { loggableUrl } from './loggable-url.ts';

const told: readonly (readonly [url: string, shown: string])[] = [
  ['/v1.0/users', '/v1.0/users'],
  [
    "/v1.0/users?$filter=a eq 'b'&$top=5&%24count=true&select=id",
    "/v1.0/users?$filter=a eq 'b'&$top=5&%24count=true&select=id",
  ],
  ['/v1.0/users?access_token=abc&$top=5', '/v1.0/users?access_token=[secret]&$top=5'],
  ['/v1.0/users?%61ccess_token=abc', '/v1.0/users?%61ccess_token=[secret]'],
  ['/v1.0/users?a=b?access_token=c', '/v1.0/users?a=[secret]'],
  ['/v1.0/users?%=abc', '/v1.0/users?%=[secret]'],
  ['/t/oauth2/v2.0/logout?id_token_hint=abc', '/t/oauth2/v2.0/logout?id_token_hint=[secret]'],
  ['/portal/signed-in?code=abc&state=x', '/portal/signed-in?code=[secret]&state=[secret]'],
  ['/t/sign-in/link/abc', '/t/sign-in/link/[secret]'],
  ['/T/Sign-In/Link/abc/?x', '/T/Sign-In/Link/[secret]/?x'],
];
for (const [url, shown] of told) {
  test(`${url} is logged as ${shown}`, () => {
    assert.equal(loggableUrl(url), shown);
  });
}

test('a request that fails is logged with its address and without the secrets in it', async (t) => {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const app = createApp({ log: pino({ level: 'trace' }, stream), limits: defaultLimits, isReady: () => true });
  t.after(() => app.close());
  app.get('/:tenant/sign-in/link/:token', async () => {
    throw new Error('broken');
  });
  const answer = await app.inject({
    url: '/t/sign-in/link/OPENS-IT?code=LETS-IN',
    headers: { authorization: 'Bearer KNOWN', cookie: 'session=TAKEN' },
  });
  assert.equal(answer.statusCode, 500);
  assert.match(written, /broken/);
  assert.match(written, /\/t\/sign-in\/link\/\[secret\]\?code=\[secret\]/);
  assert.doesNotMatch(written, /OPENS-IT|LETS-IN|KNOWN|TAKEN/);
});
