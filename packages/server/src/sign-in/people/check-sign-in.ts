import { createHash, randomBytes } from 'node:crypto';

import {
  beginAttempt,
  findPersonByName,
  forgetAttempts,
  forTenant,
  removeOldAttempts,
  takeTotpStep,
} from '@allot/store';
import type { Handle, LockOut } from '@allot/store';

import type { SecretCheck } from '../check-secret.ts';
import { TooManySecretChecks } from '../check-secret.ts';
import { hashPassword } from '../secret-hash.ts';
import { stepOfCode } from './totp.ts';

/**
 * Five tries are free; the next one waits half a minute, then one, two, four … minutes, up to a quarter of an hour: 100
 * guesses a day of a code of six digits that changes every 30 s, behind a password that has to be guessed first.
 */
const lockOut: LockOut = { failuresFree: 5, secondsFirst: 30, secondsMax: 15 * 60 };
/** Counts older than this are forgotten. */
const attemptAgeSeconds = 24 * 60 * 60;
/** No name is longer (Graph's limit of a user principal name is 113). */
const nameLengthMax = 256;

export type SignInForm = { readonly name: string; readonly password: string; readonly code: string };

export type SignInAnswer = { readonly accountId: string } | { readonly refusal: string };

const refusal = (text: string): SignInAnswer => ({ refusal: text });
const wrong = refusal(
  'Name, password and code do not belong together. Each code works once: wait for the next one, and try again.',
);

/** Checks what a person typed. Whatever is wrong, the answer is the same and takes about the same time. */
export function createSignInCheck(database: Handle, checkSecret: SecretCheck) {
  // Of nobody's password, so that an unknown name costs what a known one does.
  const nobodysHash = hashPassword(randomBytes(16).toString('base64url'));
  nobodysHash.catch(() => undefined);

  return async (tenantId: string, { name, password, code }: SignInForm): Promise<SignInAnswer> => {
    if (name === '' || password === '' || code === '') return refusal('Fill in name, password and code.');
    if (name.length > nameLengthMax) return wrong;
    const nameHash = hashOfName(name);
    const db = forTenant(database, tenantId);
    const lockedUntil = await beginAttempt(db, tenantId, nameHash, lockOut);
    if (lockedUntil !== undefined) return refusal(lockedText(lockedUntil));
    await removeOldAttempts(db, tenantId, attemptAgeSeconds);
    const person = await findPersonByName(db, tenantId, name);
    let matches: boolean;
    try {
      matches = await checkSecret(person?.id ?? '', person?.passwordHash ?? (await nobodysHash), password);
    } catch (error) {
      if (!(error instanceof TooManySecretChecks)) throw error;
      return refusal('Too many people are signing in. Try again in a few seconds.');
    }
    if (!matches || !person?.totpSecret || !person.enabled) return wrong;
    const step = stepOfCode(person.totpSecret, code, Date.now());
    if (step === undefined || !(await takeTotpStep(db, tenantId, person.id, step))) return wrong;
    await forgetAttempts(db, tenantId, nameHash);
    return { accountId: person.id };
  };
}

export type SignInCheck = ReturnType<typeof createSignInCheck>;

export const hashOfName = (name: string): Buffer => createHash('sha256').update(name.trim().toLowerCase()).digest();

const lockedText = (until: Date): string =>
  `Too many attempts for this name. Try again after ${until.toISOString().slice(11, 19)} (UTC), or ask an administrator for ` +
  'a one-time link.';
