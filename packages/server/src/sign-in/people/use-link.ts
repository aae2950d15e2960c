import { randomUUID } from 'node:crypto';

import {
  endSessions,
  findLink,
  findPerson,
  forgetAttempts,
  insertAudit,
  removeLinksOf,
  setSignInMeans,
} from '@allot/store';
import type { Handle, Person } from '@allot/store';

import { hashPassword, secretLengthMax } from '../secret-hash.ts';
import { hashOfName } from './check-sign-in.ts';
import { hashOfToken } from './one-time-link.ts';
import { stepOfCode } from './totp.ts';

/** Shorter passwords can be guessed; rules beyond that make people write them down. */
export const passwordLengthMin = 12;

export type LinkForm = { readonly password: string; readonly repeated: string; readonly code: string };

/** Whom a link is for, and the secret it offers; undefined: it was used, is too old, or never was. */
export async function readLink(
  db: Handle,
  tenantId: string,
  token: string,
): Promise<{ readonly person: Person; readonly totpSecret: Buffer } | undefined> {
  const link = await findLink(db, tenantId, hashOfToken(token));
  const person = link && (await findPerson(db, tenantId, link.accountId));
  return link && person && { person, totpSecret: link.totpSecret };
}

/**
 * Sets password and authenticator. Invariant "a link is used once": the second of two who use it at the same time waits
 * for the first and finds it gone. Ends every session of the person: whoever had the old password is out.
 * @returns what is wrong with the form, or undefined: done
 */
export async function useLink(
  db: Handle,
  tenantId: string,
  token: string,
  { password, repeated, code }: LinkForm,
): Promise<{ readonly refusal: string | undefined } | 'gone'> {
  const link = await readLink(db, tenantId, token);
  if (link === undefined) return 'gone';
  const problem = problemOf(password, repeated);
  if (problem !== undefined) return { refusal: problem };
  const step = stepOfCode(link.totpSecret, code, Date.now());
  if (step === undefined) {
    return { refusal: 'The code is not the one that the authenticator app shows now. Check the clock of the device.' };
  }
  const passwordHash = await hashPassword(password);
  const { id, signInName, displayName } = link.person;
  return db.transaction().execute(async (trx) => {
    if ((await findLink(trx, tenantId, hashOfToken(token), true)) === undefined) return 'gone';
    await setSignInMeans(trx, tenantId, id, { passwordHash, totpSecret: link.totpSecret, totpStep: step });
    await removeLinksOf(trx, tenantId, id);
    await endSessions(trx, tenantId, id);
    await forgetAttempts(trx, tenantId, hashOfName(signInName));
    await insertAudit(trx, tenantId, [
      {
        activity: 'User registered security info',
        category: 'UserManagement',
        correlationId: randomUUID(),
        actor: { kind: 'user', id, displayName, userPrincipalName: signInName },
        targets: [{ id, displayName, type: 'User' }],
      },
    ]);
    return { refusal: undefined };
  });
}

function problemOf(password: string, repeated: string): string | undefined {
  if (password.length < passwordLengthMin) return `Choose a password of at least ${passwordLengthMin} characters.`;
  if (password.length > secretLengthMax) return `Choose a password of at most ${secretLengthMax} characters.`;
  return password === repeated ? undefined : 'The two passwords are not the same. Type the password twice.';
}
