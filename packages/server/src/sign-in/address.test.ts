import assert from 'node:assert/strict';
import test from 'node:test';

import { issuerOf, readAddress } from './address.ts';

test('an address is read into the parts that addresses of sign-in are made of', () => {
  assert.deepEqual(readAddress('https://Licenses.example.com:443/allot/'), {
    base: 'https://licenses.example.com/allot',
    protocol: 'https',
    host: 'licenses.example.com',
    hostname: 'licenses.example.com',
    path: '/allot',
  });
  assert.equal(issuerOf(readAddress('http://127.0.0.1:4000'), 'T'), 'http://127.0.0.1:4000/T/v2.0');
});

test('what is no address is refused with an example of one', () => {
  for (const text of ['', 'licenses.example.com', 'ftp://x', 'https://x/?a', 'https://x/#a', 'https://me@x']) {
    assert.throws(() => readAddress(text), /Set ALLOT_BASE_URL to one such as/);
  }
});
