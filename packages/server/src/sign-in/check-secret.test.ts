import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import test from 'node:test';

import { createSecretCheck, hashingAtOnceMax, hashingWaitingMax, TooManySecretChecks } from './check-secret.ts';

const clientId = '7d1f1f56-5a4c-4a54-8b1c-0d6a3f3b1c11';

/** As hashSecret makes it, with little work so that a hundred of them take no time. */
function cheapHash(secret: string): string {
  const salt = Buffer.alloc(16, secret);
  const hash = scryptSync(secret, salt, 32, { N: 2, r: 1, p: 1 });
  return `$scrypt$ln=1,r=1,p=1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

const stored = cheapHash('right');

test('the right secret is right and a wrong one is wrong, the first time and again', async () => {
  const check = createSecretCheck();
  for (let time = 0; time < 2; time += 1) {
    assert.equal(await check(clientId, stored, 'right'), true);
    assert.equal(await check(clientId, stored, 'wrong'), false);
  }
});

test('a secret that was right is wrong as soon as another one is stored', async () => {
  const check = createSecretCheck();
  assert.equal(await check(clientId, stored, 'right'), true);
  assert.equal(await check(clientId, cheapHash('new'), 'right'), false);
});

test('a secret that was right for one application says nothing about another', async () => {
  const check = createSecretCheck();
  assert.equal(await check(clientId, stored, 'right'), true);
  assert.equal(await check('another', cheapHash('other'), 'right'), false);
});

test('more checks than may wait are refused, and known secrets are answered all the same', async () => {
  const check = createSecretCheck();
  assert.equal(await check(clientId, stored, 'right'), true);
  const room = hashingAtOnceMax + hashingWaitingMax;
  const checks = Array.from({ length: room }, (_, number) => check(clientId, stored, `wrong ${number}`));
  await assert.rejects(check(clientId, stored, 'one too many'), TooManySecretChecks);
  assert.equal(await check(clientId, stored, 'right'), true);
  assert.deepEqual(new Set(await Promise.all(checks)), new Set([false]));
  assert.equal(await check(clientId, stored, 'one too many'), false);
});

test('the same secret asked for many times at once is checked once', async () => {
  const check = createSecretCheck();
  const room = hashingAtOnceMax + hashingWaitingMax;
  const answers = await Promise.all(Array.from({ length: room * 2 }, () => check(clientId, stored, 'right')));
  assert.deepEqual(new Set(answers), new Set([true]));
});

test('a check that fails gives its place back', async () => {
  const check = createSecretCheck();
  const broken = Array.from({ length: hashingAtOnceMax * 2 }, (_, number) => check(clientId, 'broken', `${number}`));
  const results = await Promise.allSettled(broken);
  assert.deepEqual(new Set(results.map(({ status }) => status)), new Set(['rejected']));
  assert.equal(await check(clientId, stored, 'right'), true);
});
