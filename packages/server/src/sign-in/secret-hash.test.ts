import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import test from 'node:test';

import { hashSecret, secretLengthMax, secretMatches } from './secret-hash.ts';

test('a hash matches its secret and no other', async () => {
  const stored = await hashSecret('correct horse');
  assert.equal(await secretMatches('correct horse', stored), true);
  assert.equal(await secretMatches('correct horsf', stored), false);
  assert.equal(await secretMatches('correct horse ', stored), false);
  assert.equal(await secretMatches('', stored), false);
});

test('two hashes of one secret have nothing in common, and the secret is not in them', async () => {
  const [one, other] = await Promise.all([hashSecret('correct horse'), hashSecret('correct horse')]);
  const [, , , oneSalt, oneHash] = one.split('$');
  const [, , , otherSalt, otherHash] = other.split('$');
  assert.notEqual(oneSalt, otherSalt);
  assert.notEqual(oneHash, otherHash);
  assert.doesNotMatch(one, /horse/);
});

test('a hash is checked with the work it was made with, so raising the work leaves old secrets valid', async () => {
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync('old secret', salt, 32, { N: 2 ** 10, r: 4, p: 2 });
  const stored = `$scrypt$ln=10,r=4,p=2$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  assert.equal(await secretMatches('old secret', stored), true);
  assert.equal(await secretMatches('new secret', stored), false);
});

test('a secret longer than the limit matches nothing, not even its own hash', async () => {
  const long = 'x'.repeat(secretLengthMax + 1);
  assert.equal(await secretMatches(long, await hashSecret(long)), false);
  const longest = 'x'.repeat(secretLengthMax);
  assert.equal(await secretMatches(longest, await hashSecret(longest)), true);
});

test('a stored hash that is not readable is an error that says what to do', async () => {
  const good = await hashSecret('secret');
  for (const stored of ['', 'secret', good.slice(0, -1), good.replace('$scrypt', '$argon'), `${good}x`]) {
    await assert.rejects(secretMatches('secret', stored), /give the application a new secret/);
  }
});

test('a stored hash that asks for more memory than the limit is refused', async () => {
  const dear = (await hashSecret('secret')).replace('ln=14', 'ln=30');
  await assert.rejects(secretMatches('secret', dear), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
});
