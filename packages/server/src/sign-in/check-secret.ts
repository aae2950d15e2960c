import { createHmac, randomBytes } from 'node:crypto';

import { BoundedCache } from './bounded-cache.ts';
import { secretMatches } from './secret-hash.ts';

/** Hashes computed at the same time; the rest of the four threads that Node has for such work stays free. */
export const hashingAtOnceMax = 2;
/** Checks that wait for their turn; with 45 ms each the last of them waits some two seconds. */
export const hashingWaitingMax = 100;
/** Secrets remembered as right, and for how long. A changed secret is noticed at once: the key holds the hash. */
const rightSecretsMax = 1000;
const rightSecretAgeMs = 10 * 60 * 1000;

/** More clients want a secret checked than can be; they should come back in a second. */
export class TooManySecretChecks extends Error {
  override readonly name = 'TooManySecretChecks';
}

export type SecretCheck = (clientId: string, secretHash: string, secret: string) => Promise<boolean>;

/**
 * Makes the function that checks client secrets. One check costs about 45 ms of processor time, on purpose, so a
 * secret that was right is remembered for a while, under a keyed hash that is worthless outside this process.
 * Wrong ones are not remembered; checks of the same secret at the same time are one.
 */
export function createSecretCheck(): SecretCheck {
  const processKey = randomBytes(32);
  const right = new BoundedCache<true>(rightSecretsMax);
  const running = new Map<string, Promise<boolean>>();
  const inTurn = createQueue();

  return async (clientId, secretHash, secret) => {
    const key = createHmac('sha256', processKey)
      .update(JSON.stringify([clientId, secretHash, secret]))
      .digest('base64');
    if (right.get(key)) return true;
    const same = running.get(key);
    if (same !== undefined) return same;
    const check = inTurn(() => secretMatches(secret, secretHash));
    running.set(key, check);
    try {
      const matches = await check;
      if (matches) right.set(key, true, Date.now() + rightSecretAgeMs);
      return matches;
    } finally {
      running.delete(key);
    }
  };
}

function createQueue(): (work: () => Promise<boolean>) => Promise<boolean> {
  const waiting: (() => void)[] = [];
  let atWork = 0;

  return async (work) => {
    if (atWork >= hashingAtOnceMax) {
      if (waiting.length >= hashingWaitingMax) throw new TooManySecretChecks();
      // Whoever leaves hands over its place, so atWork is not counted down and up in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      atWork += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) atWork -= 1;
      else next();
    }
  };
}
