import assert from 'node:assert/strict';
import test from 'node:test';

import { base32, codeAt, newTotpSecret, stepOfCode, totpAddress } from './totp.ts';

/** The secret and the last six digits of the codes in appendix B of RFC 6238. */
const secret = Buffer.from('12345678901234567890');
const published: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

for (const [seconds, code] of published) {
  test(`the code at ${seconds} s is the one that RFC 6238 publishes`, () => {
    assert.equal(codeAt(secret, seconds * 1000), code);
  });
}

test('a code is known in its step, one before and one after, and not beyond', () => {
  const now = 1_000 * 30_000;
  const code = codeAt(secret, now);
  const known = [-2, -1, 0, 1, 2].map((steps) => stepOfCode(secret, code, now + steps * 30_000));
  assert.deepEqual(known, [undefined, 1000, 1000, 1000, undefined]);
  assert.equal(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now), 1000);
  for (const wrong of ['', '12345', '1234567', 'abcdef']) assert.equal(stepOfCode(secret, wrong, now), undefined);
});

test('a secret is told in the letters that authenticator apps read', () => {
  assert.equal(base32(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  assert.match(base32(newTotpSecret()), /^[A-Z2-7]{32}$/);
  const address = totpAddress(secret, { signInName: 'ann@x.example', issuer: 'Allot & Co' });
  assert.equal(
    address,
    'otpauth://totp/Allot%20%26%20Co:ann%40x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Allot%20%26%20Co',
  );
});
